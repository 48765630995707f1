package org.lsat.it.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The server finds the classes. */
@ApplicationPath("api")
public class EmptyApplication extends Application {}
