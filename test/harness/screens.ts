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
    leave: () => context.close(),
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
