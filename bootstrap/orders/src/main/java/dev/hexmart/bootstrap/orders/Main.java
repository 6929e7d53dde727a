package dev.hexmart.bootstrap.orders;

import dev.hexmart.bootstrap.platform.process.ServiceProcess;

/** The orders service as a process, configured by its environment alone. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ServiceProcess.run("orders", environment -> OrdersService.start(OrdersSettings.from(environment)));
    }
}
