/**
 * The real command, as `npm run -s evaluate -- FOLDER` starts it: `node dist/apps/cli/evaluate.js FOLDER`.
 * It runs what is in dist, so build first: `npm test` and every npm script do so in their first step
 * (apps/standalone/first-step.cjs); by hand, `npx nest build`.
 *
 * test/fixtures/evaluate/ok/<case>          the five files, and expected.json checked by hand
 * test/fixtures/evaluate/not-ok/<defect>    the files with that defect, and expected.txt, the exact standard error
 */
import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const COMMAND = join(ROOT, 'dist/apps/cli/evaluate.js');
const FIXTURES = join(ROOT, 'test/fixtures/evaluate');

const namesIn = (folder: string): string[] => readdirSync(join(FIXTURES, folder)).sort();

function evaluate(args: string[], from: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  // npm's own variables of the run that started these tests would change where a relative path begins.
  const { npm_lifecycle_event: _script, INIT_CWD: _folder, NODE_OPTIONS: _options, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: from.cwd ?? ROOT,
    env: { ...env, ...from.env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

beforeAll(() => {
  if (!existsSync(COMMAND)) throw new Error(`${COMMAND} is missing: run \`npx nest build\` first`);
});

describe('evaluate FOLDER prints one JSON object and nothing else', () => {
  it.each(namesIn('ok'))('%s', (name) => {
    const folder = join(FIXTURES, 'ok', name);
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as unknown;
    const { status, stdout, stderr } = evaluate([folder]);
    expect(stderr).toBe('');
    expect(stdout === '' ? undefined : JSON.parse(stdout)).toEqual(expected);
    expect(stdout).toBe(`${JSON.stringify(expected)}\n`);
    expect(status).toBe(0);
  });

  it('the same bytes again (I6)', () => {
    const folder = join(FIXTURES, 'ok', 'reorganisation-and-silence');
    expect(evaluate([folder], { env: { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8' } }).stdout).toBe(
      evaluate([folder], { env: { TZ: 'Pacific/Kiritimati', LANG: 'C' } }).stdout,
    );
  });

  it('with the folder relative to where it was called', () => {
    const folder = join(FIXTURES, 'ok', 'three-months-below');
    const absolute = evaluate([folder]);
    expect(evaluate(['three-months-below'], { cwd: dirname(folder) })).toEqual(absolute);
    // npm runs the script at the root and says in INIT_CWD where its caller stood.
    const byNpm = { npm_lifecycle_event: 'evaluate', INIT_CWD: folder };
    expect(evaluate(['.'], { env: byNpm })).toEqual(absolute);
    expect(evaluate([join('..', basename(folder))], { env: byNpm })).toEqual(absolute);
    // Another npm script that calls the command means its own folder.
    const byOther = { npm_lifecycle_event: 'test', INIT_CWD: FIXTURES };
    expect(evaluate(['.'], { cwd: folder, env: byOther })).toEqual(absolute);
  });
});

describe('evaluate refuses, every problem on its line, nothing on standard output, status 2', () => {
  it.each(namesIn('not-ok'))('%s', (name) => {
    const folder = join(FIXTURES, 'not-ok', name);
    const expected = readFileSync(join(folder, 'expected.txt'), 'utf8');
    expect(evaluate([folder])).toEqual({ status: 2, stdout: '', stderr: expected });
  });

  it('no folder named', () => {
    expect(evaluate([])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'evaluate: expects one folder, found 0 arguments\n',
    });
  });

  it('two arguments, good ones even', () => {
    const folder = join(FIXTURES, 'ok', 'nobody');
    expect(evaluate([folder, folder])).toEqual({
      status: 2,
      stdout: '',
      stderr: 'evaluate: expects one folder, found 2 arguments\n',
    });
  });

  it.each(['no-such-folder', 'ok/nobody/units.csv'])('%s is not a folder', (path) => {
    const folder = join(FIXTURES, path);
    expect(evaluate([folder])).toEqual({ status: 2, stdout: '', stderr: `${folder}: is not a folder\n` });
  });
});
