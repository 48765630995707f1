import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { bytesToBase64, importMacaroon } from 'macaroon';
import { HISTORY, PRO, RATE, SEARCH, assertRate, buy, get, refusal, unixSeconds } from '../shop.mjs';

function authorization(macaroon, preimage) {
  return `L402 ${bytesToBase64(macaroon.exportBinary())}:${preimage}`;
}

/** The header with a copy of the token that has one more caveat. */
function narrowed(token, caveat) {
  const macaroon = importMacaroon(token.macaroon);
  macaroon.addFirstPartyCaveat(caveat);
  return authorization(macaroon, token.preimage);
}

async function reason(url, header) {
  return (await refusal(await get(url, header))).reason;
}

test('macaroon reads the token: location, identifier and two caveats', async () => {
  const { macaroon, paymentHash, validUntil } = await refusal(await fetch(RATE));
  const { location, identifier, caveats } = importMacaroon(macaroon);
  assert.equal(location, 'lsat');
  assert.equal(identifier.length, 66);
  assert.equal(Buffer.from(identifier).toString('hex', 0, 34), `0000${paymentHash}`);
  assert.deepEqual(caveats.map((caveat) => Buffer.from(caveat.identifier).toString()),
    ['services=rate:0', `rate_valid_until=${unixSeconds(validUntil)}`]);
});

test('macaroon writes the bytes that it read', async () => {
  const { macaroon } = await refusal(await fetch(RATE));
  assert.equal(Buffer.from(importMacaroon(macaroon).exportBinary()).toString('base64'), macaroon);
});

test('a token that macaroon wrote, url-safe and without padding, is served', async () => {
  const token = await buy(PRO);
  const header = authorization(importMacaroon(token.macaroon), token.preimage);
  assert.match(header, /^L402 [\w-]+:[0-9a-f]{64}$/);
  assert.equal((await get(PRO, header)).status, 200);
});

test('a copy narrowed in time closes when it says, and leaves the token open', async () => {
  const token = await buy(PRO);
  const end = Math.floor(Date.now() / 1000) + 3;
  const copy = narrowed(token, `pro_valid_until=${end}`);
  const response = await get(PRO, copy);
  assert.equal(response.status, 200);
  assert.equal(unixSeconds(response.headers.get('L402-Valid-Until')), end);
  await sleep(end * 1000 - Date.now() + 50);
  assert.equal(await reason(PRO, copy), 'expired');
  assert.equal((await get(PRO, authorization(importMacaroon(token.macaroon), token.preimage))).status, 200);
});

test('a copy narrowed to two requests gets two, and leaves the rest to the token', async () => {
  const token = await buy(HISTORY);
  const copy = narrowed(token, 'history_uses=2');
  assert.equal((await get(HISTORY, copy)).headers.get('L402-Uses-Left'), '1');
  assert.equal((await get(HISTORY, copy)).headers.get('L402-Uses-Left'), '0');
  assert.equal(await reason(HISTORY, copy), 'used-up');
  const rest = await get(HISTORY, `L402 ${token.macaroon}:${token.preimage}`);
  assert.equal(rest.headers.get('L402-Uses-Left'), '97');
});

test('a copy narrowed to GET is served a GET, and one narrowed to POST is not', async () => {
  const token = await buy(RATE);
  assert.equal(await reason(RATE, narrowed(token, 'rate_capabilities=POST')), 'wrong-rule');
  await assertRate(await get(RATE, narrowed(token, 'rate_capabilities=GET')));
});

for (const [what, caveat] of [
  ['a later end', 'pro_valid_until=9999999999'],
  ['another rule', 'services=pro:0,rate:0'],
]) {
  test(`a copy widened by ${what} is refused`, async () => {
    const token = await buy(PRO);
    assert.equal(await reason(PRO, narrowed(token, caveat)), 'invalid');
  });
}

test('a copy that asks for more requests than were bought gets no more', async () => {
  const response = await get(HISTORY, narrowed(await buy(HISTORY), 'history_uses=1000'));
  assert.equal(response.headers.get('L402-Uses-Left'), '99');
});

test('a copy without one of its caveats is refused', async () => {
  const token = await buy(PRO);
  for (const gone of [0, 1]) {
    const json = importMacaroon(token.macaroon).exportJSON();
    json.c.splice(gone, 1);
    assert.equal(await reason(PRO, authorization(importMacaroon(json), token.preimage)), 'invalid');
  }
});

test('a token for one rule does not open another', async () => {
  const token = await buy(RATE);
  const header = authorization(importMacaroon(token.macaroon), token.preimage);
  assert.equal(await reason(PRO, header), 'wrong-rule');
  const search = { method: 'POST', headers: { Authorization: header }, body: '{"q":"krone"}' };
  assert.equal((await refusal(await fetch(SEARCH, search))).reason, 'wrong-rule');
});

test('a narrowed copy with a preimage of its holder\'s making is not served', async () => {
  const challenge = await refusal(await fetch(RATE));
  assert.equal(await reason(RATE, narrowed({ ...challenge, preimage: '0'.repeat(64) }, 'rate_capabilities=GET')), 'invalid');
});

// Its buffer doubles at every write, needed or not. Two caveats are ours, one is the holder's.
test('macaroon can write three caveats and not four, so a token must not come with more than two', async () => {
  const macaroon = importMacaroon((await refusal(await fetch(RATE))).macaroon);
  macaroon.addFirstPartyCaveat('rate_capabilities=GET');
  macaroon.exportBinary();
  macaroon.addFirstPartyCaveat('rate_uses=1');
  assert.throws(() => macaroon.exportBinary());
});
