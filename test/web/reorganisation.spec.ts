import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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
const PICTURES = process.env['REORGANISATION_PICTURES'];

const LONG_NAME =
  'Ban Quản lý dự án đầu tư xây dựng khu vực Tràng Định - Bình Gia - Văn Lãng và các công trình chuyển tiếp';

async function picture({ page }: Visitor, name: string): Promise<void> {
  if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

/** Huyện Tràng Định to a new board, one of its projects to the provincial board. */
async function fillIn({ page, go }: Visitor): Promise<void> {
  await go('/reorganisations/new');
  await page.getByLabel('Số quyết định').fill('215/NQ-HĐND');
  await page.getByLabel('Ngày quyết định').fill('2024-10-01');
  await page.getByLabel('Ngày đầu của đơn vị kế thừa').fill('2024-11-01');
  await page.getByRole('button', { name: 'Thêm đơn vị mới' }).click();
  await page.getByLabel('Mã, đơn vị mới số 1').fill('BQLDA-KV-TEST');
  await page.getByLabel('Tên đầy đủ, đơn vị mới số 1').fill(LONG_NAME);
  await page.getByLabel('Thêm đơn vị kết thúc').selectOption('180');
  await page.getByLabel('Dự án về, Huyện Tràng Định').selectOption('BQLDA-KV-TEST');
  await page.getByText(/^Huyện Tràng Định: \d+ dự án$/).click();
  await page.getByLabel(/^Về: /).first().selectOption('BQLDA-TINH');
}

describe('the reorganisation of units, in a real browser on the real program', () => {
  let screens: Screens;

  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it.each([
    ['390-light', PHONE, 'light'],
    ['390-dark', PHONE, 'dark'],
    ['1280-light', LAPTOP, 'light'],
    ['1280-dark', LAPTOP, 'dark'],
    ['1920-light', WIDE, 'light'],
    ['1920-dark', WIDE, 'dark'],
  ] as const)(
    '%s: list, draft and form are accessible and without a complaint of the browser',
    async (name, viewport, colorScheme) => {
      const staff = await visit(screens, 'chuyenvien', { colorScheme, viewport });
      const check = async (what: string): Promise<void> => {
        await picture(staff, `${name}-${what}`);
        expect({ what, problems: await accessibilityProblems(staff.page) }).toEqual({ what, problems: [] });
      };
      await staff.go('/reorganisations');
      await staff.page.getByRole('link', { name: 'Phương án minh hoạ' }).waitFor();
      await check('list');
      await staff.page.getByRole('link', { name: 'Phương án minh hoạ' }).click();
      await staff.page.getByText('Tổng toàn tỉnh trước và sau').waitFor();
      await staff.page.waitForLoadState('networkidle');
      await check('draft');
      await staff.go('/reorganisations/new');
      await check('empty-form');
      await fillIn(staff);
      await staff.page.getByRole('button', { name: 'Xem trước' }).click();
      await staff.page.getByText('Tổng toàn tỉnh trước và sau').waitFor();
      await check('preview');
      // What does not fit scrolls inside its card, never the page.
      const overflow = await staff.page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBeLessThanOrEqual(0);
      expect(staff.complaints).toEqual([]);
      await staff.leave();
    },
    SLOW,
  );

  it(
    'a project without a successor is refused with its own sentence',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      await fillIn(staff);
      await staff.page.getByLabel('Dự án về, Huyện Tràng Định').selectOption('');
      await staff.page.getByRole('button', { name: 'Xem trước' }).click();
      await staff.page
        .getByText(/của đơn vị 180 chưa có đơn vị nhận/)
        .first()
        .waitFor();
      await picture(staff, 'refused');
      await staff.leave();
    },
    SLOW,
  );

  it(
    'one person prepares, another carries it out; the unit pages tell the history',
    async () => {
      const staff = await visit(screens, 'chuyenvien');
      await fillIn(staff);
      await staff.page.getByRole('button', { name: 'Xem trước' }).click();
      await staff.page.getByText('Tổng toàn tỉnh trước và sau').waitFor();
      await staff.page.getByRole('button', { name: 'Lập, chờ người thứ hai xác nhận' }).click();
      await staff.page.getByRole('heading', { level: 1, name: 'Sắp xếp theo 215/NQ-HĐND' }).waitFor();
      await staff.page.getByText('Cần người duyệt xác nhận.').waitFor();
      const path = new URL(staff.page.url()).pathname;
      await staff.leave();

      const approver = await visit(screens, 'duyet');
      await approver.go(path);
      await approver.page.getByRole('button', { name: 'Xác nhận và thực hiện' }).click();
      const dialog = approver.page.getByRole('dialog');
      await dialog.getByText('1 đơn vị kết thúc hết ngày 31/10/2024').waitFor();
      await picture(approver, 'confirm');
      await dialog.getByRole('button', { name: 'Xác nhận và thực hiện' }).click();
      await approver.page.getByText('đã thực hiện').first().waitFor();
      await approver.page.getByText('Người xác nhận: Lãnh đạo phòng, Sở KH&ĐT').waitFor();
      await approver.go('/units/180');
      const history = approver.page.getByRole('region', { name: 'Trước và sau đơn vị này' });
      await history.getByRole('link', { name: LONG_NAME }).waitFor();
      await picture(approver, 'unit-history');
      expect(await accessibilityProblems(approver.page)).toEqual([]);
      await approver.leave();
    },
    SLOW,
  );
});
