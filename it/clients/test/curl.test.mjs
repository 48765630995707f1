import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { HISTORY, RATE, SEARCH, SHOP } from '../shop.mjs';

const run = promisify(execFile);

async function sh(line) {
  return (await run('sh', ['-c', line])).stdout;
}

function field(answer, name) {
  return answer.split('\r\n\r\n', 1)[0].split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))
    .map((line) => line.slice(name.length + 2));
}

before(async () => {
  await run('curl', ['--version']).catch(() => assert.fail('curl is needed to test: install it (Debian: apt install curl)'));
});

test('curl makes a paid call with the three lines of the documentation', async () => {
  const refused = await sh(`curl -si ${RATE}`);
  assert.match(refused, /^HTTP\/1\.1 402 /);
  assert.deepEqual(field(refused, 'WWW-Authenticate').map((line) => line.slice(0, 14)), ['LSAT macaroon=', 'L402 macaroon=']);
  assert.deepEqual(field(refused, 'Cache-Control'), ['no-store']);
  assert.deepEqual(field(refused, 'Content-Type'), ['application/problem+json;charset=UTF-8']);
  const [, macaroon, invoice] = /macaroon="([^"]+)", invoice="([^"]+)"/.exec(refused);

  const receipt = await sh(`curl -s ${SHOP}/lsat/dev/pay -H 'Content-Type: application/json' -d '{"invoice":"${invoice}"}'`);
  const { preimage } = JSON.parse(receipt);
  assert.match(preimage, /^[0-9a-f]{64}$/);

  const served = await sh(`curl -si ${RATE} -H 'Authorization: L402 ${macaroon}:${preimage}'`);
  assert.match(served, /^HTTP\/1\.1 200 /);
  assert.deepEqual(field(served, 'L402-Uses-Left'), ['0']);
  assert.deepEqual(field(served, 'WWW-Authenticate'), []);
  assert.equal(JSON.parse(served.split('\r\n\r\n')[1]).currency, 'USD');
});

test('the line on the front page, pasted into a shell, makes a paid call', async () => {
  const page = (await (await fetch(SHOP)).text())
    .replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const [line] = /\(u=http.*; echo\)/.exec(page);
  assert.equal(JSON.parse(await sh(line)).currency, 'USD');
});

test('curl with a preimage of its own making is not served', async () => {
  const [, macaroon] = /macaroon="([^"]+)"/.exec(await sh(`curl -si ${RATE}`));
  const refused = await sh(`curl -si ${RATE} -H 'Authorization: L402 ${macaroon}:${'0'.repeat(64)}'`);
  assert.match(refused, /^HTTP\/1\.1 402 /);
  assert.equal(JSON.parse(refused.split('\r\n\r\n')[1]).reason, 'invalid');
});

test('curl finds a plan, buys it at its page, and gets with one token what several rules sell', async () => {
  const { plans } = JSON.parse(await sh(`curl -s ${SHOP}/lsat/plans`));
  assert.deepEqual(plans.map(({ plan }) => plan), ['deposit', 'hundred', 'month']);
  const refused = JSON.parse(await sh(`curl -s ${SHOP}${plans[1].url}`));
  assert.equal(refused.plan, 'hundred');
  const { preimage } = JSON.parse(await sh(`curl -s ${SHOP}/lsat/dev/pay -d '{"invoice":"${refused.invoice}"}'`));

  const token = `-H 'Authorization: L402 ${refused.macaroon}:${preimage}'`;
  assert.deepEqual(field(await sh(`curl -si ${RATE} ${token}`), 'L402-Uses-Left'), ['99']);
  const search = `-H 'Content-Type: application/json' -d '{"q":"krone"}'`;
  assert.deepEqual(field(await sh(`curl -si ${SEARCH} ${search} ${token}`), 'L402-Uses-Left'), ['98']);
  assert.equal(JSON.parse(await sh(`curl -s ${SHOP}${plans[1].url} ${token}`)).usesLeft, 98);
});

test('curl draws from a deposit what the history of a month costs, which is less than a long one', async () => {
  const refused = JSON.parse(await sh(`curl -s ${SHOP}/lsat/plans/deposit`));
  const { preimage } = JSON.parse(await sh(`curl -s ${SHOP}/lsat/dev/pay -d '{"invoice":"${refused.invoice}"}'`));
  const token = `-H 'Authorization: L402 ${refused.macaroon}:${preimage}'`;
  const left = async () => JSON.parse(await sh(`curl -s ${SHOP}/lsat/plans/deposit ${token}`)).balanceLeftMsat;

  assert.deepEqual(field(await sh(`curl -si '${HISTORY}' ${token}`), 'L402-Balance-Msat'), ['1000000']);
  assert.equal(await left(), 1_099_000);
  await sh(`curl -s ${SHOP}/api/history/USD.csv ${token}`);
  assert.equal(await left(), 1_027_000);
});

test('curl gets twenty samples an hour without paying', async () => {
  for (let left = 19; left >= 0; left -= 1) {
    const served = await sh(`curl -si ${SHOP}/api/sample/USD`);
    assert.match(served, /^HTTP\/1\.1 200 /);
    assert.deepEqual(field(served, 'L402-Free-Left'), [String(left)]);
  }
  assert.match(await sh(`curl -si ${SHOP}/api/sample/USD`), /^HTTP\/1\.1 402 /);
});
