import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { disbursementCsv } from '../harness/imports.js';
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
const WIDE = { width: 1920, height: 1080 };
/** A folder for pictures to look at; without it none are taken. */
const PICTURES = process.env['IMPORTS_PICTURES'];

interface Sent {
  name: string;
  content: string | Buffer;
}

async function picture({ page }: Visitor, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

function fixture(path: string): Promise<Buffer> {
  return readFile(fileURLToPath(new URL(`../fixtures/import/${path}`, import.meta.url)));
}

/** The fixture's monthly table of a district, with the demonstration's names, in triệu đồng, under a title. */
async function monthlyTable(): Promise<Sent> {
  let table = (await fixture('ok/groups-by-unit-name.csv')).toString('utf8');
  for (const [theirs, ours] of [
    ['Đường tỉnh 226;NSTW;1.000', 'Dự án minh hoạ số 21;NSĐP cân đối;1.000,5'],
    ['Trường THPT Bình Gia;NSTW', 'Dự án minh hoạ số 22;CTMTQG nông thôn mới'],
    ['Ban QLDA ĐTXD tỉnh', 'Huyện Tràng Định'],
    ['Cầu Na Sầm;NSĐP', 'MH-11;NSĐP cân đối'],
    ['1.500', '1.500,5'],
    ['2.200', '2.200,5'],
  ] as const) {
    expect(table).toContain(theirs);
    table = table.replace(theirs, ours);
  }
  const head = 'BÁO CÁO GIẢI NGÂN THÁNG 10 NĂM 2024;;;\nĐơn vị tính: Triệu đồng;;;\n';
  return { name: 'Bình Gia tháng 10.csv', content: `${head}${table}` };
}

const cell = (unit: string, project: string, source: string, amount: number | string): string =>
  `2024,10,${unit},${project},${source},payment,0,actual,${amount}`;

/** As a hand does it: the file falls on the page. */
async function drop(page: Page, { name, content }: Sent): Promise<void> {
  const bytes = Buffer.from(content).toString('base64');
  await page.getByText('Thả tệp vào đây').waitFor();
  const transfer = await page.evaluateHandle<unknown>(
    `(() => { const transfer = new DataTransfer();
       const bytes = Uint8Array.from(atob(${JSON.stringify(bytes)}), (letter) => letter.charCodeAt(0));
       transfer.items.add(new File([bytes], ${JSON.stringify(name)}));
       return transfer; })()`,
  );
  await page.getByText('Thả tệp vào đây').dispatchEvent('drop', { dataTransfer: transfer });
}

async function send({ page, go }: Visitor, file: Sent, change = (content: string) => content): Promise<void> {
  await go('/imports?kind=disbursements');
  await drop(page, typeof file.content === 'string' ? { ...file, content: change(file.content) } : file);
  await page.getByLabel('số của tháng').check();
  await page.getByRole('button', { name: `Gửi ${file.name}` }).click();
  await page.getByRole('heading', { level: 1, name: file.name }).waitFor();
}

const figures = async (page: Page): Promise<string[]> =>
  (await page.locator('dl').first().locator('> div').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));

