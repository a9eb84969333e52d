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

/** The demonstration: MH-02 of 15/12/2023 leaves 30,3 tỷ with the reserve, MH-04/QĐ-TTg 4,0 with nobody. September is closed. */
describe('decisions and plan history, in a real browser on the real program', () => {
  let screens: Screens;
  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());
  const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ');

  it.each([
    ['light', LAPTOP],
    ['dark', PHONE],
  ] as const)(
    'every screen is accessible and without a complaint of the browser: %s, %o',
    async (colorScheme, viewport) => {
      const { page, go, complaints, leave } = await visit(screens, 'chuyenvien', { colorScheme, viewport });
      for (const path of ['/decisions', '/decisions/2', '/decisions/new?details=2', '/projects/MH-10']) {
        await go(path);
        expect({ path, problems: await accessibilityProblems(page) }).toEqual({ path, problems: [] });
      }
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it('the year shows both bases, what is not yet assigned with its age and deadline, and what exceeds the medium term', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/decisions');
    const text = plain(await page.locator('main').innerText());
    for (const words of [
      '3.949,3',
      '3.621,2',
      '104,2',
      '30,3',
      '2 khoản quá hạn',
      'chưa giao cho đơn vị nào',
      'đến muộn',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/MH-02\/QĐ-UBND[\s\S]*30\.300,0\s+297\s+quá hạn\s+14\/03\/2024/);
    expect(text).toMatch(/Dự án minh hoạ số 10\s+NSĐP cân đối\s+147\.000,0\s+7\.638,0/);
    expect(await page.getByRole('button', { name: 'Ghi quyết định' }).count()).toBe(0);
    await leave();
  });

  it('from a line of a unit to the project: its plan decision by decision, with a running total', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/units/180?lines=true');
    await page.getByRole('link', { name: 'Dự án minh hoạ số 11' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Dự án minh hoạ số 11' }).waitFor();
    await page.getByText('MH-11/QĐ-UBND').waitFor();
    await page.getByRole('button', { name: 'KH tỉnh giao' }).click();
    const rows = await page.getByRole('table').first().locator('tbody tr').allInnerTexts();
    expect(rows.map((row) => plain(row).split(/\s+/).at(-1))).toEqual(['10.828,0', '22.369,0', '30.369,0']);
    await leave();
  });

  it(
    'staff detail a decision: the late day is offered, the sum checked while typing, too much refused, then booked',
    async () => {
      const { page, go, leave } = await visit(screens, 'chuyenvien');
      await go('/decisions/2');
      await page.getByRole('button', { name: 'Giao chi tiết phần còn lại' }).click();
      await page.getByLabel('Số quyết định').fill('MH-99/QĐ-UBND');
      await page.getByLabel('Ngày quyết định').fill('2024-09-20');
      await page.getByRole('button', { name: 'Dùng ngày 01/10/2024' }).click();
      const second = page.getByRole('group', { name: 'Dòng 2' });
      await second.getByLabel('Đơn vị').selectOption('180');
      await second.getByLabel('Dự án').selectOption('MH-11');
      await second.getByLabel('Nguồn vốn').selectOption('NSDP-DAT');
      await second.getByLabel('Triệu đồng').fill('20.000');
      const check = page.getByRole('region', { name: 'Kiểm tra tổng' });
      await check.getByText('chưa giao chi tiết').filter({ visible: true }).waitFor();
      const first = page.getByRole('group', { name: 'Dòng 1' });
      await first.getByLabel('Triệu đồng').fill('-40.000');
      await second.getByLabel('Triệu đồng').fill('40.000');
      await check.getByText('khớp').filter({ visible: true }).waitFor();
      await page.getByRole('button', { name: 'Ghi quyết định, 2 dòng' }).click();
      // 40.000 triệu are 9.700 more than the reserve has.
      await page.getByText(/thiếu 9\.700\.000\.000 đồng/).waitFor();
      await first.getByLabel('Triệu đồng').fill('-30.300');
      await second.getByLabel('Triệu đồng').fill('30.300');
      await page.getByRole('button', { name: 'Ghi quyết định, 2 dòng' }).click();
      await page.getByText('Đã ghi quyết định MH-99/QĐ-UBND.').waitFor();
      await page.getByRole('button', { name: 'Xem quyết định' }).click();
      await page.getByText('có hiệu lực từ 01/10/2024').waitFor();
      await go('/decisions');
      const text = plain(await page.locator('main').innerText());
      expect(text).toMatch(/Chưa giao chi tiết, KH tỉnh giao\s+0,0/);
      await leave();
    },
    SLOW,
  );

  it(
    'the medium-term plan is typed by source: that annual plans exceed it is said while typing and after, and a raise ends it',
    async () => {
      const { page, go, leave } = await visit(screens, 'chuyenvien');
      await go('/projects/MH-10');
      const card = page.getByRole('region', { name: 'Kế hoạch trung hạn 2021-2025' });
      await card.getByText(/vượt kế hoạch trung hạn 7\.638,0 triệu đồng/).waitFor();
      await page.getByRole('button', { name: 'Sửa trung hạn' }).click();
      const balance = page.getByRole('group', { name: 'Trung hạn, NSĐP cân đối' });
      const amount = balance.getByLabel('Trung hạn, triệu đồng');
      expect(await amount.inputValue()).toBe('147.000');
      // 84.000 before the books and 70.638 of 2024 are 154.638.
      await amount.fill('150.000');
      await page.getByText(/vượt kế hoạch trung hạn 4\.638,0 triệu đồng/).waitFor();
      await amount.fill('một trăm');
      await page.getByText(/số tiền là triệu đồng, không âm/).waitFor();
      await amount.fill('154.638');
      expect(await page.getByText(/vượt kế hoạch trung hạn/).count()).toBe(0);
      await page.getByRole('button', { name: 'Thêm nguồn' }).click();
      const added = page.getByRole('group', { name: 'Trung hạn, nguồn thêm 2' });
      await added.getByLabel('Nguồn', { exact: true }).selectOption('NSDP-DAT');
      await page
        .getByRole('group', { name: 'Trung hạn, NSĐP tiền sử dụng đất' })
        .getByLabel('Trung hạn, triệu')
        .fill('5,5');
      await page.getByLabel('Số quyết định').fill('MH-12/NQ-HĐND');
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Ghi kế hoạch trung hạn' }).click();
      await card.getByText('theo MH-12/NQ-HĐND').first().waitFor();
      expect(plain(await card.innerText())).toMatch(/NSĐP tiền sử dụng đất[\s\S]*5,5/);
      await go('/decisions');
      const exceeding = page.getByRole('region', { name: 'Vượt kế hoạch trung hạn' });
      await exceeding.getByText('Dự án minh hoạ số 30').waitFor();
      expect(await exceeding.getByText('Dự án minh hoạ số 10').count()).toBe(0);
      await leave();
    },
    SLOW,
  );

  it('staff mend who a project is; what is typed wrong is said before it is sent', async () => {
    const { page, go, leave } = await visit(screens, 'chuyenvien');
    await go('/projects/MH-11');
    await page.getByRole('button', { name: 'Sửa thông tin' }).click();
    await page.getByLabel('Mã số dự án quốc gia').fill('123');
    await page.getByText(/mã quốc gia đủ 7 chữ số/).waitFor();
    await page.getByLabel('Mã số dự án quốc gia').fill('9000011');
    await page.getByRole('button', { name: 'Ghi thay đổi' }).click();
    await page.getByText('9000011').waitFor();
    await leave();
  });
});
