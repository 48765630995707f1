import assert from 'node:assert/strict';
import { test } from 'node:test';
import axios from 'axios';
import { MemoryTokenStore, PaymentResult, Wallet, setupL402Interceptor } from 'l402';
import { DevWallet, HISTORY, LyingWallet, PRO, RATE, SEARCH } from '../shop.mjs';

/** This client pays for as long as it is refused, so its wallet has to know when to stop. */
class Limited extends Wallet {
  constructor(wallet, payments = 5) {
    super();
    Object.assign(this, { wallet, payments });
  }

  async payInvoice(invoice) {
    return this.wallet.paid.length < this.payments
      ? new PaymentResult(await this.wallet.pay(invoice), true)
      : new PaymentResult('', false, 'enough');
  }
}

function client(wallet) {
  const instance = axios.create();
  setupL402Interceptor(instance, new Limited(wallet), new MemoryTokenStore());
  return instance;
}

test('l402 buys a rate', async () => {
  const wallet = new DevWallet();
  const { status, data, config } = await client(wallet).get(RATE);
  assert.equal(status, 200);
  assert.equal(data.currency, 'USD');
  assert.equal(wallet.paid.length, 1);
  assert.match(config.headers.Authorization, /^LSAT [\w+/]+=*:[0-9a-f]{64}$/);
});

test('l402 sends the body of a POST again when it has paid', async () => {
  const wallet = new DevWallet();
  const { data } = await client(wallet).post(SEARCH, { q: 'krone' });
  assert.equal(data.q, 'krone');
  assert.equal(wallet.paid.length, 1);
});

test('l402 pays for a bundle once, and for a pass once', async () => {
  for (const [url, left] of [[HISTORY, ['99', '98', '97']], [PRO, [undefined, undefined, undefined]]]) {
    const wallet = new DevWallet();
    const http = client(wallet);
    const answers = [await http.get(url), await http.get(url), await http.get(url)];
    assert.deepEqual(answers.map(({ headers }) => headers['l402-uses-left']), left);
    assert.equal(wallet.paid.length, 1);
  }
});

test('l402 pays exactly once more when its token is used up', async () => {
  const wallet = new DevWallet();
  const http = client(wallet);
  await http.get(RATE);
  assert.equal(wallet.paid.length, 1);
  assert.equal((await http.get(RATE)).status, 200);
  assert.equal(wallet.paid.length, 2);
});

test('l402 with a preimage of its own making is not served, however often it tries', async () => {
  const wallet = new LyingWallet();
  const failure = await client(wallet).get(RATE).catch((error) => error);
  assert.equal(failure.response.status, 402);
  assert.equal(failure.response.data.reason, 'invalid');
  assert.equal(wallet.paid.length, 5);
});
