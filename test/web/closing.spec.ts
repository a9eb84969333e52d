import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  accessibilityProblems,
  openScreens,
  OPENING_LIMIT_MS,
  PHONE,
  type Screens,
  visit,
  type Visitor,
} from '../harness/screens.js';

const SLOW = 180_000;

/**
 * September of the demonstration was closed and released with Tràng Định new on the list (2.951.974.052 đồng short).
 * A payment of 3 tỷ of theirs turns out to be missing.
 */
describe('September is reopened by two people, corrected and closed again, in a real browser', () => {
  let screens: Screens;
  let staff: Visitor;
  let approver: Visitor;

  beforeAll(async () => {
    screens = await openScreens();
    staff = await visit(screens, 'chuyenvien');
    approver = await visit(screens, 'duyet');
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  const textOf = async ({ page }: Visitor): Promise<string> =>
    (await page.locator('main').innerText()).replace(/[\u202f\u00a0]/g, ' ');

  it(
    'staff ask with a reason and cannot carry it out; the approver sees the consequences and reopens',
    async () => {
      await staff.go('/closing/2024-09');
      const ask = staff.page.getByRole('button', { name: 'Xin mở lại tháng 9' });
      expect(await ask.getAttribute('aria-disabled')).toBe('true');
      await staff.page.getByLabel('Lý do mở lại').fill('Tràng Định ghi thiếu một khoản 3 tỷ đồng');
      await ask.click();
      await staff.page.getByText('Chờ người duyệt khác người xin.').waitFor();
      expect(await staff.page.getByRole('button', { name: 'Mở lại tháng 9', exact: true }).count()).toBe(0);

      await approver.go('/closing/2024-09');
      await approver.page.getByText('Tràng Định ghi thiếu một khoản 3 tỷ đồng').first().waitFor();
      expect(await accessibilityProblems(approver.page)).toEqual([]);
      await approver.page.getByRole('button', { name: 'Mở lại tháng 9', exact: true }).click();
      const dialog = approver.page.getByRole('dialog');
      await dialog.getByText('Sổ tháng 9 nhận bút toán và báo cáo trở lại.').waitFor();
      await dialog.getByRole('button', { name: 'Mở lại tháng 9', exact: true }).click();
      await approver.page.getByText('đang mở lại').first().waitFor();
    },
    SLOW,
  );

  it(
    'the missing payment is booked, and the sheet shows what closing would give',
    async () => {
      const booked = await staff.page.evaluate<number>(
        `(async () => {
           const { csrfToken } = await (await fetch('/api/v1/sessions/current')).json();
           const { items: [entry] } = await (await fetch('/api/v1/disbursements?planYear=2024&unit=180&month=9&limit=1')).json();
           const body = { month: '2024-09', entries: [{ unitCode: '180', projectCode: entry.project.code, basis: 'actual',
             sourceCode: entry.source.code, kind: 'correction', amountDong: 3000000000, reason: 'Ghi thiếu', corrects: entry.id }] };
           const answer = await fetch('/api/v1/disbursements', { method: 'POST', body: JSON.stringify(body),
             headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken } });
           return answer.status;
         })()`,
      );
      expect(booked).toBe(201);
      await approver.go('/closing/2024-09');
      const text = await textOf(approver);
      expect(text).toContain('26 trong 26 đơn vị đã nộp');
      expect(text).toContain('danh sách 8 → 7 đơn vị');
      expect(text).toMatch(/Vào danh sách · 0/);
      expect(text).toMatch(/Ra khỏi danh sách · 1\s+Sở Xây dựng/);
      expect(await accessibilityProblems(approver.page)).toEqual([]);
    },
    SLOW,
  );

  it(
    'closing waits for a decision on what is missing; closed again, the two lists stand beside each other',
    async () => {
      const { page } = approver;
      const command = page.getByRole('button', { name: 'Duyệt và đóng tháng 9' });
      expect(await command.getAttribute('aria-disabled')).toBe('true');
      await page.getByText('Còn 1 việc chưa quyết định ở trên.').waitFor();
      await page.getByRole('button', { name: 'Đóng, giữ nguyên số' }).click();
      await page.getByLabel(/^Ghi chú cho/).fill('Đã nhắc ba lần');
      await command.click();
      await page.getByRole('dialog').getByText('1 quyết định được lưu cùng tên bạn.').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Đóng tháng 9' }).click();
      await page.getByRole('heading', { name: 'Danh sách bản 1 và bản 2' }).waitFor();
      const row = page.getByRole('row').filter({ hasText: 'Tràng Định' });
      await row.waitFor();
      expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(/Tràng Định ra 45,2 % .*3 .*0 3,0 .*0,0/);
      const text = await textOf(approver);
      expect(text).toContain('Bản 2');
      expect(text).toContain('Đã nhắc ba lần');
      expect(await accessibilityProblems(page)).toEqual([]);
    },
    SLOW,
  );

  it(
    'the correction is a draft that another approver releases; the letter to Tràng Định is answered',
    async () => {
      const second = await visit(screens, 'phathanh');
      await second.go('/months/2024-09');
      await second.page.getByRole('button', { name: /Phát hành/ }).click();
      await second.page
        .getByRole('dialog')
        .getByRole('button', { name: /Phát hành/ })
        .click();
      await second.page.getByRole('dialog').waitFor({ state: 'detached' });
      const subjects = await second.page.evaluate<string[]>(
        `fetch('/api/v1/notices?month=2024-09&state=issued&audience=unit').then((answer) => answer.json())
           .then(({ items }) => items.filter(({ monthVersion }) => monthVersion === 2).map(({ subject }) => subject))`,
      );
      expect(subjects).toContain('Đính chính: Đôn đốc giải ngân vốn đầu tư công tháng 9 năm 2024: Huyện Tràng Định');
      expect(second.complaints).toEqual([]);
      await second.leave();
    },
    SLOW,
  );

  it(
    'the national average is typed with its source and stands beside the provincial one; a phone shows it all',
    async () => {
      await staff.go('/closing/2024-09');
      await staff.page.getByLabel('Tỷ lệ, %').fill('47,29');
      await staff.page.getByLabel('Nguồn công bố').fill('Bộ Tài chính, BC 10/2024');
      await staff.page.getByRole('button', { name: 'Ghi bình quân cả nước' }).click();
      await staff.page.getByText('47,3 %').first().waitFor();
      await staff.go('/months/2024-09');
      expect(await textOf(staff)).toContain('cả nước 47,3 % (Bộ Tài chính, BC 10/2024)');
      expect(staff.complaints).toEqual([]);
      expect(approver.complaints).toEqual([]);
      const phone = await visit(screens, 'duyet', { viewport: PHONE, colorScheme: 'dark' });
      for (const month of ['2024-09', '2024-10']) {
        await phone.go(`/closing/${month}`);
        expect(await accessibilityProblems(phone.page)).toEqual([]);
        const wide = await phone.page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
        expect(wide).toBe(false);
      }
      await phone.leave();
    },
    SLOW,
  );
});
