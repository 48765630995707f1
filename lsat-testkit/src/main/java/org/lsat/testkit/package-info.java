/**
 * For tests of applications behind the paywall: a client that pays ({@link org.lsat.testkit.TestWallet}), and tokens that
 * nobody paid for ({@link org.lsat.testkit.TestTokens}). For implementations of its SPIs: a node that is not there
 * ({@link org.lsat.testkit.FakeNode}), a clock that stands still ({@link org.lsat.testkit.SettableClock}), the scenarios
 * that every ledger must pass ({@link org.lsat.testkit.LedgerContract}), and published test vectors ({@link
 * org.lsat.testkit.Vectors}). Put it in scope {@code test}; it has no place in a WAR.
 */
@NullMarked
package org.lsat.testkit;

import org.jspecify.annotations.NullMarked;
