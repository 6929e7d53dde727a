package dev.hexmart.bootstrap.cart;

import dev.hexmart.bootstrap.platform.process.ServiceProcess;

/** The cart service as a process, configured by its environment alone. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        ServiceProcess.run("cart", environment -> CartService.start(CartSettings.from(environment)));
    }
}
