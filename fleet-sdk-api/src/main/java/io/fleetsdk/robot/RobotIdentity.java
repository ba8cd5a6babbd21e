package io.fleetsdk.robot;

import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a robot is, in its own words.
 *
 * @param model the model's name
 * @param vendor who made it
 * @param firmwareVersion what runs on it; a change makes the backend ask for identity and capability again
 * @param serialNumber the maker's serial number, if it has one
 * @param hardware further identifiers and dimensions, free-form
 */
public record RobotIdentity(
        String model, String vendor, String firmwareVersion, Optional<String> serialNumber, JsonObject hardware) {
    public RobotIdentity {
        model = Require.label("model", model);
        vendor = Require.label("vendor", vendor);
        firmwareVersion = Require.label("firmwareVersion", firmwareVersion);
        serialNumber = Require.orEmpty(serialNumber);
        serialNumber.ifPresent(serial -> Require.label("serialNumber", serial));
        hardware = objectOrEmpty(hardware);
    }

    private static JsonObject objectOrEmpty(@Nullable JsonObject object) {
        return object == null ? JsonObject.empty() : object;
    }
}
