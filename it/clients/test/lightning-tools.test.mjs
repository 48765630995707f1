import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fetchWithL402 as fetchWithL402v4 } from 'lightning-tools-4';
import { fetchWithL402 as fetchWithL402v6 } from 'lightning-tools-6/l402';
import { Fetch402InterruptedError, fetch402 } from 'lightning-tools-9/402';
import { fetchWithL402 as fetchWithL402v9 } from 'lightning-tools-9/402/l402';
import { DevWallet, HISTORY, LyingWallet, PRO, RATE, SEARCH, assertRate, refusal } from '../shop.mjs';

/** Like the localStorage of a browser, which these clients keep their tokens in. */
class Store extends Map {
  getItem(key) {
    return this.get(key) ?? null;
  }

  setItem(key, value) {
    this.set(key, value);
  }
}

/** What the client sent last as Authorization. */
function sent(spy) {
  return new Headers(spy.mock.calls.at(-1).arguments[1].headers).get('Authorization');
}

const TOKEN = '[\\w+/]+=*:[0-9a-f]{64}$';

for (const [version, fetchWithL402] of [['4', fetchWithL402v4], ['6', fetchWithL402v6]]) {
  for (const headerKey of ['L402', 'LSAT']) {
    test(`lightning-tools ${version} buys a rate with an ${headerKey} header`, async (t) => {
      const spy = t.mock.method(globalThis, 'fetch');
      const wallet = new DevWallet();
      const response = await fetchWithL402(RATE, {}, { webln: wallet.webln(), store: new Store(), headerKey });
      assert.match(sent(spy), new RegExp(`^${headerKey} ${TOKEN}`));
      assert.equal(wallet.paid.length, 1);
      await assertRate(response);
    });
  }

  test(`lightning-tools ${version} pays for a bundle once, and for a pass once`, async () => {
    for (const [url, left] of [[HISTORY, ['99', '98', '97']], [PRO, [null, null, null]]]) {
      const wallet = new DevWallet();
      const options = { webln: wallet.webln(), store: new Store() };
      for (const uses of left) {
        const response = await fetchWithL402(url, {}, options);
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('L402-Uses-Left'), uses);
      }
      assert.equal(wallet.paid.length, 1);
    }
  });

  test(`lightning-tools ${version} hands over the 402 of a used-up token, and pays exactly once more when told to forget it`, async () => {
    const wallet = new DevWallet();
    const options = { webln: wallet.webln(), store: new Store() };
    await assertRate(await fetchWithL402(RATE, {}, options));
    assert.equal((await refusal(await fetchWithL402(RATE, {}, options))).reason, 'used-up');
    assert.equal(wallet.paid.length, 1);
    options.store.clear();
    await assertRate(await fetchWithL402(RATE, {}, options));
    assert.equal(wallet.paid.length, 2);
  });

  test(`lightning-tools ${version} with a preimage of its own making is not served`, async () => {
    const response = await fetchWithL402(RATE, {}, { webln: new LyingWallet().webln(), store: new Store() });
    assert.equal((await refusal(response)).reason, 'invalid');
  });
}

test('lightning-tools 4 loses the padding of the macaroon, and is served', async (t) => {
  const spy = t.mock.method(globalThis, 'fetch');
  const response = await fetchWithL402v4(PRO, {}, { webln: new DevWallet().webln(), store: new Store() });
  assert.equal(response.status, 200);
  const macaroon = /^L402 ([^:]+):/.exec(sent(spy))[1];
  assert.notEqual(macaroon.length % 4, 0);
});

/** The interface of version 9. */
function wallet9(wallet) {
  return { payInvoice: async ({ invoice }) => ({ preimage: await wallet.pay(invoice) }) };
}

for (const [name, fetch9] of [['fetchWithL402', fetchWithL402v9], ['fetch402', fetch402]]) {
  test(`lightning-tools 9, ${name}, buys a rate and knows what it paid`, async (t) => {
    const spy = t.mock.method(globalThis, 'fetch');
    const wallet = new DevWallet();
    const response = await fetch9(RATE, {}, { wallet: wallet9(wallet) });
    assert.match(sent(spy), new RegExp(`^LSAT ${TOKEN}`));
    assert.equal(response.payment.paid, true);
    assert.equal(response.payment.amountSat, 1);
    assert.equal(wallet.paid.length, 1);
    await assertRate(response);
  });

  test(`lightning-tools 9, ${name}, reuses its credentials for a bundle, and never pays twice`, async () => {
    const wallet = new DevWallet();
    const first = await fetch9(HISTORY, {}, { wallet: wallet9(wallet) });
    const { credentials } = first.payment;
    for (const uses of ['98', '97']) {
      const response = await fetch9(HISTORY, {}, { wallet: wallet9(wallet), credentials });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('L402-Uses-Left'), uses);
      assert.equal(response.payment.paid, false);
    }
    assert.equal(wallet.paid.length, 1);
  });

  test(`lightning-tools 9, ${name}, hands over the 402 of a used-up token, and pays exactly once more without it`, async () => {
    const wallet = new DevWallet();
    const first = await fetch9(RATE, {}, { wallet: wallet9(wallet) });
    const again = await fetch9(RATE, {}, { wallet: wallet9(wallet), credentials: first.payment.credentials });
    assert.equal((await refusal(again)).reason, 'used-up');
    assert.equal(wallet.paid.length, 1);
    await assertRate(await fetch9(RATE, {}, { wallet: wallet9(wallet) }));
    assert.equal(wallet.paid.length, 2);
  });

  test(`lightning-tools 9, ${name}, with a preimage of its own making is not served`, async () => {
    const response = await fetch9(RATE, {}, { wallet: wallet9(new LyingWallet()) });
    assert.equal((await refusal(response)).reason, 'invalid');
  });
}

test('lightning-tools 9 refuses to pay more than its limit, and is not served', async () => {
  const wallet = new DevWallet();
  await assert.rejects(fetch402(PRO, {}, { wallet: wallet9(wallet), maxAmount: 999 }));
  assert.equal(wallet.paid.length, 0);
});

test('lightning-tools 9 resumes a purchase whose wallet answered too late', async () => {
  const wallet = new DevWallet();
  let preimage;
  const lost = { payInvoice: async ({ invoice }) => {
    preimage = await wallet.pay(invoice);
    throw new Error('timeout');
  } };
  const interrupted = await fetch402(RATE, {}, { wallet: lost }).catch((error) => error);
  assert.ok(interrupted instanceof Fetch402InterruptedError);
  const resume = { pendingPayment: interrupted.pendingPayment, preimage };
  await assertRate(await fetch402(RATE, {}, { wallet: wallet9(wallet), resume }));
  assert.equal(wallet.paid.length, 1);
});

test('lightning-tools 9 sends the body of a POST again when it has paid', async () => {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"q":"krone"}' };
  const response = await fetch402(SEARCH, post, { wallet: wallet9(new DevWallet()) });
  assert.equal((await response.json()).q, 'krone');
});
