package org.lsat.it.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.lsat.jaxrs.Paid;

/** Answers from other threads. */
@Path("async")
@Paid(value = "async", price = "1 sat", uses = 2)
public class AsyncResource {

    @GET
    @Path("suspended")
    public void suspended(@Suspended AsyncResponse response) {
        start(() -> response.resume(Sold.content("suspended")));
    }

    @GET
    @Path("failing")
    public void failing(@Suspended AsyncResponse response) {
        start(() -> response.resume(new ServiceUnavailableException()));
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        start(() -> stage.complete(Sold.content("stage")));
        return stage;
    }

    /** From its own thread: RESTEasy and Tomcat lock each other out where another one sends while this one returns. */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        sink.send(sse.newEvent(Sold.content("event")));
        sink.close();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "resource");
        thread.setDaemon(true);
        thread.start();
    }
}
