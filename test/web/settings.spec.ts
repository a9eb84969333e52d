import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
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

/** The demonstration's business day is 7 October 2024; September is closed with eight units on the list. */
describe('what the office is set up by, in a real browser', () => {
  let screens: Screens;
  let staff: Visitor;

  beforeAll(async () => {
    screens = await openScreens();
    staff = await visit(screens, 'chuyenvien');
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  const expectSound = async (page: Page): Promise<void> => {
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  };

  it(
    'a unit without a team goes to one on a day to come; a day before the present team’s first is refused',
    async () => {
      const { page, go } = staff;
      await go('/settings/teams');
      const subject = page.getByLabel(/^Đơn vị hoặc địa bàn/);
      await subject.selectOption('unit 181');
      await page.getByText('Đang thuộc Đoàn kiểm tra số 2 từ 01/01/2024.').waitFor();
      await page.getByLabel('Chuyển cho').selectOption({ label: 'Đoàn kiểm tra số 3' });
      await page.getByLabel('Từ ngày').fill('2023-12-01');
      await page.getByRole('button', { name: 'Chuyển', exact: true }).click();
      await page.getByRole('alert').getByText('Chưa làm được.').waitFor();
      await expectSound(page);
      await subject.selectOption('unit SO-KHCN');
      await page.getByText('Chưa thuộc đoàn nào.', { exact: true }).waitFor();
      await page.getByLabel('Từ ngày').fill('2024-10-15');
      await page.getByRole('button', { name: 'Chuyển', exact: true }).click();
      const row = page.getByRole('row').filter({ hasText: 'SO-KHCN' });
      await row.waitFor();
      expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(/Đoàn kiểm tra số 3 15\/10\/2024 –$/);
      await page.getByLabel('Mã đoàn').fill('DKT-4');
      await page.getByLabel('Tên đoàn').fill('Đoàn kiểm tra số 4');
      await page.getByRole('button', { name: 'Thêm đoàn' }).click();
      await page.getByRole('heading', { name: 'Đoàn kiểm tra số 4' }).waitFor();
      await expectSound(page);
    },
    SLOW,
  );

  it(
    'a longer run is tried first: who would leave the list is seen before anything is proposed',
    async () => {
      const { page, go } = staff;
      await go('/settings/policies');
      await page.getByLabel('Vào danh sách sau mấy tháng liên tiếp').fill('5');
      await page.getByRole('button', { name: 'Xem trước' }).click();
      const september = page.getByRole('region', { name: 'Tháng 9 năm kế hoạch 2024' });
      await september.getByText('Danh sách 8 đơn vị, theo thay đổi 6: 0 vào, 2 ra.').waitFor();
      const row = september.getByRole('row').filter({ hasText: 'Huyện Tràng Định' });
      expect((await row.innerText()).replace(/\s+/g, ' ')).toMatch(/trong danh sách 45,2 %, 3 tháng ra thấp hơn/);
      await expectSound(page);
      const propose = page.getByRole('button', { name: 'Đề xuất', exact: true });
      expect(await propose.getAttribute('aria-disabled')).toBe('true');
      await page.getByText('Ghi lý do trước.').waitFor();
      await page.getByLabel('Lý do').fill('Ý kiến của UBND tỉnh');
      await propose.click();
      await page.getByText('Bạn là người đề xuất; một người duyệt khác sẽ xác nhận.').waitFor();
      expect(await page.getByRole('button', { name: 'Xác nhận chính sách' }).count()).toBe(0);
    },
    SLOW,
  );

  it(
    'the approver reads what follows and confirms on a telephone; the published months keep their version',
    async () => {
      const phone = await visit(screens, 'duyet', { viewport: PHONE, colorScheme: 'dark' });
      const { page } = phone;
      await phone.go('/settings/policies');
      await page.getByText('Ý kiến của UBND tỉnh').waitFor();
      await expectSound(page);
      await page.getByRole('button', { name: 'Xác nhận chính sách' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Kết quả đã công bố giữ nguyên; muốn xét lại phải mở lại tháng.').waitFor();
      await dialog.getByRole('button', { name: 'Xác nhận chính sách' }).click();
      await page.getByText('bản 2', { exact: true }).waitFor();
      const versions = page.getByRole('row');
      expect((await versions.nth(1).innerText()).replace(/\s+/g, ' ')).toMatch(/^2 .*từ 5 tháng .* –$/);
      expect((await versions.nth(2).innerText()).replace(/\s+/g, ' ')).toMatch(
        /^1 .*T1, T2, T3, T4, T5, T6, T7, T8, T9$/,
      );
      await expectSound(page);
      expect(phone.complaints).toEqual([]);
      await phone.leave();
    },
    SLOW,
  );

  it(
    'a day off moves the due days while it is typed, and is kept with the document it follows',
    async () => {
      const { page, go } = staff;
      await go('/settings/calendar');
      const row = page.getByRole('row').filter({ hasText: '31/10/2024' });
      expect(await row.innerText()).not.toContain('đang là');
      await page.getByText('Chưa đổi ngày nào.').waitFor();
      await page.getByRole('button', { name: 'Thêm ngày' }).click();
      await page.getByText('Còn dòng thiếu ngày hoặc tên.').waitFor();
      await page.getByLabel('Ngày', { exact: true }).last().fill('2024-11-05');
      await page.getByLabel('Tên', { exact: true }).last().fill('Nghỉ theo thông báo');
      await row.getByText('đang là 07/11/2024').waitFor();
      await page.getByText('T3 05/11').waitFor();
      await expectSound(page);
      const save = page.getByRole('button', { name: 'Ghi lịch năm' });
      expect(await save.getAttribute('aria-disabled')).toBe('true');
      await page.getByText('Ghi văn bản làm căn cứ.').waitFor();
      await page.getByLabel('Theo văn bản nào (bắt buộc)').fill('Thông báo 123/TB');
      await save.click();
      await page.getByText('đã nhập theo thông báo').waitFor();
      expect((await row.innerText()).replace(/\s+/g, ' ')).toBe('T10 31/10/2024 08/11/2024 11/11/2024');
      await expectSound(page);
    },
    SLOW,
  );

  it(
    'a token is shown once, opens what it was given for and nothing else, and ends when it is revoked',
    async () => {
      const { page, go } = staff;
      await go('/tokens');
      const make = page.getByRole('button', { name: 'Tạo mã mới' });
      expect(await make.getAttribute('aria-disabled')).toBe('true');
      await page.getByLabel('Dùng cho').fill('đồng bộ kế toán');
      await expectSound(page);
      await make.click();
      const field = page.getByLabel('Mã mới, chỉ hiện lần này').locator('input');
      const token = await field.inputValue();
      const asks = async (path: string, method = 'GET'): Promise<number> => {
        const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
        const body = method === 'GET' ? {} : { body: '{}' };
        return (await fetch(`${screens.product.address}/api/v1${path}`, { method, headers, ...body })).status;
      };
      expect(await asks('/units')).toBe(200);
      expect(await asks('/disbursements', 'POST')).toBe(403);
      await expectSound(page);
      await page.getByRole('button', { name: 'Tôi đã chép mã' }).click();
      await field.waitFor({ state: 'detached' });
      expect(await page.content()).not.toContain(token);
      await page.getByRole('button', { name: 'Thu hồi' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click();
      await page.getByText('Đã thu hồi').waitFor();
      expect(await asks('/units')).toBe(401);
      // The browser notes the day before the team's first, which was refused.
      expect(staff.complaints.filter((each) => !/status of 409/.test(each))).toEqual([]);
    },
    SLOW,
  );

  it(
    'in dark and on a telephone',
    async () => {
      const phone = await visit(screens, 'chuyenvien', { viewport: PHONE, colorScheme: 'dark' });
      for (const path of ['/settings/teams', '/settings/calendar', '/tokens']) {
        await phone.go(path);
        await expectSound(phone.page);
      }
      expect(phone.complaints).toEqual([]);
      await phone.leave();
    },
    SLOW,
  );
});
