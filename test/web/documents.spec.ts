import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openScreens, OPENING_LIMIT_MS, PHONE, problemsEverywhere, type Screens, visit } from '../harness/screens.js';

const SLOW = 120_000;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** September was released: its announcement, letters and assignments wait for their numbers. */
describe('official documents, in a real browser on the real program', () => {
  let screens: Screens;
  let letter = '';
  let announcement = '';
  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it(
    'the clerk finds a letter, sees it as it is printed, numbers it and has it in the register',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'vanthu');
      await go('/documents');
      await page.getByRole('button', { name: /^Chờ cấp số \(\d+\)$/, pressed: true }).waitFor();
      await page.getByRole('searchbox', { name: 'Tìm trong trích yếu, nơi nhận, số' }).fill('binh gia');
      await page.keyboard.press('Enter');
      await page.getByText('Huyện Tràng Định').first().waitFor({ state: 'detached' });
      await page.getByRole('cell', { name: 'Huyện Bình Gia' }).first().waitFor();
      await page.getByRole('link', { name: 'Đôn đốc giải ngân vốn đầu tư công tháng 9 năm 2024' }).click();
      await page.getByRole('heading', { level: 1, name: 'Công văn đôn đốc', exact: true }).waitFor();
      letter = new URL(page.url()).pathname;
      await page.getByRole('img', { name: /Trang 1\/1/ }).waitFor();

      const number = page.getByLabel('Số', { exact: true });
      await number.fill('0');
      const give = page.getByRole('button', { name: /^Cấp số 0/ });
      expect(await give.getAttribute('aria-disabled')).toBe('true');
      await number.fill('1');
      await page.getByRole('textbox', { name: 'Nơi nhận' }).fill('Như trên\nThanh tra tỉnh\nLưu: VT, TH');
      await page.getByRole('button', { name: 'Cấp số 01/UBND-TH' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/Văn bản không sửa được nữa/).waitFor();
      await dialog.getByRole('button', { name: 'Cấp số 01/UBND-TH' }).click();
      await page.getByRole('heading', { level: 1, name: 'Công văn đôn đốc 01/UBND-TH' }).waitFor();
      await page.getByText('Đã có số: văn bản và hai tệp không đổi được nữa.').waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Thanh tra tỉnh' }).waitFor();
      expect(await page.getByRole('region', { name: 'Cấp số' }).count()).toBe(0);

      await go('/document-register');
      const row = page.getByRole('row').filter({ hasText: '01/UBND-TH' });
      expect(await row.innerText()).toMatch(/Huyện Bình Gia\s+07\/10\/2024\s+07\/10\/2024/);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'a number that is taken is refused; what went out is kept beside ours, and its differences are named',
    async () => {
      const { page, go, leave } = await visit(screens, 'vanthu');
      await go('/documents');
      await page
        .getByRole('link', { name: /^Đôn đốc.*tháng 9 năm 2024/ })
        .first()
        .click();
      await page.getByLabel('Số', { exact: true }).fill('1');
      await page.getByRole('button', { name: 'Cấp số 01/UBND-TH' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cấp số 01/UBND-TH' }).click();
      await page.getByRole('dialog').getByText('Chưa thực hiện được.').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Thôi', exact: true }).click();

      await go('/documents');
      await page.getByRole('link', { name: 'Kết quả giải ngân vốn đầu tư công đến hết tháng 9 năm 2024' }).click();
      announcement = await page.waitForURL(/\/documents\/\d+$/).then(() => new URL(page.url()).pathname);
      await page.getByRole('button', { name: 'Cấp số 01/TB-UBND' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cấp số 01/TB-UBND' }).click();
      const versions = page.getByRole('region', { name: 'Bản phát hành của cơ quan' });
      await versions.getByText('Chưa gửi bản nào.').waitFor();
      const file = async (path: string): Promise<Buffer> =>
        (await page.request.get(`${screens.product.address}/api/v1${path}/file.docx`)).body();
      const send = async (name: string, buffer: Buffer): Promise<void> =>
        versions.locator('input[type=file]').setInputFiles({ name, mimeType: DOCX, buffer });
      await send('Bản đã in.docx', await file(announcement));
      await versions.getByText('Số liệu và tên đơn vị giống bản của hệ thống').waitFor();
      await send('Nhầm công văn.docx', await file(letter));
      await versions.getByText(/^\d+ chỗ khác bản của hệ thống$/).waitFor();
      await versions.getByRole('columnheader', { name: 'Bản gửi lên' }).waitFor();
      await versions.getByRole('row').filter({ hasText: '1.884,1 tỷ' }).getByText('không có').first().waitFor();
      await leave();
    },
    SLOW,
  );

  it(
    'every screen of theirs is accessible on a desk and a phone, light and dark',
    async () => {
      const pages = [
        ['/documents', 'Đôn đốc giải ngân'],
        [announcement, 'Bản phát hành của cơ quan'],
        ['/document-register', '01/TB-UBND'],
      ] as const;
      expect(await problemsEverywhere(screens, 'vanthu', pages)).toEqual([]);
      const form = ['/settings/document-templates', 'Họ tên người ký'] as const;
      expect(await problemsEverywhere(screens, 'chuyenvien', [form])).toEqual([]);
    },
    SLOW,
  );

  it(
    'staff change a template, see it, and a draft composed again has it; what has its number stays',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go('/settings/document-templates?kind=unit-letter');
      await page.getByText('Mẫu mặc định').waitFor();
      await page.getByLabel('Họ tên người ký').fill('Nguyễn Hoàng Phương Thảo');
      await page.getByRole('button', { name: 'Xem với số liệu tháng 9/2024' }).click();
      await page.getByRole('img', { name: /Trang 1/ }).waitFor();
      await page.getByRole('button', { name: 'Lưu thành bản mới' }).click();
      await page.getByText(/^Đã lưu\. Văn bản soạn từ nay dùng mẫu này/).waitFor();
      await page.getByText('Bản 1', { exact: true }).waitFor();

      await go('/documents?show=drafts');
      await page
        .getByRole('link', { name: /^Đôn đốc.*tháng 9 năm 2024/ })
        .first()
        .click();
      await page.getByText(/^hệ thống, /).waitFor();
      await page.getByRole('button', { name: 'Soạn lại từ số liệu đã chốt' }).click();
      await page.getByText(/^chuyenvien, /).waitFor();
      await go(letter);
      await page.getByText('Đã có số: văn bản và hai tệp không đổi được nữa.').waitFor();
      expect(await page.getByRole('button', { name: 'Soạn lại từ số liệu đã chốt' }).count()).toBe(0);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'the unit has its own letter once it has its number, and no draft; the case names it too',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'binhgia', { viewport: PHONE });
      await go('/documents');
      const subjects = page.getByRole('table').getByRole('link');
      await subjects.first().waitFor();
      expect(await subjects.allInnerTexts()).toEqual([
        'Kết quả giải ngân vốn đầu tư công đến hết tháng 9 năm 2024',
        'Đôn đốc giải ngân vốn đầu tư công tháng 9 năm 2024',
      ]);
      await go('/units/181');
      await page.getByRole('link', { name: 'vào danh sách từ tháng 3 năm 2024' }).click();
      await page.getByText('Cấp số văn bản').waitFor();
      await page.getByRole('link', { name: '01/UBND-TH' }).click();
      await page.getByRole('heading', { level: 1, name: 'Công văn đôn đốc 01/UBND-TH' }).waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );
});
