import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 90_000;

export interface ProductProcess {
  address: string;
  password: string;
  /** All that it printed so far on standard output. */
  output(): string;
  /** Resolves with its exit code, or the signal's name. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/** An empty folder that the PostgreSQL from npm may use, and what removes it. */
export async function dataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'tracker-product-'));
  await chmod(path, 0o711);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The environment of a machine that has neither PostgreSQL nor Redis to offer. */
export function bareEnvironment(dataDir: string): NodeJS.ProcessEnv {
  const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', SKIP_FIRST_STEP: '1' };
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'NODE_ENV', 'DEMO', 'INIT_CWD', 'npm_lifecycle_event'])
    delete (env as NodeJS.ProcessEnv)[name];
  return env;
}

/** Starts the real program as `npm start` does and waits until it serves. */
export async function startProduct(
  dataDir: string,
  env: Record<string, string> = {},
  limitMs = START_LIMIT_MS,
): Promise<ProductProcess> {
  const child = spawn(process.execPath, ['apps/standalone/first-step.cjs', 'apps/standalone/main.js'], {
    cwd: ROOT,
    env: { ...bareEnvironment(dataDir), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = endOf(child);
  const address = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill('SIGTERM');
      reject(new Error(`no address after ${limitMs / 1000} s:\n${printed}\n${complaints}`));
    }, limitMs);
    const look = (): void => {
      const found = /Địa chỉ:\s+(\S+)[\s\S]*Hàng đợi/.exec(printed);
      if (!found) return;
      clearTimeout(limit);
      resolve(found[1] as string);
    };
    child.stdout.on('data', look);
    void ended.then((code) => {
      clearTimeout(limit);
      reject(new Error(`ended with ${code} before serving:\n${printed}\n${complaints}`));
    });
  });
  return {
    address,
    password: /mật khẩu(?: chung)?: (\S+)/.exec(printed)?.[1] ?? '',
    output: () => printed,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

export interface Outcome {
  code: number | string;
  stdout: string;
  stderr: string;
}

/** Runs one command of the program to its end. */
export async function runProgram(target: string, args: string[], env: NodeJS.ProcessEnv): Promise<Outcome> {
  const child = spawn(process.execPath, ['apps/standalone/first-step.cjs', target, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { code: await endOf(child), stdout, stderr };
}

function endOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone')));
}
