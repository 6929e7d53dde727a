package dev.hexmart.bootstrap.platform.service;

import dev.hexmart.adapter.httpclient.Forwarder;
import dev.hexmart.adapter.httpclient.ServiceClient;
import dev.hexmart.adapter.httpclient.connection.CallObserver;
import dev.hexmart.adapter.telemetry.ClientRequests;
import java.net.URI;
import java.time.Duration;

/** Opens the clients of other services, with telemetry of every call. */
public final class ServiceClients {

    private final Wiring wiring;
    private final ClientRequests requests;
    private final CallObserver calls;

    public ServiceClients(Wiring wiring) {
        this.wiring = wiring;
        this.requests = new ClientRequests(wiring.telemetry());
        this.calls = (method, address, header) -> requests.begin(method, address, header)::end;
    }

    /** The telemetry, for requests that are sent otherwise. */
    public ClientRequests requests() {
        return requests;
    }

    /** @param timeout of a request */
    public ServiceClient client(String service, URI address, Duration timeout) {
        return wiring.open(service + " client", new ServiceClient(service, address, timeout, calls));
    }

    /** @param timeout of a request, until its answer begins */
    public Forwarder forwarder(String service, URI address, Duration timeout) {
        return wiring.open(service + " forwarder", new Forwarder(service, address, timeout, calls));
    }
}
