import assert from 'node:assert/strict';
import { request } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { RATE, SHOP, assertRate, buy, get, refusal } from '../shop.mjs';

const LSAT = /^LSAT macaroon="([\w+/]+=*)", invoice="(lnbcrt\w+)"$/;
const L402 = /^L402 macaroon="([\w+/]+=*)", invoice="(lnbcrt\w+)", version="0", token="\1"$/;

test('the challenge is two field lines, LSAT before L402', async () => {
  const [response] = await once(request(RATE).end(), 'response');
  response.resume();
  const lines = response.headersDistinct['www-authenticate'];
  assert.equal(response.statusCode, 402);
  assert.equal(lines.length, 2);
  assert.match(lines[0], LSAT);
  assert.match(lines[1], L402);
  assert.deepEqual(L402.exec(lines[1]).slice(1), LSAT.exec(lines[0]).slice(1));
});

test('fetch, as in a browser, sees the two lines joined by a comma', async () => {
  const response = await fetch(RATE);
  const lines = response.headers.get('WWW-Authenticate').split(/, (?=L402 )/);
  const { macaroon, invoice } = await refusal(response);
  assert.deepEqual(LSAT.exec(lines[0]).slice(1), [macaroon, invoice]);
  assert.deepEqual(L402.exec(lines[1]).slice(1), [macaroon, invoice]);
});

test('a paid answer may be kept by the client only, and says what is left', async () => {
  const { macaroon, preimage, validUntil } = await buy(RATE);
  const response = await get(RATE, `L402 ${macaroon}:${preimage}`);
  assert.equal(response.headers.get('Cache-Control'), 'private');
  assert.equal(response.headers.get('L402-Uses-Left'), '0');
  assert.equal(response.headers.get('L402-Valid-Until'), validUntil);
  assert.equal(response.headers.get('WWW-Authenticate'), null);
  await assertRate(response);
});

test('what is free is served without a challenge', async () => {
  const response = await fetch(`${SHOP}/api/currencies`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('WWW-Authenticate'), null);
});

test('the preimage of one invoice does not open the macaroon of another', async () => {
  const [one, another] = await Promise.all([buy(RATE), buy(RATE)]);
  const { reason } = await refusal(await get(RATE, `L402 ${one.macaroon}:${another.preimage}`));
  assert.equal(reason, 'invalid');
});

// By default one client gets 20 challenges in 10 seconds, then 429.
test('the settings of the environment reach the server: challenges without a limit', async () => {
  const responses = await Promise.all(Array.from({ length: 40 }, () => fetch(RATE)));
  assert.deepEqual(new Set(responses.map((response) => response.status)), new Set([402]));
});
