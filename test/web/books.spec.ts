import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { disbursementCsv } from '../harness/imports.js';
import { openScreens, OPENING_LIMIT_MS, type Screens, visit, type Visitor } from '../harness/screens.js';

const SLOW = 180_000;
const UNIT = 'Lộc Bình';

/**
 * October of the demonstration, as the department lives it. Lộc Bình (188) is below the average for the third month
 * and 5.241.923.966 đồng short. Of its project MH-47 a file brings 1 tỷ, which leaves 4,2 tỷ; it was 6 tỷ, and the 5
 * that are missing take it off the list.
 */
describe('a month from the file to the corrected list, in a real browser', () => {
  let screens: Screens;
  let staff: Visitor;
  let approver: Visitor;

  beforeAll(async () => {
    screens = await openScreens();
    staff = await visit(screens, 'chuyenvien');
    approver = await visit(screens, 'duyet');
    // The demonstration's working day, which stands on 7 October: the month is over.
    await staff.page.evaluate(
      `fetch('/api/v1/sessions/current').then((answer) => answer.json()).then(({ csrfToken }) =>
         fetch('/api/v1/business-day', { method: 'POST', body: JSON.stringify({ date: '2024-11-07' }),
           headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken } }))`,
    );
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  const textOf = async (place: Locator): Promise<string> => (await place.innerText()).replace(/\s+/g, ' ');
  /** Beside the closing sheet: what is missing is decided, then the month is closed. */
  const close = async (decisions: () => Promise<void>): Promise<void> => {
    const { page, go } = approver;
    await go('/closing/2024-10');
    await decisions();
    await page.getByRole('button', { name: 'Đóng khi chưa ký' }).click();
    await page.getByLabel('Ghi chú cho Đối chiếu Kho bạc').fill('Kho bạc mới có số đến 7/10');
    await page.getByRole('button', { name: 'Duyệt và đóng tháng 10' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Đóng tháng 10' }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const acceptMissing = async (): Promise<void> => {
    await approver.page.getByLabel(/Ghi chú chung cho 11 việc/).fill('Đã đôn đốc, đóng theo số trong sổ');
    await approver.page.getByRole('button', { name: 'Quyết định 11 việc' }).click();
  };

  it(
    'a file is sent, its difference read and committed',
    async () => {
      const { page, go } = staff;
      await go('/imports?kind=disbursements');
      await page.locator('input[type=file]').setInputFiles({
        name: 'Lộc Bình tháng 10.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(disbursementCsv(['2024,10,188,MH-47,NSDP-CD,payment,0,actual,1000000000'])),
      });
      await page.getByLabel('số của tháng').check();
      await page.getByRole('button', { name: 'Gửi Lộc Bình tháng 10.csv' }).click();
      const row = page.getByRole('row').filter({ hasText: 'MH-47' });
      expect(await textOf(row)).toContain('MH-47 Dự án minh hoạ số 47 188, Huyện Lộc Bình');
      expect(await textOf(row)).toContain('1.000.000.000');
      const understood = page.getByLabel('Cách hiểu tệp ở trên là đúng');
      if ((await understood.count()) > 0) await understood.check();
      await page.getByRole('button', { name: 'Ghi 1 thay đổi' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ghi 1 thay đổi' }).click();
      await page.getByText('Đã ghi 1 thay đổi vào sổ').waitFor();
    },
    SLOW,
  );

  it(
    'the month is closed: Lộc Bình comes on the list, 4,2 tỷ short',
    async () => {
      await close(async () => {
        expect(await textOf(approver.page.locator('main'))).toMatch(/Vào danh sách · 3 .*Lộc Bình/);
        await acceptMissing();
      });
      await approver.page.getByText(/Đã đóng 07\/11\/2024/).waitFor();
    },
    SLOW,
  );

  it(
    'staff ask to reopen it with a reason, and another person does',
    async () => {
      await staff.go('/closing/2024-10');
      await staff.page.getByLabel('Lý do mở lại').fill('Tệp của Lộc Bình thiếu 5 tỷ đồng của dự án số 47');
      await staff.page.getByRole('button', { name: 'Xin mở lại tháng 10' }).click();
      await staff.page.getByText('Chờ người duyệt khác người xin.').waitFor();
      const { page, go } = approver;
      await go('/closing/2024-10');
      await page.getByText('Tệp của Lộc Bình thiếu 5 tỷ đồng của dự án số 47').first().waitFor();
      await page.getByRole('button', { name: 'Mở lại tháng 10', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Mở lại tháng 10', exact: true }).click();
      await page.getByText('đang mở lại').first().waitFor();
    },
    SLOW,
  );

  it(
    'the right figure is typed over the wrong one in the grid, with its reason: a correction of 5 tỷ is booked',
    async () => {
      const { page, go } = staff;
      await go('/grid?unit=188&planYear=2024');
      // The sum of the project above it is read only.
      const typed = page.locator('[role=gridcell]:not([aria-readonly=true])');
      await typed.filter({ hasText: /^1\.000,0/ }).click();
      await page.keyboard.type('6.000');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Ghi lý do' }).click();
      await page.getByLabel('Lý do').fill('Tệp ghi thiếu phiếu thanh toán ngày 30/10');
      await page.getByRole('button', { name: 'Ghi với lý do này' }).click();
      await typed
        .filter({ hasText: /^6\.000,0/ })
        .getByText('đã lưu')
        .waitFor();
      await go('/units/188?month=2024-10');
      const entries = page.locator('#entries');
      await entries.getByText('5.000,0').first().waitFor();
      expect(await textOf(entries)).toMatch(/Tệp ghi thiếu phiếu thanh toán ngày 30\/10/);
    },
    SLOW,
  );

  it(
    'it is closed again, and the sheet sets the two lists beside each other: Lộc Bình is off',
    async () => {
      await close(async () => {
        expect(await textOf(approver.page.locator('main'))).not.toMatch(
          /Vào danh sách · .*Lộc Bình.* Ra khỏi danh sách/,
        );
        await acceptMissing();
      });
      const { page } = approver;
      await page.getByRole('heading', { name: 'Danh sách bản 1 và bản 2' }).waitFor();
      const row = page.getByRole('row').filter({ hasText: UNIT });
      await row.waitFor();
      expect(await textOf(row)).toMatch(/Lộc Bình ra .*3 .*0 4,2 .*0,0/);
      expect([staff.complaints, approver.complaints]).toEqual([[], []]);
    },
    SLOW,
  );
});
