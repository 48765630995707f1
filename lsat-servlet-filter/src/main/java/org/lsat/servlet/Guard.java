package org.lsat.servlet;

import java.time.InstantSource;
import org.lsat.Paywall;

/**
 * What judges the requests of an application now.
 *
 * @param judgesMatched whether requests are judged once more after they were matched to a resource, by lsat-jaxrs
 */
record Guard(Paywall paywall, InstantSource clock, Warnings warnings, boolean judgesMatched) {}
