package dev.hexmart.bootstrap.demo;

import dev.hexmart.bootstrap.demo.embedded.EmbeddedParts.WantedPorts;
import dev.hexmart.bootstrap.platform.process.Environment;
import java.nio.file.Path;

/**
 * How the demo is to run.
 *
 * @param data where everything is kept
 * @param fresh whether to throw away what is there
 * @param environment what the services are told besides where the parts are, such as other ports
 */
public record DemoSettings(Path data, boolean fresh, WantedPorts ports, Environment environment) {}
