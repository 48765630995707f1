/**
 * What backends share that ask somebody over a network: {@link org.lsat.invoice.node.NodeCalls} waits no longer than it may
 * and leaves alone who does not answer, {@link org.lsat.invoice.node.NodeHttp} asks by HTTPS, {@link
 * org.lsat.invoice.node.UnclaimedInvoices} keeps what came too late.
 */
@NullMarked
package org.lsat.invoice.node;

import org.jspecify.annotations.NullMarked;
