import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Cookie, Page } from 'playwright-core';
import { openBrowser } from './browser.mjs';
import { demonstrationFolder, LOADING_LIMIT_MS } from './demonstration-folder.js';
import { startProduct, type ProductProcess } from './product-process.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const REPORTED_WITHIN_MS = 250;

export const LAPTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export interface Screens {
  browser: Browser;
  product: ProductProcess;
  /** The cookies of those who have signed in, by name. */
  sessions: Map<string, Cookie[]>;
  close(): Promise<void>;
}

/** For `openScreens`: the first suite loads the demonstration for all. */
export const OPENING_LIMIT_MS = LOADING_LIMIT_MS + 60_000;

/** A suite's own program with the demonstration, with more environment where it is given, and a browser. */
export async function openScreens(env: Record<string, string> = {}): Promise<Screens> {
  const folder = await demonstrationFolder();
  const [product, { browser, close }] = await Promise.all([startProduct(folder.path, env), openBrowser()]);
  return {
    browser,
    product,
    sessions: new Map(),
    close: async () => {
      await close();
      await product.end('SIGTERM');
      await folder.remove();
    },
  };
}

export interface Visitor {
  page: Page;
  /** What the browser complained about: errors of scripts, of the content security policy, of missing files. */
  complaints: string[];
  go(path: string): Promise<void>;
  /** Fails where the page did anything against the content security policy. */
  leave(): Promise<void>;
}

/**
 * Opens the program in a fresh browser context as a person of the demonstration, or as nobody. Each person signs in
 * through the page the first time; later visits of the suite go on with that session.
 */
export async function visit(
  { browser, product, sessions }: Screens,
  username: string | undefined,
  options: { viewport?: { width: number; height: number }; colorScheme?: 'light' | 'dark' } = {},
): Promise<Visitor> {
  const viewport = options.viewport ?? LAPTOP;
  const context = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    colorScheme: options.colorScheme ?? 'light',
    viewport,
    hasTouch: viewport.width < 500,
    isMobile: viewport.width < 500,
  });
  const session = username === undefined ? undefined : sessions.get(username);
  if (session !== undefined) await context.addCookies(session);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Asking who is signed in answers 401 before signing in: the browser notes it, nobody needs to act.
    if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text());
  });
  const violations: string[] = [];
  await page.exposeFunction('noteViolation', (what: string) => violations.push(what));
  // Also what is blocked without a word on the console, a style set by a library for one.
  await page.addInitScript(
    `document.addEventListener('securitypolicyviolation', (event) =>
      window.noteViolation([location.pathname, event.violatedDirective, event.blockedURI, event.sourceFile].join(' ')));`,
  );
  await page.goto(product.address);
  if (username !== undefined) {
    if (session === undefined) await signIn(page, username, product.password);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    sessions.set(username, await context.cookies());
  }
  return {
    page,
    complaints,
    go: async (path) => {
      await page.goto(`${product.address}${path}`);
      await page.waitForLoadState('networkidle');
    },
    leave: async () => {
      // What the browser has just reported is still on its way here.
      await page.evaluate(`new Promise((done) => setTimeout(done, ${REPORTED_WITHIN_MS}))`).catch(() => undefined);
      await context.close();
      if (violations.length > 0) throw new Error(`against the content security policy:\n${violations.join('\n')}`);
    },
  };
}

async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(username);
  await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập' }).click();
}

/** What axe finds against WCAG 2.2 AA on the page as it stands: rule and place, empty when all is well. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}

/** A page by its address, and a text that stands on it once it is there. */
export type Shown = readonly [path: string, text: string | RegExp];

/**
 * What axe finds on these pages at a desk and on a phone, light and dark, and which of them are wider than the screen;
 * complaints of the browser count as well. Empty when all is well.
 */
export async function problemsEverywhere(
  screens: Screens,
  username: string,
  pages: readonly Shown[],
): Promise<string[]> {
  const problems: string[] = [];
  for (const viewport of [LAPTOP, PHONE]) {
    const { page, go, leave, complaints } = await visit(screens, username, { viewport });
    for (const [path, text] of pages) {
      await go(path);
      await page.getByText(text).filter({ visible: true }).first().waitFor();
      const beyond = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (beyond > 1) problems.push(`${path} ${viewport.width}: ${beyond} px wider than the screen`);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const found = await accessibilityProblems(page);
        problems.push(...found.map((problem) => `${path} ${viewport.width} ${colorScheme}: ${problem}`));
      }
    }
    problems.push(...complaints);
    await leave();
  }
  return problems;
}