describe('the imports, in a real browser on the real program', () => {
  let screens: Screens;

  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it(
    'a monthly table falls on the page: read, understood, its difference seen, committed, found in the books; again nothing',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      const { page, go } = staff;
      const table = await monthlyTable();
      await send(staff, table);
      await page.getByRole('heading', { name: 'Tệp được hiểu như sau' }).waitFor();
      await page.getByText('ghi ở dòng 2: “Đơn vị tính: Triệu đồng”').waitFor();
      await page.getByText('Năm kế hoạch: 2024, Tháng: 10').first().waitFor();
      await page.getByText('2 dòng nhóm, 3 dòng cộng').waitFor();
      expect(await figures(page)).toEqual([
        'Mới 3 +2.200.500.000 đồng ghi thêm',
        'Thay đổi 0 0 đồng so với sổ',
        'Giữ nguyên 0 giống hệt sổ',
        'Bị loại 0 0 dòng của tệp có chỗ sai',
      ]);
      await picture(staff, 'difference');
      const commit = page.getByRole('button', { name: 'Ghi 3 thay đổi' });
      expect(await commit.getAttribute('aria-disabled')).toBe('true');
      await page.getByLabel('Cách hiểu tệp ở trên là đúng').check();
      // What was answered and seen is there again.
      await page.reload();
      await page.getByText('Xác nhận cách hiểu tệp trước.').waitFor({ state: 'detached' });
      await commit.click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('3 số mới, +2.200.500.000 đồng.').waitFor();
      await picture(staff, 'confirm');
      await dialog.getByRole('button', { name: 'Ghi 3 thay đổi' }).click();
      await page.getByText('Đã ghi 3 thay đổi vào sổ').waitFor();
      await picture(staff, 'committed');
      await go('/grid?unit=181&planYear=2024');
      await page.getByText('1.000,5').first().waitFor();

      await send(staff, table);
      await page.getByRole('heading', { name: 'Không có gì thay đổi' }).waitFor();
      await page.getByText(/^Đúng tệp này đã ghi sổ/).waitFor();
      expect(await page.getByRole('button', { name: /^Ghi/ }).count()).toBe(0);
      await picture(staff, 'again');
      expect(staff.complaints).toEqual([]);
      await staff.leave();
    },
    SLOW,
  );

  it(
    'wrong rows stay out by explicit choice alone; the marked file comes back',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      const { page } = staff;
      const content = disbursementCsv([
        cell('181', 'MH-23', 'NSDP-CD', 5_000_000),
        cell('181', 'MH-99', 'NSDP-CD', 1),
        cell('181', 'MH-24', 'NSDP-CD', '1x'),
      ]);
      await send(staff, { name: 'có ô sai.csv', content });
      await page.getByText('Không có dự án mã MH-99.').waitFor();
      await picture(staff, 'rejected');
      expect(await accessibilityProblems(page)).toEqual([]);
      const [marked] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Tệp đánh dấu ô sai' }).click(),
      ]);
      expect(marked.suggestedFilename()).toBe('có ô sai-loi.xlsx');
      expect((await readFile(await marked.path())).subarray(0, 2).toString()).toBe('PK');
      await page.getByText('Còn dòng bị loại').waitFor();
      await page.getByLabel('Ghi mà không có 2 dòng bị loại').check();
      await page.getByRole('button', { name: 'Ghi 1 thay đổi' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ghi 1 thay đổi' }).click();
      await page.getByText('Đã ghi 1 thay đổi vào sổ').waitFor();

      // What stands in the books falls: one reason for the file, and the books that moved meanwhile are shown anew.
      await send(staff, { name: 'giảm.csv', content: disbursementCsv([cell('181', 'MH-23', 'NSDP-CD', 3_000_000)]) });
      await page.getByText('số giảm, cần lý do').first().waitFor();
      await page.getByLabel('Lý do số giảm').fill('Đối chiếu lại chứng từ');
      await page.evaluate(
        `fetch('/api/v1/sessions/current').then((answer) => answer.json()).then(({ csrfToken }) =>
           fetch('/api/v1/disbursements', { method: 'POST',
             body: JSON.stringify({ month: '2024-10', entries: [{ unitCode: '181', projectCode: 'MH-23',
               sourceCode: 'NSDP-CD', kind: 'payment', basis: 'actual', amountDong: 1000000 }] }),
             headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken } }))`,
      );
      const commit = page.getByRole('button', { name: 'Ghi 1 thay đổi' });
      await commit.click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ghi 1 thay đổi' }).click();
      await page.getByText('Sổ đã thay đổi sau khi bạn xem').waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.getByText('−3.000.000 đồng so với sổ').waitFor();
      await picture(staff, 'moved');
      await commit.click();
      await page.getByRole('dialog').getByRole('button', { name: 'Ghi 1 thay đổi' }).click();
      await page.getByText('Lý do chung: Đối chiếu lại chứng từ').waitFor();
      await staff.leave();
    },
    SLOW,
  );

  it(
    'amounts that can be read in two ways wait for the decimal sign, which is chosen on the screen',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      const { page } = staff;
      // "1.234" triệu đồng: 1.234 triệu or one and a bit; cells that a comma separates prove nothing.
      const content =
        'BÁO CÁO THÁNG 10 NĂM 2024,,,\nĐơn vị tính: Triệu đồng,,,\n' +
        'Mã đơn vị,Mã dự án,Mã nguồn vốn,Số tiền\n181,MH-22,NSDP-CD,1.234\n181,MH-24,NSDP-CD,2.500\n';
      await send(staff, { name: 'dấu chấm.csv', content });
      await page.getByText('chưa rõ ở 2 số tiền').waitFor();
      await page
        .getByText(/có thể hiểu hai cách/)
        .first()
        .waitFor();
      await picture(staff, 'ambiguous');
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByLabel('Dấu thập phân').selectOption({ label: 'dấu phẩy: 1.234,5' });
      await page.getByRole('button', { name: 'Đọc lại tệp' }).click();
      await page.getByText('1.234.000.000').first().waitFor();
      expect(await page.getByText(/có thể hiểu hai cách/).count()).toBe(0);
      await page.getByRole('button', { name: 'Sửa cách đọc' }).click();
      await page.getByLabel('Dấu thập phân').selectOption('.');
      await page.getByRole('button', { name: 'Đọc lại tệp' }).click();
      await page.getByText('1.234.000', { exact: true }).first().waitFor();
      await staff.leave();
    },
    SLOW,
  );

  it(
    'an old workbook is refused with what to do instead; a foreign layout is told once and read again',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      const { page } = staff;
      await send(staff, { name: 'cũ.xls', content: await fixture('not-ok/old-excel.xls') });
      await page.getByRole('alert').getByText('.xlsx').waitFor();
      await picture(staff, 'refused');
      expect(await accessibilityProblems(page)).toEqual([]);

      await send(staff, { name: 'lạ.csv', content: 'Ma CT,Nguoi nhap,Cot A\nMH-22,Hà,200\n' });
      await page.getByRole('heading', { name: 'Cho biết cách đọc tệp này' }).waitFor();
      await picture(staff, 'foreign');
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByLabel('A. Ma CT').selectOption('project_code');
      await page.getByLabel('B. Nguoi nhap').selectOption('');
      await page.getByLabel('C. Cot A').selectOption('amount_vnd;source_code=NSDP-CD');
      await page.getByLabel(/^Năm kế hoạch/).fill('2024');
      await page.getByLabel(/^Tháng/).selectOption('10');
      await page.getByLabel(/^Mã đơn vị/).selectOption('181');
      await page.getByRole('button', { name: 'Đọc lại tệp' }).click();
      await page.getByText('+200 đồng ghi thêm').waitFor();
      await page.getByRole('button', { name: 'Bỏ lần nhập này' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Bỏ lần nhập này' }).click();
      await page.getByRole('heading', { name: 'Lần nhập này đã bỏ' }).waitFor();
      await staff.leave();
    },
    SLOW,
  );

  it(
    'both screens are accessible, as wide as the page, without a complaint of the browser, light and dark',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      const { page, go } = staff;
      const check = async (what: string): Promise<void> => {
        await page.waitForLoadState('networkidle');
        for (const [name, viewport] of [
          ['390', PHONE],
          ['1280', LAPTOP],
          ...(PICTURES ? [['1920', WIDE] as const] : []),
        ] as const)
          for (const colorScheme of ['light', 'dark'] as const) {
            await page.setViewportSize(viewport);
            await page.emulateMedia({ colorScheme });
            const at = `${name}-${colorScheme}-${what}`;
            await picture(staff, at);
            const overflow = await page.evaluate<number>(
              'Math.max(0, document.documentElement.scrollWidth - window.innerWidth)',
            );
            expect({ at, problems: await accessibilityProblems(page), overflow }).toEqual({
              at,
              problems: [],
              overflow: 0,
            });
          }
      };
      await go('/imports?kind=disbursements');
      await page.getByRole('link', { name: 'có ô sai.csv' }).waitFor();
      await check('list');
      await page.getByRole('link', { name: 'có ô sai.csv' }).click();
      await page.getByText('Đã ghi 1 thay đổi vào sổ').waitFor();
      await check('committed');
      await send(staff, { ...(await monthlyTable()), name: 'đợt hai.csv' }, (table) =>
        table.replaceAll('700', '650').replace('2.200,5', '2.150,5'),
      );
      await page.getByRole('heading', { name: 'Tệp được hiểu như sau' }).waitFor();
      await page.getByText('số giảm, cần lý do').waitFor();
      await check('difference');
      expect(staff.complaints).toEqual([]);
      await staff.leave();
    },
    SLOW,
  );

  it('a reporter sends three kinds; leaders read; lists leave as workbooks', async () => {
    const reporter = await visit(screens, 'binhgia');
    await reporter.go('/imports');
    await reporter.page.getByRole('radio').first().waitFor();
    expect(await reporter.page.getByRole('radio').count()).toBe(3);
    await reporter.leave();
    const leader = await visit(screens, 'lanhdao');
    await leader.go('/imports');
    await leader.page.getByRole('link', { name: 'giảm.csv' }).waitFor();
    expect(await leader.page.getByRole('radio').count()).toBe(0);
    await leader.go('/months/2024-09');
    const [results] = await Promise.all([
      leader.page.waitForEvent('download'),
      leader.page.getByRole('link', { name: 'Xuất Excel' }).click(),
    ]);
    expect(results.suggestedFilename()).toMatch(/2024-09\.xlsx$/);
    for (const [path, lists] of [
      ['/units', ['units']],
      ['/units/181', ['disbursements']],
      ['/key-projects', ['key-projects', 'progress']],
      ['/notices', ['notices']],
      ['/decisions', ['allocation-lines', 'medium-term-plans']],
      ['/advances', ['advances']],
      ['/entry-warnings?month=2024-09', ['warnings']],
      ['/reconciliation/2024-10', ['reconciliation-differences']],
    ] as const) {
      await leader.go(path);
      const links = leader.page.locator('a[href^="/api/v1/exports/"]');
      await links.nth(lists.length - 1).waitFor();
      const answers = await leader.page.evaluate<[string, number][]>(
        `Promise.all([...document.querySelectorAll('a[href^="/api/v1/exports/"]')].map(async ({ href }) =>
           [new URL(href).pathname.split('/').at(-1), (await fetch(href)).status]))`,
      );
      expect([path, answers.sort()]).toEqual([path, lists.map((list) => [list, 200])]);
    }
    await leader.leave();
  });
});
