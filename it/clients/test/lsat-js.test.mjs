import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Caveat, Identifier, Lsat, decodeServicesCaveat } from 'lsat-js';
import { DevWallet, HISTORY, RATE, assertRate, get, refusal, unixSeconds } from '../shop.mjs';

async function challenge(url = RATE) {
  const response = await fetch(url);
  const header = response.headers.get('WWW-Authenticate');
  const [lsat, l402] = header.split(/, (?=L402 )/);
  return { header, lsat, l402, body: await refusal(response) };
}

async function bought(url) {
  const { header } = await challenge(url);
  const lsat = Lsat.fromHeader(header);
  lsat.setPreimage(await new DevWallet().pay(lsat.invoice));
  return lsat;
}

test('lsat-js reads the LSAT line, the L402 line and the two joined, with and without the scheme', async () => {
  const { header, lsat, l402, body } = await challenge();
  const withoutScheme = (line) => line.slice('LSAT '.length);
  const read = [
    ...[header, lsat, l402].map((line) => Lsat.fromHeader(line)),
    ...[header, lsat, l402].map((line) => Lsat.fromChallenge(withoutScheme(line))),
    Lsat.fromMacaroon(body.macaroon, body.invoice),
  ];
  for (const { baseMacaroon, invoice, invoiceAmount, paymentHash } of read) {
    assert.equal(baseMacaroon, body.macaroon);
    assert.equal(invoice, body.invoice);
    assert.equal(invoiceAmount, body.priceSats);
    assert.equal(paymentHash, body.paymentHash);
  }
});

test('lsat-js finds the payment hash in the identifier of the macaroon', async () => {
  const { header, body } = await challenge();
  const identifier = Identifier.fromString(Lsat.fromHeader(header).id);
  assert.equal(identifier.version, 0);
  assert.equal(identifier.paymentHash.toString('hex'), body.paymentHash);
});

// Its isExpired() knows no caveat but "expiration", in milliseconds, so it never says yes to a token of ours.
test('lsat-js reads the service and its end from the caveats', async () => {
  const { header, body } = await challenge();
  const [services, end, ...others] = Lsat.fromHeader(header).getCaveats();
  assert.deepEqual(decodeServicesCaveat(services.value).map(({ name, tier }) => [name, tier]), [['rate', 0]]);
  assert.equal(end.condition, 'rate_valid_until');
  assert.equal(Number(end.value), unixSeconds(body.validUntil));
  assert.deepEqual(others, []);
});

test('lsat-js buys a rate', async () => {
  const lsat = await bought(RATE);
  assert.ok(lsat.isSatisfied());
  assert.match(lsat.toToken(), /^LSAT [\w+/]+=*:[0-9a-f]{64}$/);
  await assertRate(await get(RATE, lsat.toToken()));
});

test('a token that lsat-js wrote and read again is served', async () => {
  const { header } = await challenge();
  const { invoice } = Lsat.fromHeader(header);
  const preimage = await new DevWallet().pay(invoice);
  const token = `${Lsat.fromHeader(header).toToken()}${preimage}`;
  await assertRate(await get(RATE, Lsat.fromToken(token, invoice).toToken()));
});

test('lsat-js narrows a token to two requests, and gets two', async () => {
  const lsat = await bought(HISTORY);
  lsat.addFirstPartyCaveat(new Caveat({ condition: 'history_uses', value: '2' }));
  assert.equal((await get(HISTORY, lsat.toToken())).status, 200);
  assert.equal((await get(HISTORY, lsat.toToken())).status, 200);
  assert.equal((await refusal(await get(HISTORY, lsat.toToken()))).reason, 'used-up');
});

test('lsat-js refuses a wrong preimage, and so does the server', async () => {
  const { header } = await challenge();
  const lsat = Lsat.fromHeader(header);
  const wrong = '0'.repeat(64);
  assert.throws(() => lsat.setPreimage(wrong), /did not match/);
  assert.equal((await refusal(await get(RATE, lsat.toToken() + wrong))).reason, 'invalid');
});

test('a token of lsat-js that is not paid yet is refused', async () => {
  const { header } = await challenge();
  await refusal(await get(RATE, Lsat.fromHeader(header).toToken()));
});
