import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeAt } from '#libs/access';
import { openBrowser } from '../harness/browser.mjs';
import { bareEnvironment, dataFolder, runProgram, startProduct } from '../harness/product-process.js';
import { accessibilityProblems, PHONE, visit, type Screens, type Visitor } from '../harness/screens.js';

const NEXT = 'bốn con trâu cày đồng';

describe('signing in and one’s own security, in a real browser on the real program', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>;
  let screens: Screens;
  let secret = '';
  let recoveryCodes: string[] = [];

  beforeAll(async () => {
    folder = await dataFolder();
    const [product, { browser, close }] = await Promise.all([
      startProduct(folder.path, { DEMO: 'off' }),
      openBrowser(),
    ]);
    screens = {
      browser,
      product,
      sessions: new Map(),
      close: async () => {
        await close();
        await product.end('SIGTERM');
      },
    };
  }, 100_000);
  afterAll(async () => {
    await screens?.close();
    await folder?.remove();
  });

  const typePassword = async ({ page }: Visitor, password: string): Promise<void> => {
    await page.getByLabel('Tên đăng nhập').fill('admin');
    await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
  };

  it('the first administrator sets up the second factor, keeps the recovery codes, and is in', async () => {
    const visitor = await visit(screens, undefined);
    const { page, complaints, leave } = visitor;
    await typePassword(visitor, screens.product.password);
    await page.getByRole('heading', { name: 'Thiết lập xác thực hai bước' }).waitFor();
    await page.getByRole('img', { name: /Mã QR/ }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    secret = (await page.locator('code').innerText()).replace(/\s/g, '');
    await page.getByLabel('Mã 6 số').fill('000000');
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    await page.getByRole('alert').getByText('Mã không đúng').waitFor();
    await page.getByLabel('Mã 6 số').fill(codeAt(secret, new Date()));
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    await page.getByRole('button', { name: 'Tôi đã cất các mã này' }).waitFor();
    recoveryCodes = await page.locator('li code').allInnerTexts();
    expect(recoveryCodes).toHaveLength(10);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tôi đã cất các mã này' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    expect(complaints).toEqual([]);
    await leave();
  });

  it('on a telephone: a recovery code in the place of the app, then the own security page', async () => {
    const visitor = await visit(screens, undefined, { viewport: PHONE });
    const { page, complaints, go, leave } = visitor;
    await typePassword(visitor, screens.product.password);
    await page.getByRole('button', { name: /Dùng mã khôi phục/ }).click();
    await page.getByLabel('Mã khôi phục').fill(recoveryCodes[0] as string);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tiếp tục' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await go('/own-security');
    await page.getByText('Còn 9 mã khôi phục').waitFor();
    expect(await page.getByText('phiên này').count()).toBe(1);
    expect(await page.getByRole('button', { name: 'Tắt', exact: true }).count()).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(PHONE.width);
    await page
      .getByRole('button', { name: /^Kết thúc phiên/ })
      .first()
      .click();
    await page.getByRole('button', { name: /^Kết thúc phiên/ }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await leave();
  });

  it('the office that locked itself out: a link from the command line sets the password, once', async () => {
    const { stdout } = await runProgram('apps/cli/main.js', ['reset-password', 'admin'], bareEnvironment(folder.path));
    const hash = /#(\S+)/.exec(stdout)?.[1] as string;
    const { page, complaints, leave } = await visit(screens, undefined);
    await page.goto(`${screens.product.address}/link#${hash}`);
    await page.getByText('tên đăng nhập admin').waitFor();
    // Neither the address nor the history keep the secret.
    expect(page.url()).not.toContain(hash);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('Password2024!!');
    await page.getByLabel('Nhập lại mật khẩu mới').fill('Password2024!!');
    await page.getByRole('button', { name: 'Đặt mật khẩu' }).click();
    await page.getByRole('alert').getByText('nhiều người dùng').waitFor();
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill(NEXT);
    await page.getByLabel('Nhập lại mật khẩu mới').fill(NEXT);
    await page.getByRole('button', { name: 'Đặt mật khẩu' }).click();
    await page.getByLabel('Mã 6 số').waitFor();
    expect(complaints.filter((text) => !/status of 40[01]/.test(text))).toEqual([]);
    await page.goto('about:blank');
    await page.goto(`${screens.product.address}/link#${hash}`);
    await page.getByRole('heading', { name: 'Đường dẫn không dùng được' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await leave();
  });
});
