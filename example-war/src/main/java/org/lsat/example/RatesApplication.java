package org.lsat.example;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources below {@code /api}; the server finds their classes. They are CDI beans, where it has CDI. */
@ApplicationPath("api")
public class RatesApplication extends Application {}
