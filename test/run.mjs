// `npm test`: everything that needs no other service, and the Redis-backed suites where Redis can be had.
//   npm test                    all
//   npm test -- libs/kernel     only what matches
// CI (REQUIRE_BROWSER=1 REQUIRE_REDIS=1) fails where a suite would be left out.
// The last line is `N passed, N failed`, with `, N skipped` where suites were left out.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REDIS_SUITES = '-redis(-queue)?\\.spec\\.ts$';
const WEB_SUITES = 'test/web/';
const asked = process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), 'tracker-run-'));

const began = Date.now();
const totals = { passed: 0, failed: 0, skipped: 0 };

function checks() {
  return [
    ['types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'test']],
    ['types of the web', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'apps/web']],
    ['lint', ['node_modules/eslint/bin/eslint.js', '.']],
    ['format', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
  ];
}

/** A check counts as one test. */
function runCheck([name, args]) {
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 2, 2] });
  totals[status === 0 ? 'passed' : 'failed'] += 1;
  say(`${status === 0 ? 'passed' : 'FAILED'}  ${name}`);
}

function runJest(name, args) {
  const report = join(reports, `${name}.json`);
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [
        '--experimental-vm-modules',
        '--no-warnings',
        'node_modules/jest/bin/jest.js',
        '-c',
        'test/jest.config.mjs',
        '--json',
        `--outputFile=${report}`,
        '--passWithNoTests',
        ...args,
      ],
      { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    child.on('close', (status) => {
      let outcome;
      try {
        outcome = JSON.parse(readFileSync(report, 'utf8'));
      } catch {
        // Jest itself fell over before it could report.
        totals.failed += 1;
        say(`FAILED  ${name}: no report, status ${status}`);
        resolve();
        return;
      }
      totals.passed += outcome.numPassedTests;
      // A suite that could not even be loaded has no tests that failed.
      totals.failed += outcome.numFailedTests + outcome.numRuntimeErrorTestSuites;
      totals.skipped += outcome.numPendingTests;
      say(`${outcome.success ? 'passed' : 'FAILED'}  ${name}: ${outcome.numPassedTests} tests`);
      resolve();
    });
  });
}

function say(line) {
  process.stdout.write(`[${String(Math.round((Date.now() - began) / 1000)).padStart(3)} s] ${line}\n`);
}

/** Leaves a group of suites out with its reason, or fails where they are required. */
function leaveOut(name, reason, isRequired) {
  totals[isRequired ? 'failed' : 'skipped'] += 1;
  say(`${isRequired ? 'FAILED ' : 'skipped'}  ${name}: ${reason}`);
}

async function redisReason() {
  if (process.env.TEST_REDIS_URL) return undefined;
  const { error } = spawnSync('redis-server', ['--version'], { stdio: 'ignore' });
  return error ? 'no redis-server on the PATH and no TEST_REDIS_URL' : undefined;
}

async function browserReason() {
  const { browserProblem } = await import('./harness/browser.mjs');
  return browserProblem();
}

/** What was asked for of a group: its name for all its suites, or paths for some. */
function named(group) {
  return asked.filter((name) => name.includes(group));
}

function patterns(group, all) {
  const paths = named(group).filter((name) => name.includes('/'));
  return (paths.length > 0 ? paths : [all]).map((pattern) => `--testPathPatterns=${pattern}`);
}

const only = asked.length > 0;
if (!only) checks().forEach(runCheck);
await runJest('unit, architecture, integration, e2e (PostgreSQL from npm, BullMQ on PostgreSQL)', [
  ...asked,
  ...['/node_modules/', '/dist/', REDIS_SUITES, WEB_SUITES].map((pattern) => `--testPathIgnorePatterns=${pattern}`),
]);
if (!only || named('redis').length > 0) {
  const noRedis = await redisReason();
  if (noRedis) leaveOut('with Redis', noRedis, process.env.REQUIRE_REDIS === '1');
  else await runJest('with Redis', patterns('redis', REDIS_SUITES));
}
if (!only || named('web').length > 0) {
  const noBrowser = await browserReason();
  if (noBrowser) leaveOut('screens in a real browser', noBrowser, process.env.REQUIRE_BROWSER === '1');
  else await runJest('screens in a real browser', patterns('web', WEB_SUITES));
}
rmSync(reports, { recursive: true, force: true });
const { passed, failed, skipped } = totals;
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exitCode = failed > 0 ? 1 : 0;
