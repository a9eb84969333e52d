import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

describe('the audit trail, in a real browser on the real program', () => {
  let screens: Screens;

  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it(
    'the auditor filters, reads what an event changed, and has the chain verified',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'kiemtoan');
      await go('/audit');
      await page.getByLabel('Việc').selectOption('month.close');
      await page.getByRole('button', { name: 'Lọc', exact: true }).click();
      await page.getByRole('link', { name: 'Đóng tháng' }).first().click();
      const panel = page.getByRole('complementary', { name: /Sự kiện số/ });
      await panel.getByText('Mã của sự kiện trước').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Kiểm tra chuỗi' }).click();
      await page.getByText(/Chuỗi nguyên vẹn, đã kiểm tra/).waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'an object leads to its history; who may not read it sees no way there',
    async () => {
      const auditor = await visit(screens, 'kiemtoan');
      await auditor.go('/closing/2024-09');
      await auditor.page.getByRole('link', { name: 'Lịch sử thay đổi' }).click();
      await auditor.page.waitForURL(/objectType=month/);
      await auditor.page.getByRole('link', { name: 'Đóng tháng' }).first().waitFor();
      await auditor.leave();
      const staff = await visit(screens, 'chuyenvien');
      await staff.go('/closing/2024-09');
      expect(await staff.page.getByText('Lịch sử thay đổi').count()).toBe(0);
      await staff.go('/audit');
      await staff.page.getByText('Nhật ký dành cho quản trị và kiểm toán').waitFor();
      await staff.leave();
    },
    SLOW,
  );

  it.each([LAPTOP, PHONE])(
    'has nothing that WCAG 2.2 AA forbids at $width',
    async (viewport) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, go, leave } = await visit(screens, 'kiemtoan', { viewport, colorScheme });
        await go('/audit');
        expect(await accessibilityProblems(page)).toEqual([]);
        await go('/audit?action=month.close');
        await page.getByRole('link', { name: 'Đóng tháng' }).first().click();
        await page.getByText('Mã của sự kiện trước').waitFor();
        expect(await accessibilityProblems(page)).toEqual([]);
        await leave();
      }
    },
    2 * SLOW,
  );
});
