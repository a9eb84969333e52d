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

/** The demonstration leaves advances on 73 projects and sources; four entries of September needed a reason. */
describe('advances and entries that needed a reason, in a real browser on the real program', () => {
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
    'both lists, and both empty, are accessible and as wide as the page: %s, %o',
    async (colorScheme, viewport) => {
      const { page, go, complaints, leave } = await visit(screens, 'chuyenvien', { colorScheme, viewport });
      for (const path of [
        '/advances',
        '/advances?unit=DU-PHONG',
        '/entry-warnings?month=2024-09',
        '/entry-warnings?month=2024-13',
      ]) {
        await go(path);
        const isWide = await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth');
        expect({ path, isWide, problems: await accessibilityProblems(page) }).toEqual({
          path,
          isWide: false,
          problems: [],
        });
      }
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it('advances: from the books menu, page by page to the last, then of one unit alone', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/months/2024-09');
    await page.getByRole('button', { name: 'Sổ sách' }).click();
    await page.getByRole('menuitem', { name: 'Tạm ứng chưa thu hồi' }).click();
    await page.getByText('50 trong 73 khoản').waitFor();
    await page.getByRole('button', { name: 'Xem thêm (50/73)' }).click();
    await page.getByText('73 trong 73 khoản').waitFor();
    const rows = (await page.locator('tbody tr').allInnerTexts()).map(plain);
    expect(new Set(rows).size).toBe(73);
    // 520,9 advanced and nothing recovered; what is left is the difference of the two in every row.
    expect(rows.find((row) => row.includes('MH-11'))).toMatch(
      /Huyện Tràng Định\s+NSĐP cân đối\s+tháng 5\/2024\s+520,9\s+0,0\s+520,9/,
    );
    await page.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Huyện Bình Gia' });
    await page.waitForURL(/unit=181/);
    await page.getByText(/trong \d+ khoản/).waitFor();
    const own = await page.locator('tbody tr').allInnerTexts();
    expect(own.length).toBeGreaterThan(0);
    expect(own.every((row) => row.includes('Huyện Bình Gia'))).toBe(true);
    await leave();
  });

  it('warnings: which figure set it off, the reason, who gave it; by month, unit and kind', async () => {
    const { page, go, leave } = await visit(screens, 'chuyenvien');
    await go('/entry-warnings');
    await page.getByRole('heading', { level: 1, name: /tháng 10\/2024/ }).waitFor();
    await page.getByLabel('Tháng', { exact: true }).selectOption('9');
    await page.getByText('4 trong 4 cảnh báo').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Dự án minh hoạ số 61' });
    expect(plain(await row.innerText())).toMatch(
      /628,8[\s\S]*gấp hơn ba lần thường lệ[\s\S]*trong tháng 628,8, thường lệ 108,6[\s\S]*Nghiệm thu nhiều hạng mục[\s\S]*chuyenvien/,
    );
    await page.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Huyện Cao Lộc' });
    await page.getByText('1 trong 1 cảnh báo').waitFor();
    await page.getByLabel('Loại', { exact: true }).selectOption('over-plan');
    await page.getByText('Không có cảnh báo nào khớp. Chọn đơn vị hoặc loại khác.').waitFor();
    await leave();
  });

  it('a reporter of one unit sees its own rows and chooses no unit', async () => {
    const { page, go, leave } = await visit(screens, 'binhgia');
    await go('/advances');
    const rows = await page.locator('tbody tr').allInnerTexts();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.includes('Huyện Bình Gia'))).toBe(true);
    expect(await page.getByLabel('Đơn vị', { exact: true }).count()).toBe(0);
    await leave();
  });
});
