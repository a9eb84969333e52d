// A real browser with nothing but npm: playwright-core drives the Chromium that ships in @sparticuz/chromium, or the
// one that TEST_CHROMIUM names.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { chromium as playwright } from 'playwright-core';

const LIMIT_MS = 20_000;

/** Why there is no browser for this machine, or undefined. */
export function browserProblem() {
  if (process.env.TEST_CHROMIUM) return undefined;
  return process.platform === 'linux' && process.arch === 'x64'
    ? undefined
    : `no browser comes with npm for ${process.platform} ${process.arch}; name one in TEST_CHROMIUM`;
}

/** Starts the browser; `close` also removes what was unpacked for it. */
export async function openBrowser() {
  const folder = mkdtempSync(join(tmpdir(), 'tracker-browser-'));
  const executablePath = process.env.TEST_CHROMIUM ?? (await unpack(folder));
  const browser = await playwright.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    env: { ...process.env, TMPDIR: folder, ...(await libraries(executablePath, folder)) },
    timeout: LIMIT_MS,
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The package unpacks to a fixed path in the temporary folder: a folder of its own keeps runs apart. */
async function unpack(folder) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    return await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** Where the machine lacks the browser's libraries, the ones inside the package serve. */
async function libraries(executablePath, folder) {
  if (process.env.TEST_CHROMIUM || !lacksLibraries(executablePath)) return {};
  const require = createRequire(import.meta.url);
  const archive = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..', 'bin', 'al2023.tar.br');
  const target = join(folder, 'libraries');
  if (!existsSync(target)) {
    mkdirSync(target);
    const tar = join(folder, 'libraries.tar');
    writeFileSync(tar, brotliDecompressSync(readFileSync(archive)));
    execFileSync('tar', ['-xf', tar, '-C', target]);
  }
  return { LD_LIBRARY_PATH: [join(target, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':') };
}

function lacksLibraries(executablePath) {
  try {
    return execFileSync('ldd', [executablePath], { encoding: 'utf8' }).includes('not found');
  } catch {
    return true;
  }
}
