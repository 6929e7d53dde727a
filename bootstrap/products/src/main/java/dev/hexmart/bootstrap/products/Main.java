package dev.hexmart.bootstrap.products;

import dev.hexmart.bootstrap.platform.process.ServiceProcess;

/** The products service as a process, configured by its environment alone. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ServiceProcess.run("products", environment -> ProductsService.start(ProductsSettings.from(environment)));
    }
}
