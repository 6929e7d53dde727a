package dev.hexmart.bootstrap.payments;

import dev.hexmart.bootstrap.platform.process.ServiceProcess;

/** The payments service as a process, configured by its environment alone. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ServiceProcess.run("payments", environment -> PaymentsService.start(PaymentsSettings.from(environment)));
    }
}
