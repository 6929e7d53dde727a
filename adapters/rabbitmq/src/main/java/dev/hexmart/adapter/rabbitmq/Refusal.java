package dev.hexmart.adapter.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;

/** Why a reachable broker refuses the connection, until the configuration is fixed. */
sealed interface Refusal {

    record OfUser() implements Refusal {}

    record OfCertificate(String text) implements Refusal {}

    record OfRequest(String text) implements Refusal {}

    /** Codes that the same request will meet again; others, such as a broker that is being stopped, pass. */
    Set<Integer> LASTING = Set.of(
            AMQP.ACCESS_REFUSED,
            AMQP.INVALID_PATH,
            AMQP.PRECONDITION_FAILED,
            AMQP.NOT_ALLOWED,
            AMQP.NOT_IMPLEMENTED,
            AMQP.COMMAND_INVALID);

    static Optional<Refusal> in(Exception failure) {
        Optional<Word> word = causes(failure).flatMap(Refusal::brokersWord).findFirst();
        if (failure instanceof AuthenticationFailureException
                || (failure instanceof PossibleAuthenticationFailureException && word.isPresent())) {
            return Optional.of(new OfUser());
        }
        return causes(failure)
                .filter(SSLHandshakeException.class::isInstance)
                .findFirst()
                .<Refusal>map(e -> new OfCertificate(String.valueOf(e.getMessage())))
                .or(() -> word.filter(said -> LASTING.contains(said.code())).map(said -> new OfRequest(said.text())));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
    }

    private static Stream<Word> brokersWord(Throwable cause) {
        if (cause instanceof ShutdownSignalException signal) {
            return switch (signal.getReason()) {
                case AMQP.Connection.Close close -> Stream.of(new Word(close.getReplyCode(), close.getReplyText()));
                case AMQP.Channel.Close close -> Stream.of(new Word(close.getReplyCode(), close.getReplyText()));
                case null, default -> Stream.empty();
            };
        }
        return Stream.empty();
    }

    /** What the broker said when it closed the connection or channel. */
    record Word(int code, String text) {}
}
