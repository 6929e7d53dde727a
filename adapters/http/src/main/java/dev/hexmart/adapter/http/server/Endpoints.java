package dev.hexmart.adapter.http.server;

import java.util.List;

/** Routes that belong together, such as those of one context; a description of the service names them by their class. */
public interface Endpoints {

    List<Route> routes();
}
