package org.lsat.it.app;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Answers asynchronously, or fails to, in the way that the last segment says. */
@WebServlet(
        urlPatterns = {"/async/*", "/bundle/async/*", "/pass/async/*"},
        asyncSupported = true)
public class AsyncServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int FRAMES_OF_AN_IDLE_THREAD = 15;
    private static final long SOON = 300;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String how = request.getPathInfo() == null ? "" : request.getPathInfo().substring(1);
        if (request.getDispatcherType() == DispatcherType.ASYNC && !how.equals("again")) {
            afterDispatch(how, request, response);
            return;
        }
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            if (request.getAttribute("again") != null) {
                Paid.write(request, response);
                return;
            }
            request.setAttribute("again", true);
        }
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(10_000);
        switch (how) {
            case "complete" -> async.start(() -> complete(async, 200));
            case "complete-500" -> async.start(() -> complete(async, 500));
            case "forward-paid" -> async.start(forward(async, "/api/paid/x"));
            case "forward-failing" -> async.start(forward(async, "/api/paid/fail/status-500"));
            case "flush-then-dispatch-dear" -> {
                response.flushBuffer();
                async.dispatch("/dear/x");
            }
            case "timeout" -> async.setTimeout(SOON);
            case "timeout-answered" -> {
                async.setTimeout(SOON);
                async.addListener(new AnswersOnTimeout());
            }
            case "throw-answered" -> {
                async.addListener(new AnswersOnError());
                throw new IllegalStateException("on purpose, with a listener that answers");
            }
            case "dispatch", "dispatch-throw", "again" -> async.dispatch();
            case "dispatch-dear" -> async.dispatch("/dear/x");
            case "dispatch-paid" -> async.dispatch("/api/paid/x");
            default -> async.complete();
        }
    }

    private static void afterDispatch(String how, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (how.equals("dispatch-throw")) {
            throw new IllegalStateException("on purpose, after the dispatch");
        }
        Paid.write(request, response);
    }

    /** Once the thread of the container is gone: while it is on its way out, Open Liberty may lose the answer. */
    private static Runnable forward(AsyncContext async, String path) {
        Thread ofTheContainer = Thread.currentThread();
        return () -> {
            awaitIdle(ofTheContainer);
            try {
                async.getRequest().getRequestDispatcher(path).forward(async.getRequest(), async.getResponse());
            } catch (IOException | ServletException e) {
                throw new IllegalStateException(e);
            } finally {
                async.complete();
            }
        };
    }

    /** No server tells; but a thread that waits for work has hardly a stack. */
    private static void awaitIdle(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        do {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SOON));
        } while (thread.getStackTrace().length > FRAMES_OF_AN_IDLE_THREAD && System.nanoTime() < deadline);
    }

    private static void complete(AsyncContext async, int status) {
        try {
            HttpServletResponse response = (HttpServletResponse) async.getResponse();
            response.setStatus(status);
            Paid.write((HttpServletRequest) async.getRequest(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } finally {
            async.complete();
        }
    }

    /** An application's own answer to an exception: 200. */
    private static final class AnswersOnError implements AsyncListener {
        @Override
        public void onComplete(@Nullable AsyncEvent event) {}

        @Override
        public void onTimeout(@Nullable AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {
            complete(event.getAsyncContext(), 200);
        }

        @Override
        public void onStartAsync(@Nullable AsyncEvent event) {}
    }

    /** An application's own answer to a timeout: 200. */
    private static final class AnswersOnTimeout implements AsyncListener {
        @Override
        public void onComplete(@Nullable AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {
            complete(event.getAsyncContext(), 200);
        }

        @Override
        public void onError(@Nullable AsyncEvent event) {}

        @Override
        public void onStartAsync(@Nullable AsyncEvent event) {}
    }
}
