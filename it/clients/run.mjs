// Starts the example in a Tomcat of its own, runs every test against it, and stops it, whatever the tests say.
// Maven calls it, with the port and the settings of the example in the environment:
//
//     node run.mjs <java> <directory of Tomcat> <WAR of the example>

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const SECONDS_TO_START = 120;
// Tomcat looks into these when an application stops.
const OPENED = ['java.base/java.io', 'java.base/java.lang', 'java.base/java.util', 'java.base/java.util.concurrent', 'java.rmi/sun.rmi.transport'];
const [java, tomcat, war] = process.argv.slice(2);
const shop = `http://127.0.0.1:${process.env.PORT}`;
const here = fileURLToPath(new URL('.', import.meta.url));

function startServer() {
  const jar = (name) => join(tomcat, 'bin', name);
  return spawn(java, [
    '-XX:TieredStopAtLevel=1',
    '-XX:+UseSerialGC',
    ...OPENED.map((name) => `--add-opens=${name}=ALL-UNNAMED`),
    '-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager',
    `-Djava.util.logging.config.file=${join(tomcat, 'conf', 'logging.properties')}`,
    '-Dorg.apache.tomcat.util.digester.PROPERTY_SOURCE=org.apache.tomcat.util.digester.EnvironmentPropertySource',
    '-Dorg.apache.catalina.startup.EXIT_ON_INIT_FAILURE=true',
    `-Dcatalina.home=${tomcat}`,
    `-Djava.io.tmpdir=${join(tomcat, 'temp')}`,
    `-Dexample.war=${war}`,
    '-classpath',
    [jar('bootstrap.jar'), jar('tomcat-juli.jar')].join(delimiter),
    'org.apache.catalina.startup.Bootstrap',
    'start',
  ], { stdio: ['ignore', 'inherit', 'inherit'] });
}

/** Another process on the port would be tested in the place of the example. */
async function refuseTakenPort() {
  if (await answers()) {
    throw new Error(`something serves ${shop} already`);
  }
}

async function answers() {
  try {
    return (await fetch(shop)).ok;
  } catch {
    return false;
  }
}

async function untilItAnswers(server) {
  for (const end = Date.now() + SECONDS_TO_START * 1000; Date.now() < end; await sleep(200)) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error('the example ended before it served; its output is above');
    }
    if (await answers()) {
      return;
    }
  }
  throw new Error(`${shop} does not answer after ${SECONDS_TO_START} s`);
}

async function exitCodeOf(tests) {
  const [exitCode] = await once(tests, 'exit');
  return exitCode ?? 1;
}

function startTests() {
  const files = readdirSync(join(here, 'test')).map((name) => join('test', name));
  return spawn(process.execPath, ['--test', '--test-reporter=spec', ...files], {
    cwd: here,
    env: { ...process.env, SHOP_URL: shop },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function stop(child) {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill();
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(late);
  }
}

await refuseTakenPort();
const server = startServer();
const children = [server];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => Promise.all(children.map(stop)).then(() => process.exit(1)));
}
try {
  await untilItAnswers(server);
  const tests = startTests();
  children.push(tests);
  process.exitCode = await exitCodeOf(tests);
} finally {
  await stop(server);
}
