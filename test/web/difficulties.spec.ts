import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openScreens, OPENING_LIMIT_MS, PHONE, problemsEverywhere, type Screens, visit } from '../harness/screens.js';

const SLOW = 120_000;
const NAME = '127 hộ đoạn Thâm Mò chưa thống nhất giá đất';

describe('difficulties and site clearance, in a real browser on the real program', () => {
  let screens: Screens;
  let one = '';
  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it(
    'staff record one of a project with what it blocks; a wrong amount stays as typed',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go('/difficulties');
      await page.getByText('Chưa ghi khó khăn, vướng mắc nào').waitFor();
      await page.getByRole('button', { name: 'Ghi vướng mắc' }).click();
      await page.getByLabel('Dự án', { exact: true }).selectOption('QL4B-KM18-KM80');
      await page.getByLabel('Nhóm').selectOption('site-clearance');
      await page.getByLabel('Nội dung vướng mắc').fill(NAME);
      await page.getByLabel('Vốn bị vướng, triệu đồng').fill('vài tỷ');
      await page.getByLabel('Người, cơ quan chủ trì xử lý').fill('Sở Giao thông vận tải');
      await page.getByLabel('Người, cơ quan có thẩm quyền quyết định').fill('UBND tỉnh');
      await page.getByLabel('Hạn xử lý').fill('2024-09-15');
      await page.getByText('Ghi số triệu đồng, ví dụ 1.250,5.').waitFor();
      await page.getByRole('button', { name: 'Ghi vướng mắc' }).click({ force: true });
      expect(await page.getByLabel('Vốn bị vướng, triệu đồng').inputValue()).toBe('vài tỷ');
      await page.getByLabel('Vốn bị vướng, triệu đồng').fill('12.345,6');
      await page.getByRole('button', { name: 'Ghi vướng mắc' }).click();
      await page.getByRole('heading', { level: 1, name: NAME }).waitFor();
      one = await page.waitForURL(/\/difficulties\/\d+$/).then(() => new URL(page.url()).pathname);
      await page.getByText('12,3 tỷ đồng').waitFor();
      await page.getByText('Quá hạn', { exact: true }).waitFor();
      // Both lead on: what is blocked, and whose it is.
      await page.getByRole('link', { name: 'Dự án nâng cấp đoạn Km18 - Km80, Quốc lộ 4B' }).click();
      // From its project's page the next one begins with the project chosen.
      await page.getByRole('link', { name: 'Ghi vướng mắc' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ghi khó khăn, vướng mắc' }).waitFor();
      expect(await page.getByLabel('Dự án', { exact: true }).inputValue()).toBe('QL4B-KM18-KM80');
      await page.goBack();
      await page.goBack();
      await page.getByRole('link', { name: 'Sở Giao thông vận tải' }).click();
      await page.getByRole('heading', { level: 1, name: 'Sở Giao thông vận tải' }).waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'a unit’s reporter records on a phone and proposes; it decides nothing and sees no other unit’s',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'binhgia', { viewport: PHONE });
      await go('/difficulties/new');
      await page.getByRole('button', { name: 'cả đơn vị' }).click();
      await page.getByLabel('Đơn vị', { exact: true }).selectOption('181');
      await page.getByLabel('Nhóm').selectOption('payment-files');
      await page.getByLabel('Nội dung vướng mắc').fill('Hồ sơ thanh toán chậm');
      await page.getByLabel('Người, cơ quan chủ trì xử lý').fill('Phòng Tài chính');
      await page.getByLabel('Người, cơ quan có thẩm quyền quyết định').fill('UBND huyện');
      await page.getByRole('button', { name: 'Ghi vướng mắc' }).click();
      await page.getByRole('heading', { level: 1, name: 'Hồ sơ thanh toán chậm' }).waitFor();
      const next = page.getByRole('region', { name: 'Bước tiếp theo' });
      expect(await next.getByRole('button', { name: 'Ghi quyết định' }).count()).toBe(0);
      await next.getByLabel('Nội dung').fill('Đề nghị Kho bạc nhận hồ sơ từng phần.');
      await next.getByRole('button', { name: 'Đề xuất' }).last().click();
      await page.getByText('Đã đề xuất').first().waitFor();
      await go('/difficulties');
      await page.getByRole('link', { name: 'Hồ sơ thanh toán chậm' }).waitFor();
      expect(await page.getByText(NAME).count()).toBe(0);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'the board counts what is blocked and is accessible at a desk and on a phone, light and dark',
    async () => {
      const { page, go, leave } = await visit(screens, 'lanhdao');
      await go('/difficulties');
      const column = (name: string) => page.getByRole('region', { name, exact: true });
      await column('Mới nêu').getByRole('link', { name: NAME }).waitFor();
      expect(await column('Mới nêu').innerText()).toMatch(/1 vướng mắc\s+12,3 tỷ đồng/);
      expect(await column('Đã đề xuất').innerText()).toContain('chưa rõ số vốn');
      expect(await page.getByRole('button', { name: 'Ghi vướng mắc' }).count()).toBe(0);
      await page.getByLabel('Chỉ quá hạn').check();
      await column('Đã đề xuất').getByText('Không có').waitFor();
      await column('Mới nêu').getByRole('link', { name: NAME }).waitFor();
      await page.getByRole('searchbox').fill('không có việc này');
      await page.keyboard.press('Enter');
      await page.getByText('Không có vướng mắc nào khớp').waitFor();
      await leave();
      const pages = [
        ['/difficulties', NAME],
        [one, 'Quá trình xử lý'],
        ['/difficulties/new', 'Hạn xử lý'],
      ] as const;
      expect(await problemsEverywhere(screens, 'chuyenvien', pages)).toEqual([]);
    },
    SLOW,
  );

  it(
    'an approver notes the decision, staff close it, and nothing can be added any more',
    async () => {
      const approver = await visit(screens, 'duyet');
      await approver.go(one);
      const step = approver.page.getByRole('region', { name: 'Bước tiếp theo' });
      await step.getByLabel('Nội dung').fill('Phê duyệt giá đất cụ thể.');
      await step.getByRole('button', { name: 'Ghi quyết định' }).last().click();
      await approver.page.getByText('Đã có quyết định').first().waitFor();
      await approver.leave();

      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go(one);
      const next = page.getByRole('region', { name: 'Bước tiếp theo' });
      // After a decision it is usually over: nobody has to look for the step.
      await next.getByRole('button', { name: 'Đã tháo gỡ', pressed: true }).waitFor();
      await next.getByLabel('Nội dung').fill('127 hộ đã bàn giao.');
      await next.getByRole('button', { name: 'Đã tháo gỡ' }).last().click();
      await page.getByText('Vướng mắc này đã kết thúc, không sửa nữa.').waitFor();
      expect(await page.getByRole('button', { name: 'Sửa thông tin' }).count()).toBe(0);
      const steps = page.getByRole('region', { name: 'Quá trình xử lý' }).getByRole('listitem');
      expect((await steps.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
        'Mới nêu',
        'Đã có quyết định',
        'Đã tháo gỡ',
      ]);
      await go('/difficulties?show=over');
      await page.getByRole('region', { name: 'Đã tháo gỡ', exact: true }).getByRole('link', { name: NAME }).waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'the site of a key project: what is to be handed over, what was by month, and that its day has passed',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go('/key-projects?project=1');
      const site = page.getByRole('region', { name: 'Giải phóng mặt bằng' });
      await site.getByText('Chưa ghi số phải bàn giao.').waitFor();
      await site.getByRole('button', { name: 'Ghi số phải bàn giao' }).click();
      await site.getByLabel('Diện tích, m²').fill('1.234.567');
      await site.getByLabel('Số hộ').fill('nhiều');
      await site.getByLabel('Ngày bàn giao xong theo cam kết').fill('2024-09-30');
      await site.getByRole('button', { name: 'Ghi', exact: true }).click();
      await site.getByText('Ghi số nguyên không âm.').waitFor();
      await site.getByLabel('Số hộ').fill('1270');
      await site.getByRole('button', { name: 'Ghi', exact: true }).click();
      await site.getByText('0 / 1.234.567 m²').waitFor();
      await site.getByText('quá hạn bàn giao').waitFor();

      await site.getByRole('button', { name: 'Ghi bàn giao tháng' }).click();
      await site.getByLabel('Tháng', { exact: true }).fill('2024-09');
      await site.getByLabel('Diện tích, m²').fill('987.654');
      await site.getByLabel('Số hộ').fill('1.100');
      await site.getByLabel('Đã chi trả, triệu đồng').fill('234.567,8');
      await site.getByRole('button', { name: 'Ghi', exact: true }).click();
      await site.getByText('987.654 / 1.234.567 m²').waitFor();
      await site.getByText('1.100 / 1.270 hộ').waitFor();
      expect(await site.getByRole('row').last().innerText()).toMatch(/^09\/2024\s+987\.654\s+1\.100\s+234,6$/);
      expect(complaints).toEqual([]);
      await leave();
      const pages = [['/key-projects?project=1', 'quá hạn bàn giao']] as const;
      expect(await problemsEverywhere(screens, 'chuyenvien', pages)).toEqual([]);
    },
    SLOW,
  );
});
