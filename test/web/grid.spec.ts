import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { measurePaste } from '../harness/measure-paste.mjs';
import {
  accessibilityProblems,
  LAPTOP,
  openScreens,
  OPENING_LIMIT_MS,
  PHONE,
  type Screens,
  visit,
  type Visitor,
} from '../harness/screens.js';

const SLOW = 180_000;
const MILLION = 1_000_000;

interface Row {
  projectCode: string;
  sourceCode: string;
  carriedOver: boolean;
  cells: { month: number; actualDong: number | null; comments: number }[];
}

/** Bình Gia (unit 181) of the demonstration: months 1-9 closed, October open and empty. Rows of the year alone. */
describe('the month grid, in a real browser on the real program', () => {
  let screens: Screens;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    screens = await openScreens();
    visitor = await visit(screens, 'binhgia');
    page = visitor.page;
    await visitor.go('/grid');
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  const grid = (): Locator => page.getByRole('grid');
  const active = async (): Promise<string> =>
    (
      await page.evaluate<string>(
        `document.getElementById(document.querySelector('[role=grid]').getAttribute('aria-activedescendant'))?.innerText ?? ''`,
      )
    ).replace(/\s+/g, ' ');
  /** The cell of October in the nth row that takes money. */
  const october = (n: number): Locator =>
    page
      .getByRole('row')
      .filter({ hasNotText: 'Dự án minh hoạ' })
      .filter({ hasNotText: /Cộng|nguồn vốn/ })
      .nth(n)
      .getByRole('gridcell')
      .nth(4);
  const ask = <T>(path: string, body?: unknown): Promise<T> =>
    page.evaluate<T>(
      `(async () => {
        const { csrfToken } = await (await fetch('/api/v1/sessions/current')).json();
        const body = ${JSON.stringify(body ?? null)};
        const answer = await fetch('/api/v1${path}', body === null ? {} : { method: 'POST', body: JSON.stringify(body),
          headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken } });
        return answer.json();
      })()`,
    );
  const booked = async (n: number): Promise<number | null> => {
    const { rows } = await ask<{ rows: Row[] }>('/grid?planYear=2024&unit=181');
    return rows[n]?.cells.find(({ month }) => month === 10)?.actualDong ?? null;
  };
  const untilBooked = async (n: number, amount: number | null): Promise<void> => {
    for (let look = 0; look < 50 && (await booked(n)) !== amount; look++) await page.waitForTimeout(100);
    expect(await booked(n)).toBe(amount);
  };
  const paste = (text: string): Promise<void> =>
    page.evaluate(
      `(() => { const data = new DataTransfer(); data.setData('text/plain', ${JSON.stringify(text)});
        document.querySelector('[role=grid]').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })); })()`,
    );

  it('typing replaces, Enter goes down past sums, and the entry is in the books; sums and rate move at once', async () => {
    const live = page.locator('[data-live=own]');
    const before = await live.innerText();
    await grid().focus();
    await page.keyboard.type('1.234,5');
    await page.keyboard.press('Enter');
    expect(await october(0).innerText()).toContain('1.234,5');
    expect(await page.getByRole('row').filter({ hasText: 'Cộng đơn vị' }).innerText()).toContain('1.234,5');
    expect(await live.innerText()).not.toBe(before);
    // Said by what assistive technology reads: waiting, saving, then saved.
    await october(0).getByText('đã lưu').waitFor();
    await untilBooked(0, 1234.5 * MILLION);
  });

  it('keys as in Excel: arrows, Tab, Home, End, Shift to select, F2 to mend, Escape to leave it', async () => {
    await october(0).click();
    await page.keyboard.press('F2');
    expect(await page.getByRole('textbox', { name: /triệu đồng/ }).inputValue()).toBe('1234,5');
    await page.keyboard.type('999');
    await page.keyboard.press('Escape');
    expect(await active()).toContain('1.234,5');
    await page.keyboard.press('Home');
    expect(await active()).toContain('NSĐP cân đối');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    expect(await active()).toContain('1.234,5');
    await page.keyboard.press('Shift+ArrowDown');
    expect(await page.locator('[role=gridcell][aria-selected=true]').count()).toBe(2);
    await page.keyboard.press('Tab');
    expect(await page.locator('[role=gridcell][aria-selected=true]').count()).toBe(1);
  });

  it('undo before the save leaves no trace; after it, it is a correction with its reason', async () => {
    await october(3).click();
    await page.keyboard.type('77');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+z');
    expect(await october(3).innerText()).toContain('–');
    await october(3).click();
    await page.keyboard.type('55');
    await page.keyboard.press('Enter');
    await untilBooked(3, 55 * MILLION);
    await grid().focus();
    await page.keyboard.press('Control+z');
    await untilBooked(3, 0);
    const { items } = await ask<{ items: { kind: string; amountDong: number; reason: string | null }[] }>(
      '/disbursements?planYear=2024&month=10&unit=181',
    );
    expect(items.slice(0, 2).map(({ kind, amountDong }) => [kind, amountDong])).toEqual([
      ['correction', -55 * MILLION],
      ['payment', 55 * MILLION],
    ]);
    expect(items[0]?.reason).toBe('Hoàn tác ô vừa nhập nhầm');
  });

  it('fill down takes the first figure to the rows below, sums left out', async () => {
    await october(4).click();
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await october(4).click();
    for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+d');
    await untilBooked(5, 12 * MILLION);
    await untilBooked(6, 12 * MILLION);
  });

  it('what falls waits for its reason, what is no figure stays as typed; both survive a reload', async () => {
    await october(0).click();
    await page.keyboard.type('1000');
    await page.keyboard.press('Enter');
    await page.getByText(/giảm từ 1\.234,5 xuống 1\.000,0 triệu đồng/).waitFor();
    await october(3).click();
    await page.keyboard.type('1.2,3,4');
    await page.keyboard.press('Enter');
    page.once('dialog', (dialog) => void dialog.accept());
    await page.waitForTimeout(300);
    await visitor.go('/grid');
    expect(await october(3).innerText()).toContain('1.2,3,4');
    expect(await october(3).getAttribute('aria-invalid')).toBe('true');
    await october(3).click();
    await page.keyboard.press('Delete');
    await october(0).click();
    await page.getByRole('button', { name: 'Ghi lý do' }).click();
    await page.getByLabel('Lý do').fill('Ghi nhầm số tháng 9');
    await page.getByRole('button', { name: 'Ghi với lý do này' }).click();
    await untilBooked(0, 1000 * MILLION);
    expect(await booked(3)).toBe(0);
  });

  it('a closed month takes nothing and says so', async () => {
    await october(0).click();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type('5');
    await page.getByText('Tháng 9 đã khoá, không nhập được.').first().waitFor();
    expect(await page.getByRole('textbox', { name: /triệu đồng/ }).count()).toBe(0);
  });

  it('a paste from Excel is compared first: unit found, kinds counted, one button that names its size', async () => {
    await october(0).click();
    await paste('1000\n250,5\n1.2O4,5\n0');
    const dialog = page.getByRole('dialog');
    await dialog.getByText('So sánh trước khi ghi: dán 4 dòng từ Excel').waitFor();
    const words = (await dialog.innerText()).replace(/\s+/g, ' ');
    for (const said of [
      'Chưa ghi gì vào sổ',
      'Mới 1',
      'Từ chối 1',
      'Giữ nguyên 2',
      'không phải số',
      '+250,5 triệu đồng',
    ])
      expect(words).toContain(said);
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Ghi 1 ô' }).click();
    await untilBooked(1, 250.5 * MILLION);
  });

  it('a paste with names finds its rows, in đồng, whatever their order', async () => {
    const { rows } = await ask<{ rows: Row[] }>('/grid?planYear=2024&unit=181');
    const own = rows.filter(({ carriedOver }) => !carriedOver);
    const [first, second] = [own[1] as Row, own[2] as Row];
    await october(0).click();
    await paste(
      [
        'Dự án\tNguồn\tTháng 10',
        `${second.projectCode}\t${second.sourceCode}\t321.000.000`,
        `${first.projectCode}\t${first.sourceCode}\t123.000.001`,
        'QL 4B nối QL 18\tNSTW\t2.000.000.000',
      ].join('\n'),
    );
    const dialog = page.getByRole('dialog');
    await dialog.getByText('không có dòng này trong sổ').waitFor();
    await dialog.getByRole('button', { name: 'Ghi 2 ô' }).click();
    await untilBooked(rows.indexOf(first), 123_000_001);
    await untilBooked(rows.indexOf(second), 321 * MILLION);
  });

  it('a cell that somebody else changed is a conflict with three values; either may be chosen', async () => {
    await visitor.go('/grid');
    const { rows } = await ask<{ rows: Row[] }>('/grid?planYear=2024&unit=181');
    const row = rows[0] as Row;
    const staff = await visit(screens, 'chuyenvien');
    await staff.page.evaluate(
      `fetch('/api/v1/sessions/current').then((a) => a.json()).then(({ csrfToken }) => fetch('/api/v1/grid/cells', {
        method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken },
        body: JSON.stringify({ planYear: 2024, cells: [{ unitCode: '181', projectCode: '${row.projectCode}',
          sourceCode: '${row.sourceCode}', month: 10, basis: 'actual', amountDong: 1500000000, expectedDong: 1000000000 }] }) }))`,
    );
    await staff.leave();
    await october(0).click();
    await page.keyboard.type('1600');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Ô này vừa đổi bởi người khác' }).waitFor();
    const said = (await page.locator('dl').filter({ hasText: 'Khi mở' }).innerText()).replace(/\s+/g, ' ');
    expect(said).toMatch(/Khi mở 1\.000,0 Chuyên viên.* 1\.500,0 Của bạn 1\.600,0/);
    await page.getByRole('button', { name: 'Ghi 1.600,0' }).click();
    await untilBooked(0, 1600 * MILLION);
  });

  it('without a connection what was typed stays here, and goes out when there is one again', async () => {
    await page.context().setOffline(true);
    await october(0).click();
    await page.keyboard.type('1700');
    await page.keyboard.press('Enter');
    await page.getByText('Mất kết nối: 1 ô còn ở máy này').waitFor();
    expect(await october(0).innerText()).toContain('chờ gửi');
    await page.context().setOffline(false);
    await untilBooked(0, 1700 * MILLION);
  });

  it('the panel shows values, author, document; a comment is kept and marks the cell', async () => {
    await october(0).click();
    const panel = page.getByRole('complementary', { name: 'Chi tiết ô' });
    await panel.getByText('Điều chỉnh').first().waitFor();
    await panel.getByLabel('Thêm ghi chú').fill('Chờ Kho bạc xác nhận 2 chứng từ.');
    await panel.getByRole('button', { name: 'Ghi chú' }).click();
    await panel.getByText('Chờ Kho bạc xác nhận 2 chứng từ.').first().waitFor();
    await october(0).getByText('có ghi chú').waitFor();
  });

  it.each([
    ['lanhdao', 'dark', LAPTOP],
    ['binhgia', 'light', PHONE],
  ] as const)(
    'is accessible for %s (%s), without a complaint of the browser',
    async (username, colorScheme, viewport) => {
      const other = await visit(screens, username, { colorScheme, viewport });
      await other.go('/grid');
      await other.page.getByRole('grid').waitFor();
      expect(await accessibilityProblems(other.page)).toEqual([]);
      expect(other.complaints).toEqual([]);
      await other.leave();
    },
    SLOW,
  );

  it('on a phone it is read and comment only', async () => {
    const phone = await visit(screens, 'binhgia', { viewport: PHONE });
    await phone.go('/grid');
    await phone.page.getByRole('gridcell').nth(3).click();
    await phone.page.keyboard.type('5');
    expect(await phone.page.getByRole('textbox', { name: /triệu đồng/ }).count()).toBe(0);
    await phone.page.getByLabel('Thêm ghi chú').waitFor();
    await phone.leave();
  });

  it('the month is submitted once everything is saved', async () => {
    await visitor.go('/grid');
    await page.getByRole('button', { name: 'Nộp tháng 10' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Nộp tháng 10' }).click();
    await page.getByText('đã nộp tháng 10').first().waitFor();
    expect(visitor.complaints.filter((text) => !/ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(text))).toEqual([]);
  });

  it('a sample of `bench -- grid`: 40 rows pasted, compared and saved while the page goes on answering', async () => {
    const staff = await visit(screens, 'chuyenvien');
    await staff.go('/grid');
    // Figures beyond the plan: each asks for a reason, and one serves for all.
    const longestMs = await measurePaste(staff.page, { count: 40, offset: 50_000, reason: 'Theo bảng kê tháng 10' });
    // The bench demands 200 ms of a machine that does nothing else; here others work beside it.
    expect(longestMs).toBeLessThan(1000);
    await staff.leave();
  }, 60_000);
});
