import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { RATE, SHOP } from '../shop.mjs';

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
