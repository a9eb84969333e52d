// Runs the real first step in small made-up checkouts whose npm, nest and vite are scripts that keep a diary.
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Linter } from 'eslint';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

jest.setTimeout(30_000);

const firstStep = resolve(import.meta.dirname, '../../apps/standalone/first-step.cjs');
const LOCK = { packages: { '': {}, 'node_modules/@nestjs/cli': { version: '12.0.0' } } };
const MANIFEST = JSON.stringify(LOCK);

/** Prints on standard output, as the real ones do; BUILD_MS makes it slow, a file named `refuse` makes it fail. */
const diaryScript = (name: string, work: string) => `
const fs = require('fs');
const root = require('path').resolve(__dirname, '${name === 'npm' ? '../..' : '../'.repeat(name === 'nest' ? 4 : 3)}');
fs.appendFileSync(root + '/diary', '${name} ' + process.argv.slice(2).join(' ') + '\\n');
console.log('${name} talks');
if (fs.existsSync(root + '/refuse')) process.exit(9);
const target = process.argv[process.argv.indexOf('--outDir') + 1];
const half = root + '/dist/apps/cli';
if ('${name}' === 'nest') { fs.mkdirSync(half, { recursive: true }); fs.writeFileSync(half + '/evaluate.js', 'half'); }
setTimeout(() => { ${work} }, Number(process.env.BUILD_MS || 0));
`;
const NEST = diaryScript(
  'nest',
  `for (const [from, to] of [['apps/cli/evaluate.ts', 'apps/cli/evaluate.js'], ['apps/api/main.ts', 'apps/api/main.js'],
     ['libs/old.ts', 'libs/old.js']]) {
     if (!fs.existsSync(root + '/' + from)) continue;
     fs.mkdirSync(require('path').dirname(root + '/dist/' + to), { recursive: true });
     fs.copyFileSync(root + '/' + from, root + '/dist/' + to);
   }`,
);
const VITE = diaryScript(
  'vite',
  `fs.mkdirSync(target, { recursive: true }); fs.writeFileSync(target + '/index.html', '')`,
);
const NPM = diaryScript(
  'npm',
  `const put = (file, text) => {
     fs.mkdirSync(require('path').dirname(root + '/' + file), { recursive: true });
     fs.writeFileSync(root + '/' + file, text);
   };
   put('node_modules/@nestjs/cli/bin/nest.js', fs.readFileSync(root + '/tools/nest.js', 'utf8'));
   put('node_modules/vite/bin/vite.js', fs.readFileSync(root + '/tools/vite.js', 'utf8'));
   fs.copyFileSync(root + '/package-lock.json', root + '/node_modules/.package-lock.json');`,
);
const TARGET = `console.log(JSON.stringify({ argv: process.argv, pid: process.pid, cwd: process.cwd() }));`;

let scratch: string;
let count = 0;

