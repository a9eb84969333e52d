import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openScreens, OPENING_LIMIT_MS, PHONE, problemsEverywhere, type Screens, visit } from '../harness/screens.js';

const SLOW = 120_000;
const PAPER = { name: 'Giải trình số 12.pdf', mimeType: 'application/pdf' };
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** Huyện Bình Gia has letters of six months of the demonstration; September's is the newest. */
describe('what a unit answers to its letter, in a real browser on the real program', () => {
  let screens: Screens;
  let letter = '';
  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it(
    'its reporter explains with a file on a phone, and objects to a figure with the sum that it holds to be right',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'binhgia', { viewport: PHONE });
      await go('/notices?show=all');
      await page.getByRole('link', { name: /Tháng 9.2024 · Huyện Bình Gia/ }).click();
      const form = page.getByRole('region', { name: 'Trả lời văn bản này' });
      await form.waitFor();
      letter = new URL(page.url()).pathname;

      const send = form.getByRole('button', { name: 'Gửi giải trình' });
      expect(await send.getAttribute('aria-disabled')).toBe('true');
      await form.getByLabel('Nội dung').fill('Mưa lũ sau bão số 3, nhà thầu dừng thi công ba tuần.');
      await form.getByLabel('Tệp kèm theo').setInputFiles({ ...PAPER, buffer: PDF });
      await send.click();
      const explained = page.getByRole('region', { name: 'Giải trình', exact: true });
      await explained.getByText('Mưa lũ sau bão số 3').waitFor();
      const file = await page.request.get(
        `${screens.product.address}${await explained.getByRole('link', { name: PAPER.name }).getAttribute('href')}`,
      );
      expect(await file.body()).toEqual(PDF);
      expect(await form.getByLabel('Nội dung').inputValue()).toBe('');

      await form.getByRole('button', { name: 'Kiến nghị xem lại' }).click();
      await form.getByLabel('Nội dung').fill('Thiếu khoản thanh toán ngày 28/9.');
      const object = form.getByRole('button', { name: 'Gửi kiến nghị xem lại' });
      await form.getByLabel('Số đúng theo đơn vị, đồng').fill('ba mươi tỷ');
      expect(await object.getAttribute('aria-disabled')).toBe('true');
      // 34.783.680.000 stand in the books to the end of September.
      await form.getByLabel('Số đúng theo đơn vị, đồng').fill('35.783.680.000');
      await object.click();
      const contested = page.getByRole('region', { name: 'Kiến nghị xem lại', exact: true });
      await contested.getByText('34.783.680.000 đồng').waitFor();
      await contested.getByText('35.783.680.000 đồng').waitFor();
      await contested.getByText('+1.000.000.000 đồng').waitFor();
      // Only the department decides.
      expect(await page.getByRole('button', { name: 'Chấp nhận' }).count()).toBe(0);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'are accessible where they are sent and where they are decided, at a desk and on a phone, light and dark',
    async () => {
      expect(
        await problemsEverywhere(screens, 'chuyenvien', [
          ['/answers', 'Mưa lũ sau bão số 3'],
          [letter, 'Thiếu khoản thanh toán'],
        ]),
      ).toEqual([]);
    },
    SLOW,
  );

  it(
    'are read and decided by the department: one without a reason is not rejected, one accepted asks for reopening',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go('/answers');
      const explained = page.getByRole('region', { name: 'Giải trình', exact: true });
      const reject = explained.getByRole('button', { name: 'Không chấp nhận' });
      expect(await reject.getAttribute('aria-disabled')).toBe('true');
      await reject.click({ force: true });
      await explained.getByLabel('Trả lời đơn vị').fill('Chưa nêu cam kết giải ngân quý IV.');
      await reject.click();
      await explained.waitFor({ state: 'detached' });

      const contested = page.getByRole('region', { name: 'Kiến nghị xem lại', exact: true });
      await contested.getByRole('button', { name: 'Bút toán điều chỉnh' }).click();
      const accept = contested.getByRole('button', { name: 'Chấp nhận', exact: true });
      expect(await accept.getAttribute('aria-disabled')).toBe('true');
      await contested.getByRole('button', { name: 'Mở lại tháng' }).click();
      await accept.click();
      await page.getByText('Không có gì chờ trả lời').waitFor();

      await page.getByRole('button', { name: 'Tất cả' }).click();
      await page.getByText('không chấp nhận', { exact: true }).waitFor();
      await page.getByText(/đã đề nghị mở lại tháng/).waitFor();
      await go('/closing/2024-09');
      await page.getByText('Chờ người duyệt khác người xin.').waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'the unit reads on its letter what was decided and why, and reaches the case that the letter is about',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'binhgia');
      await go(letter);
      await page.getByText('Chưa nêu cam kết giải ngân quý IV.').waitFor();
      await page.getByText(/đã đề nghị mở lại tháng/).waitFor();
      await page.getByRole('link', { name: 'Diễn biến cảnh báo' }).click();
      await page.getByRole('heading', { level: 1, name: 'Cảnh báo: Huyện Bình Gia' }).waitFor();
      await page.getByRole('link', { name: 'Số liệu của đơn vị' }).click();
      const cases = page.getByRole('region', { name: 'Cảnh báo của đơn vị' });
      await cases.getByText('còn trong danh sách').waitFor();
      await cases.getByRole('link', { name: 'vào danh sách từ tháng 3 năm 2024' }).click();
      await page.getByRole('heading', { level: 1, name: 'Cảnh báo: Huyện Bình Gia' }).waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );
});
