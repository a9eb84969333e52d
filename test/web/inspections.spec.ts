import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
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

/** A picture of the browser's own making, 3000 × 2000, as a JPEG with a place in its EXIF: 21°51'0" N, 106°45'36" E. */
async function photoWithPlace(page: Page): Promise<Buffer> {
  const address = await page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 3000;
    canvas.height = 2000;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#1a4f8b';
    pen.fillRect(0, 0, 1500, 2000);
    return canvas.toDataURL('image/jpeg', 0.9);
  })()`);
  const jpeg = Buffer.from(address.split(',')[1] as string, 'base64');
  return Buffer.concat([jpeg.subarray(0, 2), exif(), jpeg.subarray(2)]);
}

function exif(): Buffer {
  const tiff = Buffer.alloc(128);
  tiff.write('II', 0, 'latin1');
  tiff.writeUInt16LE(42, 2);
  tiff.writeUInt32LE(8, 4);
  // One directory with one entry: where the place is.
  tiff.writeUInt16LE(1, 8);
  entry(tiff, 10, 0x8825, 4, 1, 26);
  tiff.writeUInt16LE(4, 26);
  entry(tiff, 28, 1, 2, 2, 'N'.charCodeAt(0));
  entry(tiff, 40, 2, 5, 3, 80);
  entry(tiff, 52, 3, 2, 2, 'E'.charCodeAt(0));
  entry(tiff, 64, 4, 5, 3, 104);
  [21, 1, 51, 1, 0, 1, 106, 1, 45, 1, 36, 1].forEach((value, i) => tiff.writeUInt32LE(value, 80 + i * 4));
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function entry(tiff: Buffer, at: number, tag: number, type: number, count: number, value: number): void {
  tiff.writeUInt16LE(tag, at);
  tiff.writeUInt16LE(type, at + 2);
  tiff.writeUInt32LE(count, at + 4);
  tiff.writeUInt32LE(value, at + 8);
}

/** Width and height of a JPEG, from its frame header. */
function sizeOf(jpeg: Buffer): [number, number] {
  for (let at = 2; at < jpeg.length;) {
    const marker = jpeg[at + 1] as number;
    if (marker >= 0xc0 && marker <= 0xc2) return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
    at += 2 + jpeg.readUInt16BE(at + 2);
  }
  return [0, 0];
}

describe('inspections, in a real browser on the real program', () => {
  let screens: Screens;
  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it(
    'a team plans from its notice, writes the visit down without a line, and it is sent when there is one again',
    async () => {
      const { page, go, leave } = await visit(screens, 'doan1', { viewport: PHONE });
      await go('/notices');
      await page
        .getByRole('link', { name: /Chuyển đoàn|Đoàn kiểm tra|cảnh báo/i })
        .first()
        .click();
      await page.getByRole('link', { name: 'Lập cuộc kiểm tra' }).click();
      await page.getByLabel('Đơn vị', { exact: true }).selectOption({ index: 1 });
      await page.getByLabel('Ngày đi').fill('2024-10-07');
      await page.getByLabel('Địa điểm').fill('Km 18, Quốc lộ 4B');
      await page.getByLabel('Nội dung kiểm tra').fill('Tiến độ giải ngân');
      await page.getByRole('button', { name: 'Lập cuộc kiểm tra' }).click();
      await page.getByRole('button', { name: 'Ghi lần kiểm tra' }).click();
      await page.getByRole('button', { name: 'Thêm phát hiện' }).waitFor();

      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Thêm phát hiện' }).click();
      await page.getByRole('group', { name: 'Phát hiện 1' }).getByLabel('Nội dung').fill('Còn 3 hộ chưa bàn giao');
      await page.getByLabel('Số tiền, triệu đồng (nếu có)').fill('1.250,5');
      const photo = await photoWithPlace(page);
      await page
        .getByLabel('Chụp hoặc chọn ảnh, tệp')
        .setInputFiles({ name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: photo });
      await page.getByText(/2048 × 1365/).waitFor();
      await page.getByLabel('Chú thích: IMG_1.jpg').fill('Mặt bằng');
      await page.getByRole('button', { name: 'Gửi lần kiểm tra' }).click();
      await page.getByText(/Mất mạng: bản ghi và ảnh nằm trên máy này/).waitFor();
      await page.getByText(/Đã lưu trên máy này/).waitFor();

      // There is a line again: it goes by itself, the photo with it.
      await page.context().setOffline(false);
      await page.waitForURL(/\/inspections\/\d+$/);
      await page.getByText('Còn 3 hộ chưa bàn giao').waitFor();
      await page.getByText(/1\.250\.500\.000/).waitFor();
      const source = await page.getByAltText('Mặt bằng').getAttribute('src');
      const sent = await page.request.get(`${screens.product.address}${source}`);
      const bytes = await sent.body();
      expect(sizeOf(bytes)).toEqual([2048, 1365]);
      expect(bytes.includes('Exif')).toBe(false);
      expect(await page.getByText(/chụp tại/).count()).toBe(0);
      // What blocks the work is recorded from here, the unit chosen.
      await page.getByRole('link', { name: 'Ghi vướng mắc' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ghi khó khăn, vướng mắc' }).waitFor();
      const unit = page.getByLabel('Đơn vị', { exact: true });
      await unit.getByRole('option', { name: 'Chọn…' }).waitFor({ state: 'attached' });
      expect(await unit.inputValue()).not.toBe('');
      await leave();
    },
    SLOW,
  );

  it(
    'a draft outlives the closing of the page; the place goes along only with consent',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'doan1', { viewport: PHONE });
      await go('/inspections?show=all');
      await page.getByRole('link', { name: /Km 18/ }).click();
      await page.getByRole('button', { name: 'Ghi lần kiểm tra' }).click();
      await page.getByRole('button', { name: 'Thêm kiến nghị' }).click();
      const part = page.getByRole('group', { name: 'Kiến nghị 1' });
      await part.getByLabel('Nội dung').fill('Bàn giao mặt bằng');
      await part.getByLabel('Ai thực hiện').fill('Ban QLDA');
      await part.getByLabel('Hạn').fill('2024-10-31');
      await page
        .getByLabel('Chụp hoặc chọn ảnh, tệp')
        .setInputFiles({ name: 'IMG_2.jpg', mimeType: 'image/jpeg', buffer: await photoWithPlace(page) });
      await page.getByText(/2048 × 1365/).waitFor();
      await page.getByText(/Đã lưu trên máy này/).waitFor();
      await page.reload();
      expect(await page.getByLabel('Ai thực hiện').inputValue()).toBe('Ban QLDA');
      await page.getByText('IMG_2.jpg').waitFor();
      expect(await page.getByText('không có vị trí').count()).toBe(1);
      await page.getByLabel(/Lưu cả vị trí chụp/).check();
      await page
        .getByText(/có vị trí/)
        .first()
        .waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByRole('button', { name: 'Gửi lần kiểm tra' }).click();
      await page.getByText('chụp tại 21.85000, 106.76000').waitFor();
      await page.getByText('hạn 31/10/2024').waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'a HEIC, which this browser cannot open by itself, becomes a JPEG of at most 2048 pixels too',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'doan1', { viewport: PHONE });
      await go('/inspections?show=all');
      await page.getByRole('link', { name: /Km 18/ }).click();
      await page.getByRole('button', { name: 'Ghi lần kiểm tra' }).click();
      await page.getByLabel('Chụp hoặc chọn ảnh, tệp').setInputFiles('test/fixtures/photos/mat-bang.heic');
      await page.getByText(/2048 × 1365/).waitFor();
      await page.getByLabel('Chú thích: mat-bang.jpg').fill('Nền đường');
      await page.getByRole('button', { name: 'Gửi lần kiểm tra' }).click();
      const source = await page.getByAltText('Nền đường').getAttribute('src');
      const sent = await page.request.get(`${screens.product.address}${source}`);
      expect(sizeOf(await sent.body())).toEqual([2048, 1365]);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it.each([
    ['laptop, light', LAPTOP, 'light'],
    ['phone, dark', PHONE, 'dark'],
  ] as const)(
    'what is due and the calendar are accessible on a %s',
    async (_, viewport, colorScheme) => {
      const { page, go, leave } = await visit(screens, 'doan1', { viewport, colorScheme });
      await go('/inspections');
      await page.getByText(/kiến nghị chưa xong/).waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await go('/inspections?show=calendar');
      await page.getByText('Tháng 10/2024').waitFor();
      expect(await page.getByRole('link', { name: /./ }).filter({ visible: true }).count()).toBeGreaterThan(0);
      expect(await accessibilityProblems(page)).toEqual([]);
      await leave();
    },
    SLOW,
  );
});
