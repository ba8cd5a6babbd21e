package io.fleetsdk.testing;

import io.fleetsdk.Fleet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a fleet on a broker of its own, without Docker.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final FleetExtension fleets = FleetExtension.connecting(url -> NatsFleet.provision(NatsOptions.of(url)));
 *
 * @Test
 * void aFleetBeginsWithoutRobots(Fleet fleet) {
 *     assertThat(fleet.robots().list()).isEmpty();
 * }
 * }</pre>
 *
 * <p>It belongs in a static field. The tests of the class, and of the classes nested in it, share one server and one
 * fleet, and get them as parameters of the types {@link Fleet} and {@link NatsServer} or from {@link #fleet()} and
 * {@link #server()}; another class has another server. So tests of one class keep apart by the names they use, such as
 * those of their robots.
 *
 * <p>After the class it closes the fleet and fails the class if anything else is still connected to the server or if
 * threads of a connection go on.
 */
public final class FleetExtension implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(FleetExtension.class);

    private final Function<String, ? extends Fleet> connect;
    private Optional<TestFleet> current = Optional.empty();

    private FleetExtension(Function<String, ? extends Fleet> connect) {
        this.connect = connect;
    }

    /**
     * An extension whose fleets are made by the function.
     *
     * @param connect turns the URL of an empty server into a fleet that is ready for use
     */
    public static FleetExtension connecting(Function<String, ? extends Fleet> connect) {
        return new FleetExtension(connect);
    }

    /** The fleet of the test class that is running. */
    public Fleet fleet() {
        return running().fleet();
    }

    /** The server of the test class that is running. */
    public NatsServer server() {
        return running().server();
    }

    /** A nested class finds the fleet of the class around it; JUnit closes it after that one. */
    @Override
    public void beforeAll(ExtensionContext context) {
        current = Optional.of(context.getStore(NAMESPACE)
                .computeIfAbsent(this, extension -> TestFleet.start(connect), TestFleet.class));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameters().containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Optional.ofNullable(parameters().get(parameter.getParameter().getType()))
                .orElseThrow()
                .get();
    }

    private Map<Class<?>, Supplier<?>> parameters() {
        return Map.of(Fleet.class, this::fleet, NatsServer.class, this::server);
    }

    private TestFleet running() {
        return current.orElseThrow(() -> new IllegalStateException(
                "no fleet yet: the field of this FleetExtension must be static and annotated @RegisterExtension"));
    }
}
