/**
 * LND by gRPC. Of lightningj only the generated stubs are used: its wrappers know no deadline and write preimages into logs.
 */
@NullMarked
package org.lsat.invoice.lnd.grpc;

import org.jspecify.annotations.NullMarked;
