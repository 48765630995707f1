// What the tests share: where the example is, a wallet, and two ways to look at a refusal.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';

/** The running example; run.mjs says which. */
export const SHOP = process.env.SHOP_URL ?? 'http://127.0.0.1:8402';

export const RATE = `${SHOP}/api/rates/USD`; // 1 sat, one request
export const HISTORY = `${SHOP}/api/history/USD?from=2026-10-01`; // 100 sat, 100 requests
export const PRO = `${SHOP}/api/pro/USD`; // 1000 sat, any number of requests within 30 days
export const SEARCH = `${SHOP}/api/search`; // 1 sat, one request

/** The example's wallet of play money. Remembers what it paid, so that a test can count. */
export class DevWallet {
  paid = [];

  async pay(invoice) {
    const response = await fetch(`${SHOP}/lsat/dev/pay`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ invoice }),
    });
    assert.equal(response.status, 200, `the dev wallet does not pay ${invoice}`);
    this.paid.push(invoice);
    return (await response.json()).preimage;
  }

  /** As https://www.webln.dev has it. */
  webln() {
    return { enable: async () => {}, sendPayment: async (invoice) => ({ preimage: await this.pay(invoice) }) };
  }
}

/** Pays nothing, and says that it did. */
export class LyingWallet extends DevWallet {
  async pay(invoice) {
    this.paid.push(invoice);
    return randomBytes(32).toString('hex');
  }
}

/** A whole purchase by hand: the body of the challenge, and the preimage. */
export async function buy(url) {
  const challenge = await refusal(await fetch(url));
  const preimage = await new DevWallet().pay(challenge.invoice);
  assert.equal(createHash('sha256').update(preimage, 'hex').digest('hex'), challenge.paymentHash);
  return { ...challenge, preimage };
}

export function get(url, authorization) {
  return fetch(url, { headers: { Authorization: authorization } });
}

/** The body of a 402, which must come with a challenge. */
export async function refusal(response) {
  assert.equal(response.status, 402);
  assert.match(response.headers.get('WWW-Authenticate'), /^LSAT macaroon=/);
  return response.json();
}

/** That this is the rate the example sells. */
export async function assertRate(response) {
  assert.equal(response.status, 200);
  const { currency, rate } = await response.json();
  assert.equal(currency, 'USD');
  assert.ok(rate > 0);
}

export function unixSeconds(date) {
  return Math.floor(Date.parse(date) / 1000);
}
