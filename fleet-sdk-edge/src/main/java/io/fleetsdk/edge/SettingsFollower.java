package io.fleetsdk.edge;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the driver at the newest desired settings. Values that break the capability's schema never reach the driver. Only
 * {@link #hear} is thread-safe; the rest is for the start and then the agent's timer.
 */
final class SettingsFollower {
    private static final Logger log = LoggerFactory.getLogger(SettingsFollower.class);
    private static final String WHOLE = "";

    private final GuardedDriver driver;
    private final JsonObject schema;
    private final SchemaCheck schemas;
    private final StateFile<AppliedSettings> file;
    private final Consumer<ReportedSettings> report;
    private volatile DesiredSettings heard = DesiredSettings.none();
    private AppliedSettings applied = AppliedSettings.none();
    private JsonObject actual = JsonObject.empty();

    SettingsFollower(
            GuardedDriver driver,
            JsonObject schema,
            SchemaCheck schemas,
            StateFile<AppliedSettings> file,
            Consumer<ReportedSettings> report) {
        this.driver = driver;
        this.schema = schema;
        this.schemas = schemas;
        this.file = file;
        this.report = report;
    }

    /** Applies what was applied before the restart. */
    void restore() {
        applied = read();
        settle(applied);
    }

    /** Takes note of desired settings, for the next {@link #follow}. Quick, and safe on any thread. */
    synchronized void hear(DesiredSettings desired) {
        if (desired.revision() > heard.revision()) {
            heard = desired;
        }
    }

    /** Applies the newest document heard of, unless it is dealt with already. */
    void follow() {
        DesiredSettings desired = heard;
        if (desired.revision() > applied.revision()) {
            Map<String, String> refused = schemas.violations(schema, desired.settings());
            settle(new AppliedSettings(desired.revision(), acceptable(desired.settings(), refused.keySet()), refused));
            write();
        }
    }

    /** Gives it to the driver and reports; a document the driver throws at leaves the last one in force. */
    private void settle(AppliedSettings next) {
        Optional<SettingsOutcome> outcome = driver.applySettings(next.document());
        Map<String, String> errors = new LinkedHashMap<>(next.refused());
        if (outcome.isPresent()) {
            actual = outcome.get().settings();
            errors.putAll(outcome.get().errors());
            applied = next;
        } else {
            errors.put(WHOLE, "the driver failed at these settings");
            applied = new AppliedSettings(next.revision(), applied.document(), errors);
        }
        report.accept(new ReportedSettings(next.revision(), actual, errors));
    }

    /** What is refused stays as it is in force: a limit desired too high must not fall back to the driver's default. */
    private JsonObject acceptable(JsonObject document, Set<String> refused) {
        JsonObject acceptable = document;
        for (String pointer : refused) {
            acceptable = JsonPointers.restored(acceptable, pointer, applied.document());
        }
        return acceptable;
    }

    private void write() {
        try {
            file.write(applied);
        } catch (IOException e) {
            log.error("{} cannot be written: settings will be fetched again after a restart", file, e);
        }
    }

    private AppliedSettings read() {
        try {
            return file.read().orElse(AppliedSettings.none());
        } catch (IOException | InvalidInputException e) {
            log.error("{} is unreadable: settings start from the robot's defaults", file, e);
            return AppliedSettings.none();
        }
    }
}
