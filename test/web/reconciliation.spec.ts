import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import {
  accessibilityProblems,
  LAPTOP,
  openScreens,
  OPENING_LIMIT_MS,
  PHONE,
  type Screens,
  visit,
} from '../harness/screens.js';

const SLOW = 180_000;

/** The demonstration's October: a made-up statement that differs from the books in ten figures, of every cause. */
describe('the reconciliation, in a real browser on the real program', () => {
  let screens: Screens;

  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  const overflow = (page: Page): Promise<number> =>
    // The gutter of the scroll bar is no overflow.
    page.evaluate<number>('Math.max(0, document.documentElement.scrollWidth - window.innerWidth)');
  const open = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
  const panel = (page: Page) => page.getByRole('complementary');

  it.each([
    ['light', 'laptop', LAPTOP],
    ['dark', 'phone', PHONE],
  ] as const)(
    'in %s on a %s: list, panel and empty month are accessible, as wide as the page, without a complaint',
    async (colorScheme, _name, viewport) => {
      const { page, go, complaints, leave } = await visit(screens, 'chuyenvien', { colorScheme, viewport });
      await go('/reconciliation/2024-09');
      await page.getByText('Tháng này chưa có bảng kê Kho bạc').waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await go('/reconciliation');
      await page.getByRole('heading', { name: 'Đối chiếu Kho bạc tháng 10 năm 2024' }).waitFor();
      await page.getByText('Bảng kê bản 1, số đến 07/10/2024').first().waitFor();
      expect([await accessibilityProblems(page), await overflow(page)]).toEqual([[], 0]);
      await open(page, 'Dự án minh hoạ số 70');
      await page.getByRole('button', { name: 'Ghi bút toán bù' }).click();
      expect([await accessibilityProblems(page), await overflow(page)]).toEqual([[], 0]);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it('every cause is suggested, the largest difference first; a reporter sees the own unit’s alone', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/reconciliation/2024-10');
    const rows = (await page.getByRole('row').allInnerTexts()).slice(1).map((text) => text.replace(/\s+/g, ' '));
    expect(rows).toHaveLength(10);
    for (const [i, words] of [
      [0, 'lệch thời điểm'],
      [1, 'sai nguồn vốn'],
      [2, 'sai nguồn vốn'],
      [3, 'Kho bạc chưa có'],
      [4, 'sai tháng'],
      [5, 'thiếu bút toán'],
      [6, 'thu hồi tạm ứng'],
      [7, 'mã không có trong danh mục'],
      [8, 'dự án chưa có mã quốc gia'],
      [9, 'lệch số tiền'],
    ] as const)
      expect(rows[i]).toContain(words);
    expect(rows[0]).toContain('−1.071.664.000');
    await open(page, 'Dự án minh hoạ số 45');
    await panel(page).getByText('Chuyên viên Sở xử lý chênh lệch.').waitFor();
    await leave();

    const reporter = await visit(screens, 'binhgia');
    await reporter.go('/reconciliation/2024-10');
    const own = (await reporter.page.getByRole('row').allInnerTexts()).slice(1);
    expect(own).toHaveLength(1);
    expect(own[0]).toMatch(/Huyện Bình Gia[\s\S]*−152\.400\.000[\s\S]*thiếu bút toán/);
    await reporter.leave();
  });

  it(
    'a wrong source is booked right with its counterpart, the rest explained, the month signed, and a new entry shows',
    async () => {
      const { page, go, leave } = await visit(screens, 'chuyenvien');
      await go('/reconciliation/2024-10');
      const sign = page.getByRole('button', { name: 'Xác nhận tháng 10' });
      await page.getByText('Còn 10 chênh lệch chưa xử lý.').waitFor();
      expect(await sign.getAttribute('aria-disabled')).toBe('true');

      await open(page, 'Dự án minh hoạ số 70');
      await page.getByRole('button', { name: 'Ghi bút toán bù' }).click();
      await panel(page).getByText('Khớp với Kho bạc.').waitFor();
      await page.getByRole('button', { name: 'Ghi 2 bút toán' }).click();
      await panel(page).getByText('Ghi chú còn trống.').waitFor();
      await page.getByLabel('Ghi chú').fill('Ghi nhầm nguồn');
      await page.getByRole('button', { name: 'Ghi 2 bút toán' }).click();
      await page.getByText('Còn 8 chênh lệch chưa xử lý.').waitFor();

      for (let left = 8; left > 0; left--) {
        await page.locator('button[data-difference]').first().click();
        await page.getByLabel('Ghi chú').fill('Kho bạc đã xác nhận');
        await page.getByRole('button', { name: 'Lưu giải trình' }).click();
        await page
          .getByText(left > 1 ? `Còn ${left - 1} chênh lệch chưa xử lý.` : 'Chênh lệch: đã xử lý hết')
          .waitFor();
      }
      await sign.click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('8 chênh lệch đã có lời giải trình.').waitFor();
      await dialog.getByRole('button', { name: 'Xác nhận tháng 10' }).click();
      await page.getByText('đã xác nhận', { exact: true }).first().waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);

      const status = await page.evaluate<number>(
        `fetch('/api/v1/sessions/current').then((answer) => answer.json()).then(({ csrfToken }) =>
           fetch('/api/v1/disbursements', { method: 'POST',
             body: JSON.stringify({ month: '2024-10', entries: [{ unitCode: '181', projectCode: 'MH-21',
               sourceCode: 'NSDP-CD', kind: 'payment', basis: 'actual', amountDong: 1000 }] }),
             headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken } })).then(({ status }) => status)`,
      );
      expect(status).toBe(201);
      await go('/reconciliation/2024-10');
      await page.getByText('Sổ có bút toán mới sau khi xác nhận.').waitFor();
      await page.getByText('Còn 1 chênh lệch chưa xử lý.').waitFor();
      await page.getByRole('button', { name: 'Đã xử lý' }).click();
      await page.getByText('đã ghi bù').first().waitFor();
      await leave();
    },
    SLOW,
  );
});
