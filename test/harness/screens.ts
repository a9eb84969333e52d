import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import type { ProductProcess } from './product-process.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export const LAPTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

export interface Visitor {
  page: Page;
  /** What the browser complained about: errors of scripts, of the content security policy, of missing files. */
  complaints: string[];
  go(path: string): Promise<void>;
  /** Fails where the page did anything against the content security policy. */
  leave(): Promise<void>;
}

/** Opens the program in a fresh browser context and signs in through the page, unless nobody is named. */
export async function visit(
  browser: Browser,
  product: ProductProcess,
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
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
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
    await page.getByLabel('Tên đăng nhập').fill(username);
    await page.getByLabel('Mật khẩu', { exact: true }).fill(product.password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }
  return {
    page,
    complaints,
    go: async (path) => {
      await page.goto(`${product.address}${path}`);
      await page.waitForLoadState('networkidle');
    },
    leave: async () => {
      await context.close();
      if (violations.length > 0) throw new Error(`against the content security policy:\n${violations.join('\n')}`);
    },
  };
}

/** What axe finds against WCAG 2.2 AA on the page as it stands: rule and place, empty when all is well. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(AXE, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(' ')}`));
}
