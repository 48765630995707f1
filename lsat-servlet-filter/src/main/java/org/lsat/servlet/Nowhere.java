package org.lsat.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/** Takes what is not to be sent. */
final class Nowhere extends ServletOutputStream {

    @Override
    public void write(int octet) {}

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new IllegalStateException("the answer is not sent");
    }
}