beforeAll(() => {
  scratch = mkdtempSync(join(realpathSync(tmpdir()), 'first-step-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('the first step', () => {
  it('installs and builds a fresh clone, then is silent and leaves standard output to the target', async () => {
    const clone = makeClone();
    const first = await run(clone, ['apps/cli/evaluate.js', 'a folder', '--flag']);
    expect(first).toMatchObject({ code: 0 });
    const said = JSON.parse(first.out) as { argv: string[]; pid: number; cwd: string };
    expect(said.argv.slice(1)).toEqual([join(clone, 'dist/apps/cli/evaluate.js'), 'a folder', '--flag']);
    expect([said.pid, said.cwd]).toEqual([first.pid, scratch]);
    expect(first.err).toMatch(/Installing packages.*npm talks.*Building the program.*nest talks/s);
    expect(diary(clone)[0]).toMatch(/^npm ci .*--include=dev/);
    expect(diary(clone).slice(1)).toEqual(['nest build']);

    const second = await run(clone, ['apps/cli/evaluate.js']);
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(diary(clone)).toHaveLength(2);
  });

  it('builds again after a change of a source, not of a test or a text, and drops what lost its source', async () => {
    const clone = makeClone({ installed: true });
    write(clone, 'libs/old.ts', 'export {};');
    await run(clone, ['apps/cli/evaluate.js']);
    expect(existsSync(join(clone, 'dist/libs/old.js'))).toBe(true);
    write(clone, 'libs/kernel/dong.spec.ts', '// a test');
    write(clone, 'libs/README.md', 'a text');
    await run(clone, ['apps/cli/evaluate.js']);
    // Packed and unpacked elsewhere, a file keeps what it says and loses when it was written.
    utimesSync(join(clone, 'apps/cli/evaluate.ts'), 1, 1);
    await run(clone, ['apps/cli/evaluate.js']);
    expect(diary(clone)).toEqual(['nest build']);
    appendFileSync(join(clone, 'apps/cli/evaluate.ts'), '// changed\n');
    await run(clone, ['apps/cli/evaluate.js']);
    expect(diary(clone)).toEqual(['nest build', 'nest build']);
    rmSync(join(clone, 'libs/old.ts'));
    await run(clone, ['apps/cli/evaluate.js']);
    expect(diary(clone)).toHaveLength(3);
    expect(existsSync(join(clone, 'dist/libs/old.js'))).toBe(false);
  });

  it('installs again only when the lock file asks for other packages', async () => {
    const clone = makeClone({ installed: true });
    write(clone, 'package-lock.json', JSON.stringify(LOCK, null, 2));
    await run(clone, ['apps/cli/evaluate.js']);
    expect(diary(clone)).toEqual(['nest build']);
    write(clone, 'package-lock.json', MANIFEST.replace('12.0.0', '12.0.1'));
    expect(await run(clone, ['apps/cli/evaluate.js'])).toMatchObject({ code: 0 });
    expect(diary(clone).filter((line) => line.startsWith('npm ci'))).toHaveLength(1);
  });

  it('says in one sentence that it could not install or build, ends with 1 and tries again next time', async () => {
    const clone = makeClone();
    write(clone, 'refuse', '');
    const offline = await run(clone, ['apps/cli/evaluate.js']);
    expect(offline).toMatchObject({ code: 1, out: '' });
    expect(offline.err).toMatch(/npm ci: 9.*check the network.*\n$/);

    const installed = makeClone({ installed: true });
    write(installed, 'refuse', '');
    const failed = await run(installed, ['apps/cli/evaluate.js']);
    expect(failed).toMatchObject({ code: 1, out: '' });
    expect(failed.err).toMatch(/could not be built \(nest build: 9\), see the errors above\.\n$/);
    rmSync(join(installed, 'refuse'));
    expect(await run(installed, ['apps/cli/evaluate.js'])).toMatchObject({ code: 0 });
  });

  it('lets one of two commands build while the other waits for it', async () => {
    const clone = makeClone({ installed: true });
    const both = await Promise.all([1, 2].map(() => run(clone, ['apps/cli/evaluate.js'], { BUILD_MS: '700' })));
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.every(({ out }) => out.includes('evaluate.js'))).toBe(true);
    expect(both.filter(({ err }) => err.includes('Waiting for process'))).toHaveLength(1);
    expect(diary(clone)).toEqual(['nest build']);
  });

  it('recognises the lock and the half-built files of a killed command', async () => {
    const clone = makeClone({ installed: true });
    const killed = begin(clone, ['apps/cli/evaluate.js'], { BUILD_MS: '1500' });
    await until(() => read(clone, 'dist/apps/cli/evaluate.js') === 'half');
    killed.child.kill('SIGKILL');
    await new Promise((done) => killed.child.once('exit', done));
    expect(existsSync(join(clone, 'dist/.first-step.lock'))).toBe(true);
    // The compiler of the killed command still writes: the next one waits for it, then builds for itself.
    const next = await run(clone, ['apps/cli/evaluate.js']);
    expect(next).toMatchObject({ code: 0 });
    expect(next.err).toMatch(/Waiting for process.*Building the program/s);
    expect(diary(clone)).toEqual(['nest build', 'nest build']);

    write(clone, 'dist/.first-step.lock', JSON.stringify([{ pid: process.pid, started: 'another time' }]));
    write(clone, 'libs/new.ts', '');
    expect((await run(clone, ['apps/cli/evaluate.js'])).err).not.toContain('Waiting');
    expect(diary(clone)).toHaveLength(3);
  });

  it('passes a signal on to what it has started and ends with it', async () => {
    const clone = makeClone({ installed: true });
    const stopped = begin(clone, ['apps/cli/evaluate.js'], { BUILD_MS: '20000' });
    await until(() => read(clone, 'dist/apps/cli/evaluate.js') === 'half');
    const [, step] = JSON.parse(read(clone, 'dist/.first-step.lock') ?? '[]') as { pid: number }[];
    stopped.child.kill('SIGTERM');
    expect(await stopped.done).toMatchObject({ code: 143, out: '' });
    expect(() => process.kill(step?.pid ?? 0, 0)).toThrow('ESRCH');
    expect(existsSync(join(clone, 'dist/.first-step.lock'))).toBe(false);

    // Once the build is over, nothing of ours stands between the signal and a target that does not listen for it.
    write(clone, 'apps/cli/evaluate.ts', 'console.log("up"); setInterval(() => {}, 1000);');
    const serving = begin(clone, ['apps/cli/evaluate.js']);
    await new Promise((up) => serving.child.stdout!.once('data', up));
    serving.child.kill('SIGTERM');
    await serving.done;
    expect(serving.child.signalCode).toBe('SIGTERM');
  });

  it('builds the web only for a program that serves it', async () => {
    const clone = makeClone({ installed: true });
    write(clone, 'apps/api/main.ts', TARGET);
    expect(await run(clone, ['apps/api/main.js'])).toMatchObject({ code: 0 });
    expect(diary(clone)).toEqual(['nest build']);
    write(clone, 'apps/web/vite.config.ts', '');
    await run(clone, ['apps/cli/evaluate.js']);
    expect(diary(clone)).toEqual(['nest build']);
    for (let again = 0; again < 2; again += 1) await run(clone, ['apps/api/main.js']);
    expect(diary(clone)).toEqual(['nest build', expect.stringMatching(/^vite build apps\/web --outDir/)]);
    expect(existsSync(join(clone, 'dist/web/index.html'))).toBe(true);
    write(clone, 'apps/web/src/main.tsx', '');
    await run(clone, ['apps/api/main.js']);
    expect(diary(clone)).toHaveLength(3);
  });

  it('gives the exit code, the error and the signals of the target through', async () => {
    const clone = makeClone({ installed: true });
    await run(clone, ['apps/cli/evaluate.js']);
    const dist = (text: string) => write(clone, 'dist/apps/cli/evaluate.js', text);
    dist('process.exitCode = 7;');
    expect(await run(clone, ['apps/cli/evaluate.js'])).toMatchObject({ code: 7, err: '' });
    dist('await null; process.exit(0);');
    expect(await run(clone, ['apps/cli/evaluate.js'])).toMatchObject({ code: 0, err: '' });
    dist('throw new Error("thrown by the target");');
    const thrown = await run(clone, ['apps/cli/evaluate.js']);
    expect(thrown).toMatchObject({ code: 1, err: expect.stringContaining('thrown by the target') });
    dist('await new Promise(() => {});');
    expect(await run(clone, ['apps/cli/evaluate.js'])).toMatchObject({ code: 13 });
    dist('process.on("SIGTERM", () => process.exit(5)); console.log("up"); setInterval(() => {}, 1000);');
    const serving = begin(clone, ['apps/cli/evaluate.js']);
    await new Promise((up) => serving.child.stdout!.once('data', up));
    serving.child.kill('SIGTERM');
    expect(await serving.done).toMatchObject({ code: 5 });
  });

  it('checks nothing when told so, and names a program that is not there', async () => {
    const clone = makeClone();
    const missing = await run(clone, ['apps/cli/evaluate.js'], { SKIP_FIRST_STEP: '1' });
    expect(missing).toMatchObject({ code: 1, err: expect.stringContaining('There is no program') });
    write(clone, 'dist/apps/cli/evaluate.js', TARGET);
    expect(await run(clone, ['apps/cli/evaluate.js'], { SKIP_FIRST_STEP: '1' })).toMatchObject({ code: 0, err: '' });
    expect(diary(clone)).toEqual([]);
  });

  it('tells an older Node in one sentence, in a syntax that it can read', async () => {
    for (const version of ['8.17.0', '18.20.4', '20.18.3']) {
      const fake = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });`;
      const old = await finished(spawn(process.execPath, ['-e', `${fake} require(${JSON.stringify(firstStep)})`]));
      expect(old).toMatchObject({ code: 1, out: '' });
      expect(old.err).toMatch(
        new RegExp(
          `^Cần Node.js 20.19 .* ${version}: .* / Node.js 20.19 or newer is needed, this is ${version}: .*\n$`,
        ),
      );
    }
    const problems = new Linter().verify(
      readFileSync(firstStep, 'utf8'),
      {
        files: ['**/*.cjs'],
        languageOptions: { ecmaVersion: 2017, sourceType: 'commonjs' },
      },
      'first-step.cjs',
    );
    expect(problems).toEqual([]);
  });
});

function makeClone({ installed = false } = {}): string {
  count += 1;
  const clone = join(scratch, `clone ${count}`);
  mkdirSync(join(clone, 'apps/standalone'), { recursive: true });
  copyFileSync(firstStep, join(clone, 'apps/standalone/first-step.cjs'));
  write(clone, 'package.json', '{ "type": "module" }');
  write(clone, 'package-lock.json', MANIFEST);
  write(clone, 'apps/cli/evaluate.ts', TARGET);
  // Scripts of the tools are CommonJS whatever the checkout says.
  for (const folder of ['tools', 'node_modules/@nestjs/cli', 'node_modules/vite']) {
    if (installed || folder === 'tools') write(clone, `${folder}/package.json`, '{ "type": "commonjs" }');
  }
  write(clone, 'tools/npm/npm-cli.js', NPM);
  write(clone, 'tools/nest.js', NEST);
  write(clone, 'tools/vite.js', VITE);
  if (installed) {
    write(clone, 'node_modules/@nestjs/cli/bin/nest.js', NEST);
    write(clone, 'node_modules/vite/bin/vite.js', VITE);
    write(clone, 'node_modules/.package-lock.json', MANIFEST);
  }
  return clone;
}

interface Ended {
  code: number | null;
  out: string;
  err: string;
  pid: number;
}

function begin(clone: string, args: string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(clone, 'apps/standalone/first-step.cjs'), ...args], {
    cwd: scratch,
    env: {
      PATH: process.env.PATH,
      npm_execpath: join(clone, 'tools/npm/npm-cli.js'),
      ...environment,
    },
  });
  return { child, done: finished(child) };
}

function run(clone: string, args: string[], environment?: Record<string, string>): Promise<Ended> {
  return begin(clone, args, environment).done;
}

function finished(child: ChildProcess): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr!.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  return new Promise((done) => child.once('close', (code) => done({ code, out, err, pid: child.pid ?? 0 })));
}

function write(clone: string, name: string, text: string): void {
  mkdirSync(dirname(join(clone, name)), { recursive: true });
  writeFileSync(join(clone, name), text);
}

function read(clone: string, name: string): string | undefined {
  return existsSync(join(clone, name)) ? readFileSync(join(clone, name), 'utf8') : undefined;
}

function diary(clone: string): string[] {
  return (read(clone, 'diary') ?? '').split('\n').filter((line) => line !== '');
}

async function until(condition: () => boolean): Promise<void> {
  for (const begun = Date.now(); !condition();) {
    if (Date.now() - begun > 10_000) throw new Error(`waited 10 seconds in vain for ${condition}`);
    await delay(5);
  }
}
