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

describe('the screens, in a real browser on the real program', () => {
  let screens: Screens;

  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    it.each([
      ['laptop', LAPTOP],
      ['phone', PHONE],
    ] as const)(
      'every screen of a leader on a %s is accessible, marked as illustrative and without a complaint of the browser',
      async (_name, viewport) => {
        const leader = await visit(screens, 'lanhdao', { colorScheme, viewport });
        for (const path of [
          '/months/2024-09',
          '/months/2024-09?how=true&unit=180',
          '/months/2024-10',
          '/closing/2024-09',
          '/closing/2024-10',
          '/units',
          '/units/181',
          '/key-projects',
          '/notices',
        ]) {
          await leader.go(path);
          expect({ path, problems: await accessibilityProblems(leader.page) }).toEqual({ path, problems: [] });
          expect(await leader.page.getByText('Số liệu minh hoạ').first().isVisible()).toBe(true);
        }
        // A month without a result answers 404 to the screen, which says so in words.
        expect(leader.complaints.filter((text) => !/status of 404/.test(text))).toEqual([]);
        await leader.leave();
      },
      SLOW,
    );

    it('signing in is accessible', async () => {
      const nobody = await visit(screens, undefined, { colorScheme });
      await nobody.page.getByRole('button', { name: 'Đăng nhập' }).waitFor();
      expect(await accessibilityProblems(nobody.page)).toEqual([]);
      await nobody.leave();
    });
  });

  it('a wrong password gets one clear sentence, and the name typed stays', async () => {
    const { page, leave } = await visit(screens, undefined);
    await page.getByLabel('Tên đăng nhập').fill('lanhdao');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('sai mật khẩu');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await page.getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor();
    expect(await page.getByLabel('Tên đăng nhập').inputValue()).toBe('lanhdao');
    await leave();
  });

  it('the month: averages on both bases and without the largest project, eight flagged, gap order, streak, change', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/months/2024-09');
    const text = (await page.locator('main').innerText()).replace(/[\u202f\u00a0]/g, ' ');
    for (const words of ['48,1 %', '52,0 %', '44,7 %', '+6,8 điểm so với T8', '13', '224,1 tỷ đồng', '8 đơn vị'])
      expect(text).toContain(words);
    const flagged = page.getByRole('row').filter({ hasText: 'Sở GTVT' }).first();
    expect(await flagged.innerText()).toMatch(/40,1[\s\S]*9[\s\S]*73,1/);
    const names = await page.getByRole('rowheader').allInnerTexts();
    const position = (name: string): number => names.findIndex((found) => found.includes(name));
    expect(position('Sở GTVT')).toBeLessThan(position('Sở NN&PTNT'));
    expect(position('Sở Công Thương')).toBeLessThan(position('Công an tỉnh'));
    expect(text).toMatch(/Tràng Định[\s\S]*mới vào/);
    expect(text).toMatch(/Sở Xây dựng[\s\S]*ra khỏi danh sách/);
    await leave();
  });

  it('three clicks from the province to the entry: unit in the table, how it was computed, its entries', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/months/2024-09');
    await page.getByRole('table').getByText('Tràng Định').first().click();
    const panel = page.getByRole('complementary').filter({ hasText: 'Cách tính' });
    await panel.getByText('2.951.974.052').waitFor();
    const words = (await panel.innerText()).replace(/[\u202f\u00a0]/g, ' ');
    for (const figure of ['1.884.080.040.000', '3.919.000.000.000', '48,0755 %', '45,1600 %', '2.951.974.052 đồng'])
      expect(words).toContain(figure);
    await panel.getByRole('link', { name: /Giải ngân:/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Huyện Tràng Định' }).waitFor();
    await page

      .getByText(/KB-\d{4}-\d{3}/)
      .filter({ visible: true })
      .first()
      .waitFor();
    await leave();
  });

  it('the month prints on one A4 page for the meeting', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/months/2024-09');
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    await leave();
  });

  it('key projects: 33 declared beside 6 named, the unnamed as what they are', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/key-projects');
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/6\s*\/ 33 dự án/);
    expect(text).toContain('21 dự án chuyển tiếp, số 07 đến 27');
    expect(text).toContain('Báo cáo 10/2024 ghi 33 dự án');
    await leave();
  });

  it('a team acknowledges its notice on a phone', async () => {
    const { page, go, leave } = await visit(screens, 'doan1', { viewport: PHONE });
    await go('/notices');
    await page
      .getByRole('link', { name: /Tháng 9\/2024/ })
      .first()
      .click();
    await page.getByLabel(/Ghi chú/).fill('Kiểm tra ngày 15/10');
    await page.getByRole('button', { name: 'Xác nhận đã nhận' }).click();
    await page.getByText('Kiểm tra ngày 15/10').first().waitFor();
    await page
      .getByText(/đã xác nhận/)
      .filter({ visible: true })
      .first()
      .waitFor();
    await leave();
  });

  it('a reporter sees the own unit and nothing of another', async () => {
    const { page, go, leave } = await visit(screens, 'binhgia');
    await page.getByRole('heading', { level: 1, name: 'Huyện Bình Gia' }).waitFor();
    await go('/units/178');
    await page.getByText('Không có đơn vị mã 178.').waitFor();
    await leave();
  });

  it('Vietnamese and English, remembered', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await page
      .getByRole('button', { name: /EN|English/ })
      .first()
      .click();
    await page.getByText('Illustrative data').first().waitFor();
    await go('/months/2024-09');
    await page.getByText('Illustrative data').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await leave();
  });

  it('by keyboard: the skip link comes first, "/" reaches the search, Escape closes the panel', async () => {
    const { page, go, leave } = await visit(screens, 'lanhdao');
    await go('/months/2024-09');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toBe('#content');
    await page.keyboard.press('/');
    await page.keyboard.type('trang dinh');
    await page.getByRole('option', { name: /Huyện Tràng Định/ }).waitFor();
    await page.keyboard.press('Escape');
    await leave();
  });

  it(
    'October: closed by one approver in the browser, evaluated by the job, released by another',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      await staff.go('/months/2024-10');
      const moved = await staff.page.evaluate<number>(
        `fetch('/api/v1/sessions/current').then((answer) => answer.json()).then(({ csrfToken }) =>
           fetch('/api/v1/business-day', { method: 'POST', body: JSON.stringify({ date: '2024-11-07' }),
             headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken } })).then(({ status }) => status)`,
      );
      expect(moved).toBe(200);
      await staff.leave();

      const first = await visit(screens, 'duyet');
      await first.go('/months/2024-10');
      await first.page.getByRole('link', { name: 'Phiếu đóng tháng 10' }).click();
      // The Treasury speaks for 15 units, nobody else reported: the close waits for a decision on each, one note may serve for all.
      await first.page.getByLabel(/Ghi chú chung cho 11 việc/).fill('Đã đôn đốc, đóng theo số trong sổ');
      await first.page.getByRole('button', { name: 'Quyết định 11 việc' }).click();
      const estimates = first.page.getByLabel(/Ghi chú chung/);
      if ((await estimates.count()) > 0) {
        await estimates.fill('Số ước, chưa có thực chi');
        await first.page.getByRole('button', { name: /Quyết định \d+ việc/ }).click();
      }
      await first.page.getByRole('button', { name: 'Đóng khi chưa ký' }).click();
      await first.page.getByLabel('Ghi chú cho Đối chiếu Kho bạc').fill('Kho bạc mới có số đến 7/10');
      await first.page.getByRole('button', { name: 'Duyệt và đóng tháng 10' }).click();
      await first.page.getByRole('dialog').getByText('Sổ tháng 10 khoá').waitFor();
      await first.page
        .getByRole('dialog')
        .getByRole('button', { name: /Đóng tháng 10/ })
        .click();
      // Of 26 units the Treasury's statement names 15, nobody reported: 11 are missing, and silence clears nothing.
      await first.page.getByText(/Đã đóng 07\/11\/2024/).waitFor();
      await first.go('/months/2024-10');
      await first.page.getByText('11 đơn vị').filter({ visible: true }).first().waitFor();
      await first.leave();

      const second = await visit(screens, 'phathanh');
      await second.go('/months/2024-10');
      await second.page.getByRole('button', { name: /Phát hành/ }).click();
      await second.page
        .getByRole('dialog')
        .getByRole('button', { name: /Phát hành/ })
        .click();
      await second.page
        .getByText(/đã phát hành/i)
        .first()
        .waitFor();
      await second.leave();
    },
    SLOW,
  );

  describe('the content security policy', () => {
    it('lets the page of the HTTP interface run', async () => {
      const nobody = await visit(screens, undefined);
      await nobody.go('/api/docs');
      await nobody.page.getByRole('heading', { name: /Theo dõi giải ngân/ }).waitFor();
      await nobody.page.locator('[id^="operations-access-"]').first().waitFor();
      expect(nobody.complaints).toEqual([]);
      await nobody.leave();
    });

    it('stops a script and a style that somebody smuggled into a page, and this suite hears of it', async () => {
      const leader = await visit(screens, 'lanhdao');
      const ran = await leader.page.evaluate(`
        const script = document.createElement('script');
        script.textContent = 'window.smuggled = true';
        const style = document.createElement('style');
        style.textContent = 'body { display: none }';
        document.head.append(script, style);
        [String(window.smuggled), getComputedStyle(document.body).display]`);
      expect(ran).toEqual(['undefined', 'block']);
      await expect(leader.leave()).rejects.toThrow(
        /style-src-elem inline[\s\S]*script-src-elem inline|script-src-elem inline[\s\S]*style-src-elem inline/,
      );
    });
  });
});
