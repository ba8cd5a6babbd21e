package io.fleetsdk.testing;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.utility.DockerImageName;

/** The second way: a container, where Docker is. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerBrokerTest implements BrokerContract {

    private static final int PORT = 4222;

    @Container
    private final GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("nats:2.15.0-alpine"))
            .withExposedPorts(PORT)
            .withCopyToContainer(Transferable.of("max_payload: 4194304\njetstream {}\n"), "/fleet.conf")
            .withCommand("nats-server", "--config", "/fleet.conf");

    @Override
    public String url() {
        Ports ports = container.getCurrentContainerInfo().getNetworkSettings().getPorts();
        Ports.Binding[] bindings =
                Objects.requireNonNull(ports.getBindings().get(ExposedPort.tcp(PORT)), "the port is exposed");
        return "nats://" + container.getHost() + ":" + bindings[0].getHostPortSpec();
    }

    @Override
    public void restart() {
        container
                .getDockerClient()
                .restartContainerCmd(container.getContainerId())
                .exec();
    }
}
