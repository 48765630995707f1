/**
 * A private Lightning network of two LND nodes and their block chain, on this machine's loopback interface only: Alice sells,
 * Bob pays her over a funded channel. See {@link org.lsat.it.regtest.RegtestNetwork}.
 */
@NullMarked
package org.lsat.it.regtest;

import org.jspecify.annotations.NullMarked;
