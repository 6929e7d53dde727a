package dev.hexmart.adapter.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexmart.adapter.http.access.Authenticator.Authentication;
import dev.hexmart.adapter.http.exchange.Request;
import dev.hexmart.application.failure.TemporaryFailure;
import dev.hexmart.application.identity.Callers;
import dev.hexmart.application.identity.Credential;
import dev.hexmart.application.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StillAdmittedTest {

    private static final Authentication MANAGER =
            new Authentication.Identified(Callers.employee(), new Credential("token"));
    private static final Authentication CUSTOMER =
            new Authentication.Identified(Callers.customer(Callers.newCustomerId()), new Credential("token"));
    private static final Access MANAGERS = new Access.Requires(Role.ORDERS_MANAGE);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<Request> looks = new ArrayList<>();
    private Authentication found = MANAGER;

    private StillAdmitted admitted(Access access) {
        Authenticator authenticator = head -> {
            looks.add(head);
            return found;
        };
        return new StillAdmitted(authenticator, access, Request.head("GET", "/events", "", Map.of()), nanos::get);
    }

    private void passPace() {
        nanos.addAndGet(StillAdmitted.PACE.toNanos());
    }

    @Test
    void aCredentialIsLookedAtEveryFewSecondsInTheBackground() {
        StillAdmitted admitted = admitted(MANAGERS);
        assertThat(admitted.getAsBoolean()).isTrue();
        assertThat(looks).isEmpty();
        passPace();
        assertThat(admitted.getAsBoolean()).isTrue();
        assertThat(admitted.getAsBoolean()).isTrue();
        assertThat(looks)
                .singleElement()
                .satisfies(
                        head -> assertThat(head.header("X-Background-Request")).contains("true"));
    }

    @Test
    void anEndedCredentialEndsTheStreamForGood() {
        StillAdmitted admitted = admitted(MANAGERS);
        found = new Authentication.Rejected();
        passPace();
        assertThat(admitted.getAsBoolean()).isFalse();
        found = MANAGER;
        passPace();
        assertThat(admitted.getAsBoolean()).isFalse();
    }

    @Test
    void streamEndsWhenTheCallerLosesTheRole() {
        StillAdmitted admitted = admitted(MANAGERS);
        found = CUSTOMER;
        passPace();
        assertThat(admitted.getAsBoolean()).isFalse();
    }

    @Test
    void anOutageOfTheAuthenticationEndsNoStream() {
        Authenticator down = _ -> {
            throw new TemporaryFailure("down");
        };
        StillAdmitted admitted =
                new StillAdmitted(down, MANAGERS, Request.head("GET", "/events", "", Map.of()), nanos::get);
        passPace();
        assertThat(admitted.getAsBoolean()).isTrue();
    }

    @Test
    void anOpenRouteNeedsNoCredential() {
        StillAdmitted admitted = admitted(Access.OPEN);
        found = new Authentication.Anonymous();
        passPace();
        assertThat(admitted.getAsBoolean()).isTrue();
        assertThat(looks).isEmpty();
    }
}
