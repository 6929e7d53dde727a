package dev.hexmart.tools.bench.generator;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Sends requests as fast as they are answered, over a number of connections. */
public interface Generator {

    /** Its name and version. */
    String name();

    boolean canSend(String method);

    Burst run(URI address, List<Route.Ask> asks, int connections, int seconds);

    /** The one on the PATH, wrk before h2load. */
    static Generator find(Tools tools, Path folder) {
        return tools.find("wrk")
                .<Generator>map(program -> new Wrk(tools, program, folder))
                .or(() -> tools.find("h2load").map(program -> new H2load(tools, program, folder)))
                .orElseThrow(() -> new BenchFailure("""
                    neither wrk nor h2load is on the PATH, and one of them sends the requests. Install one:
                      Debian, Ubuntu   apt-get install wrk            (or nghttp2-client for h2load)
                      Fedora           dnf install wrk                (or nghttp2)
                      Arch             pacman -S wrk                  (or nghttp2)
                      macOS            brew install wrk               (or nghttp2)
                      from source      https://github.com/wg/wrk\
                    """));
    }
}
