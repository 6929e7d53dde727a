package dev.hexmart.bootstrap.gateway;

import dev.hexmart.bootstrap.platform.process.ServiceProcess;

/** The gateway service as a process, configured by its environment alone. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ServiceProcess.run("gateway", environment -> GatewayService.start(GatewaySettings.from(environment)));
    }
}
