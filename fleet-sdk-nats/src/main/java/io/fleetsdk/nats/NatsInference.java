package io.fleetsdk.nats;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.InferenceClient;
import io.fleetsdk.inference.InferenceHandler;
import io.fleetsdk.inference.InferenceRequest;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Questions as plain requests of NATS, which nobody stores; whoever serves is in one queue group. */
final class NatsInference implements InferenceClient {
    private static final Logger log = LoggerFactory.getLogger(NatsInference.class);
    private static final String WORKERS = "inference-workers";
    private static final int NO_RESPONDERS = 503;

    private final Broker broker;

    NatsInference(Broker broker) {
        this.broker = broker;
    }

    @Override
    public InferenceAnswer infer(RobotId robot, InferenceRequest request) {
        byte[] question = broker.json().encode(InferenceWire.Question.of(request));
        long most = broker.connection().getMaxPayload();
        if (question.length > most) {
            throw new InvalidInputException(
                    "inputs", question.length + " bytes", "must be at most " + most + " bytes as JSON");
        }
        Message reply = answered(FleetSubjects.inferenceRequest(robot), question, request.within());
        return broker.json().decode(reply.getData(), InferenceWire.Reply.class).answer();
    }

    private Message answered(String subject, byte[] question, Duration within) {
        try {
            Message reply = broker.connection().request(subject, question).get(within.toNanos(), TimeUnit.NANOSECONDS);
            if (reply.isStatusMessage() && reply.getStatus().getCode() == NO_RESPONDERS) {
                throw nobody();
            }
            return reply;
        } catch (TimeoutException e) {
            throw new UnavailableException("no answer within " + within.toMillis() + " ms", e);
        } catch (CancellationException e) {
            throw nobody();
        } catch (ExecutionException | InterruptedException | IllegalStateException e) {
            throw BrokerErrors.classified("ask a model", e);
        }
    }

    private static UnavailableException nobody() {
        return new UnavailableException("there is no worker for inference", null);
    }

    @Override
    public Subscription serve(InferenceHandler handler) {
        Dispatcher dispatcher = broker.connection().createDispatcher(message -> received(message, handler));
        dispatcher.subscribe(FleetSubjects.allInferenceRequests(), WORKERS);
        broker.flush();
        return () -> end(dispatcher);
    }

    private void received(Message message, InferenceHandler handler) {
        try {
            RobotId robot = FleetSubjects.asking(message.getSubject());
            InferenceRequest request = broker.json()
                    .decode(message.getData(), InferenceWire.Question.class)
                    .request();
            CompletionStage<InferenceAnswer> answer = handler.handle(robot, request);
            answer.whenComplete((given, failure) -> reply(message, InferenceWire.Reply.of(given, failure)));
        } catch (FleetException e) {
            reply(message, InferenceWire.Reply.refusal(e));
        }
    }

    /** Whoever does not say where to is not answered. */
    private void reply(Message question, InferenceWire.Reply reply) {
        if (question.getReplyTo() == null) {
            return;
        }
        try {
            broker.connection().publish(question.getReplyTo(), broker.json().encode(reply));
        } catch (IllegalStateException | IllegalArgumentException | FleetException e) {
            log.warn("an answer to {} was lost", question.getSubject(), e);
        }
    }

    private void end(Dispatcher dispatcher) {
        if (dispatcher.isActive()) {
            broker.connection().closeDispatcher(dispatcher);
        }
    }
}
