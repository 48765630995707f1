/**
 * The bytes of L402 (once LSAT): macaroons, token ids, derived root keys, the challenge, the credential, and the
 * reading of BOLT 11 invoices. Nothing here knows of HTTP requests, rules or prices.
 */
@NullMarked
package org.lsat.protocol;

import org.jspecify.annotations.NullMarked;
