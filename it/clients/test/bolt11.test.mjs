import assert from 'node:assert/strict';
import { test } from 'node:test';
import bolt11 from 'bolt11';
import lightBolt11Decoder from 'light-bolt11-decoder';
import { HISTORY, RATE, refusal, unixSeconds } from '../shop.mjs';

async function challenge(url) {
  return refusal(await fetch(url));
}

test('light-bolt11-decoder reads the invoice as the body describes it', async () => {
  const { invoice, amountMsat, paymentHash, expiresAt } = await challenge(HISTORY);
  const { sections, expiry } = lightBolt11Decoder.decode(invoice);
  const value = (name) => sections.find((section) => section.name === name)?.value;
  assert.equal(value('coin_network').bech32, 'bcrt');
  assert.equal(value('amount'), String(amountMsat));
  assert.equal(value('payment_hash'), paymentHash);
  assert.equal(value('timestamp') + expiry, unixSeconds(expiresAt));
  assert.equal(value('description'), 'rates history');
  assert.match(value('payment_secret'), /^[0-9a-f]{64}$/);
  assert.equal(value('feature_bits').payment_secret, 'required');
});

test('bolt11 reads the invoice as the body describes it', async () => {
  const { invoice, amountMsat, paymentHash, expiresAt } = await challenge(RATE);
  const { millisatoshis, satoshis, tagsObject, timeExpireDate, network } = bolt11.decode(invoice);
  assert.equal(network.bech32, 'bcrt');
  assert.equal(millisatoshis, String(amountMsat));
  assert.equal(satoshis, 1);
  assert.equal(tagsObject.payment_hash, paymentHash);
  assert.equal(tagsObject.description, 'rates rate');
  assert.equal(timeExpireDate, unixSeconds(expiresAt));
});

// The key of the payee is recovered from the signature: over other bytes it would be another key each time.
test('the invoices are signed, all by one key', async () => {
  const invoices = await Promise.all([RATE, RATE, HISTORY].map(challenge));
  const payees = new Set(invoices.map(({ invoice }) => bolt11.decode(invoice).payeeNodeKey));
  assert.equal(payees.size, 1);
  assert.match([...payees][0], /^0[23][0-9a-f]{64}$/);
});
