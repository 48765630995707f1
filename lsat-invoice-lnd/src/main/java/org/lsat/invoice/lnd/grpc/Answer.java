package org.lsat.invoice.lnd.grpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The one answer of a call, as a future; a failure is a {@link io.grpc.StatusRuntimeException}. */
final class Answer<T> implements StreamObserver<T> {

    private final CompletableFuture<T> future = new CompletableFuture<>();

    CompletableFuture<T> future() {
        return future;
    }

    @Override
    public void onNext(T value) {
        future.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
        future.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
        future.completeExceptionally(Status.INTERNAL
                .withDescription("the call ended without an answer")
                .asRuntimeException());
    }
}
