package io.fleetsdk.protocol;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.internal.Require;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;

/** The subject grammar of protocol version 1. Nothing else builds or takes apart a subject; a
 * topology lists the patterns that its streams keep. */
public final class FleetSubjects {
    /** The address of a message to every robot. */
    public static final String ALL = "all";

    private static final String WILDCARD = "*";
    private static final String TELEMETRY = "robots.telemetry.";
    private static final String INFERENCE = "inference.request.";

    private FleetSubjects() {}

    public static String identity(RobotId robot) {
        return "robots.identity." + robot;
    }

    public static String allIdentities() {
        return "robots.identity." + WILDCARD;
    }

    public static String capability(RobotId robot) {
        return "robots.capability." + robot;
    }

    public static String allCapabilities() {
        return "robots.capability." + WILDCARD;
    }

    public static String status(RobotId robot) {
        return "robots.status." + robot;
    }

    public static String allStatuses() {
        return "robots.status." + WILDCARD;
    }

    /** Where a status that a bucket keeps under this key was sent; the key is a sender's word and may be no robot's id. */
    public static String statusUnderKey(String key) {
        return "robots.status." + key;
    }

    public static boolean isIdentity(String profileSubject) {
        return profileSubject.startsWith("robots.identity.");
    }

    /** Whole samples have no channel token. */
    public static String telemetry(RobotId robot, TelemetryChannel channel) {
        return TELEMETRY + robot + suffix(channel);
    }

    /** Every channel of a robot but its whole samples. */
    public static String telemetryChannels(RobotId robot) {
        return TELEMETRY + robot + "." + WILDCARD;
    }

    public static String allTelemetry() {
        return TELEMETRY + ">";
    }

    /** One channel of every robot. */
    public static String allTelemetry(TelemetryChannel channel) {
        return TELEMETRY + WILDCARD + suffix(channel);
    }

    /** The channel of a telemetry subject. */
    public static TelemetryChannel channel(String telemetrySubject) {
        int end = telemetrySubject.indexOf('.', TELEMETRY.length());
        return end < 0 ? TelemetryChannel.WHOLE : new TelemetryChannel(telemetrySubject.substring(end + 1));
    }

    public static String settingsDesired(RobotId robot) {
        return "robots.settings.desired." + robot;
    }

    public static String settingsReported(RobotId robot) {
        return "robots.settings.reported." + robot;
    }

    public static String allSettings() {
        return "robots.settings.*.*";
    }

    public static boolean isDesired(String settingsSubject) {
        return settingsSubject.startsWith("robots.settings.desired.");
    }

    public static String command(RobotId robot) {
        return "robots.cmd." + robot;
    }

    public static String commandToAll() {
        return "robots.cmd." + ALL;
    }

    /**
     * @param zone one token
     * @throws InvalidInputException if it is not
     */
    public static String commandToZone(String zone) {
        return "robots.cmd.zone." + Require.token("zoneId", zone);
    }

    /** Commands to one robot and to all; not to zones. */
    public static String allCommands() {
        return "robots.cmd." + WILDCARD;
    }

    public static String allZoneCommands() {
        return "robots.cmd.zone." + WILDCARD;
    }

    /** Whether a command's subject names one robot, not all or a zone. */
    public static boolean isToOneRobot(String commandSubject) {
        return !commandSubject.equals(commandToAll()) && !commandSubject.startsWith("robots.cmd.zone.");
    }

    public static String commandAck(RobotId robot) {
        return "robots.cmd.ack." + robot;
    }

    public static String allCommandAcks() {
        return "robots.cmd.ack." + WILDCARD;
    }

    public static String emergencyStop(RobotId robot) {
        return "robots.estop." + robot;
    }

    public static String emergencyStopOfAll() {
        return "robots.estop." + ALL;
    }

    public static String allEmergencyStops() {
        return "robots.estop." + WILDCARD;
    }

    /** Questions of a robot to models that run elsewhere. */
    public static String inferenceRequest(RobotId robot) {
        return INFERENCE + robot;
    }

    public static String allInferenceRequests() {
        return INFERENCE + WILDCARD;
    }

    /**
     * Who asks.
     *
     * @throws InvalidInputException if it is no robot's id
     */
    public static RobotId asking(String inferenceSubject) {
        return RobotId.of(inferenceSubject.substring(INFERENCE.length()));
    }

    public static String quarantine(Malformation reason) {
        return "quarantine." + reason.token();
    }

    /**
     * The address an envelope on this subject must carry: the robot's id, {@code all}, or the zone.
     *
     * @throws InvalidInputException if it is not a subject of a robot message
     */
    public static String address(String subject) {
        String[] tokens = subject.split("\\.", -1);
        return tokens.length >= 3 && tokens.length <= 4 && tokens[0].equals("robots")
                ? address(subject, tokens)
                : refused(subject);
    }

    private static String address(String subject, String[] tokens) {
        String last = tokens[tokens.length - 1];
        boolean isShort = tokens.length == 3;
        return switch (tokens[1]) {
            case "identity", "capability", "status" -> isShort ? robot(last) : refused(subject);
            case "telemetry" -> isShort ? robot(last) : ofChannel(tokens[2], last);
            case "settings" -> isShort ? refused(subject) : ofSettings(subject, tokens[2], last);
            case "cmd" -> isShort ? robotOrAll(last) : ofCommand(subject, tokens[2], last);
            case "estop" -> isShort ? robotOrAll(last) : refused(subject);
            default -> refused(subject);
        };
    }

    private static String ofChannel(String robot, String channel) {
        Require.token("channel", channel);
        return robot(robot);
    }

    private static String ofSettings(String subject, String side, String robot) {
        return side.equals("desired") || side.equals("reported") ? robot(robot) : refused(subject);
    }

    private static String ofCommand(String subject, String kind, String last) {
        return switch (kind) {
            case "ack" -> robot(last);
            case "zone" -> Require.token("zoneId", last);
            default -> refused(subject);
        };
    }

    private static String robotOrAll(String token) {
        return token.equals(ALL) ? ALL : robot(token);
    }

    private static String robot(String token) {
        return RobotId.of(token).value();
    }

    private static String refused(String subject) {
        throw new InvalidInputException("subject", subject, "must be a subject of the robot protocol");
    }

    private static String suffix(TelemetryChannel channel) {
        return channel.equals(TelemetryChannel.WHOLE) ? "" : "." + channel.name();
    }
}
