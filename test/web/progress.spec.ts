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

describe('progress of key projects, in a real browser on the real program', () => {
  let screens: Screens;

  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  const plain = (text: string): string => text.replace(/[\u202f\u00a0]/g, ' ');

  it('the list says who is behind and why; 28 have no figures and say so', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/key-projects');
    const rows = (await page.getByRole('row').allInnerTexts()).map(plain);
    const row = (name: string): string => rows.find((text) => text.includes(name)) ?? '';
    expect(row('Quốc lộ 4B')).toMatch(/37,2[\s\S]*−10,8 điểm[\s\S]*chậm: dưới bình quân/);
    expect(row('Đồng Đăng')).toMatch(/84,7[\s\S]*−330,0 tỷ[\s\S]*chậm: dưới KH nhà đầu tư/);
    expect(row('Đình Lập')).toMatch(/108,3[\s\S]*\+2,0 tỷ[\s\S]*kịp/);
    expect(row('Hòa Sơn 1')).toContain('chưa có số liệu');
    // Both bases, each named; the chip stands with the one that judges.
    expect(rows[0]).toMatch(/KH tỉnh giao, %\s+dùng để xét\s+KH Thủ tướng giao, %\s/);
    expect(row('Lý Thái Tổ')).toMatch(/60,7\s+76,5/);
    expect(await page.getByText('Ghi tiến độ').count()).toBe(0);
    await leave();
  });

  // The demonstration gives its projects on both bases: here the server's own answer is made to lack one.
  it.each(['pm', 'province'] as const)(
    'without a plan on the basis %s the list says so, never 0 % or ∞',
    async (basis) => {
      const { page, go, leave } = await visit(screens, 'lanhdao');
      await page.route('**/api/v1/key-projects?*', async (route) => {
        const response = await route.fetch();
        const list = (await response.json()) as {
          items: {
            name: string;
            bases: { basis: string; isAssigned: boolean; planDong: number; rate: object | null }[];
          }[];
        };
        for (const { bases } of list.items.filter(({ name }) => name.includes('Lý Thái Tổ')))
          for (const each of bases.filter((one) => one.basis === basis))
            Object.assign(each, { isAssigned: false, planDong: 0, rate: null });
        await route.fulfill({ response, json: list });
      });
      await go('/key-projects');
      const cells = page.getByRole('row').filter({ hasText: 'Lý Thái Tổ' }).getByRole('cell');
      const rates = (await cells.allInnerTexts()).map(plain).slice(-3, -1);
      expect(rates).toEqual(basis === 'pm' ? ['60,7', 'không giao ở cấp này'] : ['không giao ở cấp này', '76,5']);
      expect(await accessibilityProblems(page)).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it('staff read a project beside the list and enter the open month; a wrong field stays as typed', async () => {
    const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
    await go('/key-projects');
    await page.getByRole('link', { name: /Đồng Đăng/ }).click();
    const panel = page.getByRole('complementary', { name: /Đồng Đăng/ });
    const words = plain(await panel.innerText());
    for (const said of ['1.820,0 tỷ', '2.150,0 tỷ', 'Còn thiếu 330,0 tỷ đồng', '15,9 %', 'Đã làm', 'Việc tiếp theo'])
      expect(words).toContain(said);
    await panel.getByRole('button', { name: 'Ghi tiến độ tháng 10 năm 2024' }).click();
    await panel.getByLabel('Đã thực hiện từ đầu năm, triệu đồng').fill('2.010.000,5');
    await panel.getByLabel('Tiến độ thực tế, %').fill('một nửa');
    await panel.getByRole('button', { name: 'Ghi tháng 10' }).click();
    await panel.getByText('Viết từ 0 đến 100').waitFor();
    expect(await panel.getByLabel('Tiến độ thực tế, %').inputValue()).toBe('một nửa');
    await panel.getByLabel('Tiến độ thực tế, %').fill('17,25');
    await panel.getByLabel('Đã làm').fill('Xong nền đoạn 2');
    await panel.getByRole('button', { name: 'Ghi tháng 10' }).click();
    await panel.getByText('Đã ghi tiến độ tháng 10 năm 2024.').waitFor();
    // What stands is what the next reader begins from.
    await go('/key-projects?project=3');
    await page.getByRole('button', { name: /Ghi tiến độ/ }).click();
    expect(await page.getByLabel('Đã thực hiện từ đầu năm, triệu đồng').inputValue()).toBe('2.010.000,5');
    expect(await page.getByLabel('Tiến độ thực tế, %').inputValue()).toBe('17,25');
    await page.keyboard.press('Escape');
    await page.getByRole('complementary', { name: /Đồng Đăng/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: /Đồng Đăng/ }).evaluate((link) => link.matches(':focus'))).toBe(true);
    expect(complaints).toEqual([]);
    await leave();
  });

  it.each([
    ['laptop, light', LAPTOP, 'light'],
    ['phone, dark', PHONE, 'dark'],
  ] as const)(
    'the panel and its form are accessible on a %s',
    async (_, viewport, colorScheme) => {
      const { page, go, leave } = await visit(screens, 'chuyenvien', { viewport, colorScheme });
      await go('/key-projects?project=4');
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('button', { name: /Ghi tiến độ/ }).click();
      await page.getByLabel('Đã làm').waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(await page.getByText('Số liệu minh hoạ').first().isVisible()).toBe(true);
      await leave();
    },
    SLOW,
  );
});
