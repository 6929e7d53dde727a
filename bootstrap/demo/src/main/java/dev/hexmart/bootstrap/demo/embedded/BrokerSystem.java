package dev.hexmart.bootstrap.demo.embedded;

import java.security.Principal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.qpid.server.configuration.updater.TaskExecutor;
import org.apache.qpid.server.logging.EventLogger;
import org.apache.qpid.server.model.ManagedObject;
import org.apache.qpid.server.plugin.SystemConfigFactory;
import org.apache.qpid.server.store.MemorySystemConfigImpl;

/**
 * The broker's root object, with its configuration in memory, which does not close while it is held.
 *
 * <p>At SIGTERM the broker's own shutdown hook would close it under services that still publish. So the hook waits for the
 * release, for 30 seconds at most.
 */
@ManagedObject(category = false, type = BrokerSystem.TYPE)
final class BrokerSystem extends MemorySystemConfigImpl {

    static final String TYPE = "Hexmart";

    private volatile CompletableFuture<Void> released = CompletableFuture.completedFuture(null);

    BrokerSystem(TaskExecutor executor, EventLogger events, Principal principal, Map<String, Object> attributes) {
        super(executor, events, principal, attributes);
    }

    void hold() {
        released = new CompletableFuture<>();
    }

    void release() {
        released.complete(null);
    }

    @Override
    protected CompletableFuture<Void> beforeClose() {
        return released;
    }

    /** Found by the broker in {@code META-INF/services}. */
    public static final class Factory implements SystemConfigFactory<MemorySystemConfigImpl> {

        @Override
        public String getType() {
            return TYPE;
        }

        @Override
        public BrokerSystem newInstance(
                TaskExecutor executor, EventLogger events, Principal principal, Map<String, Object> attributes) {
            return new BrokerSystem(executor, events, principal, attributes);
        }
    }
}
