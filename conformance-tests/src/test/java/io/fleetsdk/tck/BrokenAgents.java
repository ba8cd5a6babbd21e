package io.fleetsdk.tck;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Agents that are broken in one way each; what is wrong with one stands in {@link BrokenAgentsTest}. */
final class BrokenAgents {
    private BrokenAgents() {}

    /** One that offers no command to work with, so that the run is short. */
    static class Idle extends SmallAgent {
        Idle(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode capability() {
            ObjectNode capability = super.capability();
            capability.putArray("commands");
            return capability;
        }
    }

    static class OtherRobotId extends Idle {
        OtherRobotId(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            ObjectNode envelope = super.envelope(type, payload);
            return type.equals("telemetry") ? envelope.put("robotId", "RB-other") : envelope;
        }
    }

    static class NoMessageId extends Idle {
        NoMessageId(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            ObjectNode envelope = super.envelope(type, payload);
            if (type.equals("telemetry")) {
                envelope.remove("messageId");
            }
            return envelope;
        }
    }

    static class LowerSeq extends Idle {
        LowerSeq(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        long nextSeq(String type) {
            long next = super.nextSeq(type);
            return type.equals("status") && next % 4 == 0 ? 1 : next + 1;
        }
    }

    static class NotJson extends Idle {
        NotJson(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void sendSample() {
            publish("robots.telemetry." + id, "none", "battery=80".getBytes(UTF_8));
        }
    }

    static class LocalTime extends Idle {
        LocalTime(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            return super.envelope(type, payload).put("sentAt", "2026-01-31T12:00:00.000");
        }
    }

    static class OwnMember extends Idle {
        OwnMember(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            return super.envelope(type, payload).put("operator", "kim");
        }
    }

    static class Mute extends Idle {
        Mute(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void ack(String commandId, String state, String why) {}
    }

    static class NoCorrelation extends Idle {
        NoCorrelation(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void publish(String subject, ObjectNode envelope) {
            envelope.remove("correlationId");
            super.publish(subject, envelope);
        }
    }

    static class OtherHeader extends Idle {
        OtherHeader(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void publish(String subject, String messageId, byte[] body) {
            super.publish(subject, "other", body);
        }
    }

    static class SecretChannel extends Idle {
        SecretChannel(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void sendSample() {
            super.sendSample();
            send(
                    "robots.telemetry." + id + ".lidar",
                    "telemetry",
                    HubMessage.object().put("range", 3));
        }
    }

    static class YesSayer extends Idle {
        YesSayer(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                void unknown(String id, String type) {
                    say(id, "ACCEPTED", "");
                    say(id, "COMPLETED", "");
                }
            };
        }
    }

    static class Stubborn extends SmallAgent {
        Stubborn(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isRunning(String target) {
                    return false;
                }
            };
        }
    }

    static class Twice extends Idle {
        Twice(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                void again(JsonNode command, String state) {
                    begin(
                            command,
                            command.path("commandId").asString(),
                            command.path("type").asString());
                }
            };
        }
    }

    static class Careless extends Idle {
        Careless(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isSame(String content, String known) {
                    return true;
                }
            };
        }
    }

    static class Belated extends Idle {
        Belated(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isExpired(JsonNode command) {
                    return false;
                }
            };
        }
    }

    static class Overtime extends SmallAgent {
        Overtime(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                void expireInTime(JsonNode command, String id) {}
            };
        }

        @Override
        double waitSeconds() {
            return 2.5;
        }
    }

    static class AnyVersion extends Idle {
        AnyVersion(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        boolean isKnownVersion(JsonNode envelope) {
            return true;
        }
    }

    static class NoRevision extends Idle {
        NoRevision(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void send(String subject, String type, ObjectNode payload) {
            payload.remove("appliedRevision");
            super.send(subject, type, payload);
        }
    }

    static class Forgetful extends Idle {
        Forgetful(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        boolean isNewerSettings(long revision, long known) {
            return true;
        }
    }

    static class NoHeartbeat extends Idle {
        NoHeartbeat(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void heartbeat() {
            sendSample();
        }
    }

    static class RareHeartbeat extends Idle {
        private int beats;

        RareHeartbeat(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void heartbeat() {
            sendSample();
            if (beats++ % 10 == 0) {
                sendStatus();
            }
        }
    }

    static class OddStatus extends Idle {
        OddStatus(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void send(String subject, String type, ObjectNode payload) {
            super.send(subject, type, type.equals("status") ? payload.put("battery", 120) : payload);
        }
    }

    static class Reckless extends Idle {
        Reckless(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void onStop(JsonNode message) {}
    }

    static class EasilyFreed extends Idle {
        EasilyFreed(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        boolean isNewerStop(long revision, long known) {
            return revision >= known;
        }
    }

    static class Moving extends SmallAgent {
        Moving(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isHeld() {
                    return false;
                }
            };
        }
    }

    static class BadSchema extends Idle {
        BadSchema(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode capability() {
            ObjectNode capability = super.capability();
            ObjectNode command = capability.putArray("commands").addObject();
            command.put("type", "wait")
                    .put("cancellable", true)
                    .putObject("parameters")
                    .put("type", "nothing");
            return capability;
        }
    }
}
