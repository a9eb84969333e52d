import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openScreens, OPENING_LIMIT_MS, PHONE, problemsEverywhere, type Screens, visit } from '../harness/screens.js';

const SLOW = 120_000;

/** Another program that is told by webhook: at first it says that its address is gone, later it listens. */
describe('what was sent to whom, in a real browser on the real program', () => {
  let screens: Screens;
  let listener: Server;
  let address = '';
  let secret = '';
  let status = 410;
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];

  beforeAll(async () => {
    listener = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/nhan`;
    screens = await openScreens({ WEBHOOK_ADDRESSES: 'any' });
  }, OPENING_LIMIT_MS);
  afterAll(async () => {
    await screens?.close();
    listener.close();
  });

  it(
    'the administrator adds a webhook and is shown its secret once',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'quantri');
      await go('/settings/webhooks');
      await page.getByText('Chưa có địa chỉ nào.').waitFor();
      const add = page.getByRole('button', { name: 'Thêm webhook' });
      expect(await add.getAttribute('aria-disabled')).toBe('true');
      await page.getByLabel('Địa chỉ', { exact: true }).fill(address);
      await page.getByLabel('được xác nhận').check();
      await add.click();
      const shown = page.getByRole('textbox', { name: 'Khoá ký của webhook' });
      secret = await shown.inputValue();
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      await page.getByRole('button', { name: 'Đã cất khoá' }).click();
      await shown.waitFor({ state: 'detached' });
      await go('/settings/webhooks');
      await page.getByText('phát hành, kết thúc, thu hồi, được xác nhận').waitFor();
      expect(await page.content()).not.toContain(secret);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'a team reads its inbox, where nothing stays unread, and acknowledges on a phone',
    async () => {
      expect(await problemsEverywhere(screens, 'doan1', [['/inbox', 'Mở thông báo']])).toEqual([]);
      const { page, go, leave, complaints } = await visit(screens, 'doan1', { viewport: PHONE });
      await go('/inbox');
      await page.getByText('Mở thông báo').first().waitFor();
      expect(await page.getByText('chưa đọc', { exact: true }).count()).toBe(0);
      const message = page.getByRole('listitem').filter({ hasText: 'chưa báo cáo tháng 9 năm 2024' });
      await message.locator('summary').click();
      await message
        .getByText(/Sở|Huyện/)
        .first()
        .waitFor();
      await message.getByRole('link', { name: 'Mở thông báo' }).click();
      await page.getByRole('button', { name: 'Xác nhận đã nhận' }).click();
      await page.getByText('đã xác nhận').first().waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'staff see that the other program did not take it and why, send it again, and it arrives signed',
    async () => {
      await until(() => received.length > 0);
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      const row = page.getByRole('row').filter({ hasText: address });
      await until(async () => {
        await go('/deliveries');
        return (await row.count()) === 1;
      });
      await row.getByText('Báo hệ thống khác: thông báo được xác nhận').waitFor();
      await row.getByText('đã dừng', { exact: true }).waitFor();
      await row.getByText('Nơi nhận báo địa chỉ không còn (mã 410).').waitFor();
      await page.getByRole('button', { name: 'Đã dừng 1' }).waitFor();
      expect(await problemsEverywhere(screens, 'chuyenvien', [['/deliveries', 'Gửi lại']])).toEqual([]);

      // An auditor reads the same and sends nothing.
      const auditor = await visit(screens, 'kiemtoan');
      await auditor.go('/deliveries');
      await auditor.page.getByText('Nơi nhận báo địa chỉ không còn (mã 410).').waitFor();
      expect(await auditor.page.getByRole('button', { name: 'Gửi lại' }).count()).toBe(0);
      await auditor.leave();

      status = 204;
      const before = received.length;
      await row.getByRole('button', { name: 'Gửi lại' }).click();
      await page.getByText('Không có lần gửi nào bị dừng').waitFor();
      await until(() => received.length > before);
      const { headers, body } = received.at(-1) as (typeof received)[number];
      const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
      const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
      await until(async () => {
        await go('/deliveries');
        await page.getByRole('button', { name: 'Tất cả' }).click();
        return (await row.getByText('đã đến', { exact: true }).count()) === 1;
      });
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'ending a webhook says what follows from it first',
    async () => {
      expect(await problemsEverywhere(screens, 'quantri', [['/settings/webhooks', 'đang gọi']])).toEqual([]);
      const { page, go, leave, complaints } = await visit(screens, 'quantri');
      await go('/settings/webhooks');
      await page.getByRole('button', { name: 'Kết thúc' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Muốn gọi lại thì thêm mới, với khoá khác.').waitFor();
      await dialog.getByRole('button', { name: 'Kết thúc' }).click();
      await page.getByText('đã kết thúc', { exact: true }).waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );
});

/** What a worker does in its own time. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const limit = Date.now() + 20_000; !(await isSo());) {
    if (Date.now() > limit) throw new Error('it did not come about within 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
