import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { payAndReport, until, untilEvaluated } from '../harness/demonstration-months.js';
import { startMailServer, type MailServer } from '../harness/mail-server.js';
import { signInTo, type Person } from '../harness/product-person.js';
import { openScreens, OPENING_LIMIT_MS, PHONE, type Screens, visit, type Visitor } from '../harness/screens.js';

const SLOW = 120_000;

/**
 * Bình Gia (181) of the demonstration has been on the list since March. What its months pay is booked over HTTP
 * (October 5 ‰ of its plan and 50 ‰ of everybody else's, November 450 ‰ and 20 ‰); all that people do about it is done
 * on the screens.
 */
describe('from the close to the month that clears it: Bình Gia, in a real browser on the real program', () => {
  let mail: MailServer;
  let screens: Screens;
  let books: Person;
  const visitors: Visitor[] = [];

  beforeAll(async () => {
    mail = await startMailServer();
    screens = await openScreens({ SMTP_URL: mail.url, MAIL_FROM: 'giaingan@langson.example' });
    books = await signInTo(screens.product, 'chuyenvien');
    for (const name of ['binhgia', 'doan2', 'chuyenvien']) {
      const person = await signInTo(screens.product, name);
      await person.put('/own-account/email', { email: `${name}@langson.example` });
    }
  }, OPENING_LIMIT_MS);
  afterAll(async () => {
    await screens?.close();
    await mail?.stop();
  });

  const as = async (username: string, viewport?: typeof PHONE): Promise<Visitor> => {
    const visitor = await visit(screens, username, viewport && { viewport });
    visitors.push(visitor);
    return visitor;
  };
  const subjectsTo = (name: string): string[] =>
    mail.mails
      .filter(({ to }) => JSON.stringify(to).includes(`${name}@langson.example`))
      .map(({ subject }) => subject ?? '');
  /** The approver decides to go on with whatever is missing, and closes. */
  const close = async ({ page, go }: Visitor, number: number): Promise<void> => {
    await go(`/closing/2024-${number}`);
    for (const accept of await page.getByRole('button', { name: /^Đóng(,| khi)/ }).all()) await accept.click();
    for (const note of await page.getByLabel(/^Ghi chú cho/).all()) await note.fill('Đóng theo số trong sổ');
    await page.getByRole('button', { name: new RegExp(`Duyệt và đóng tháng ${number}`) }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: `Đóng tháng ${number}` })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await untilEvaluated(books, `2024-${number}`);
  };
  const release = async ({ page, go }: Visitor, number: number): Promise<void> => {
    await go(`/months/2024-${number}`);
    await page.getByRole('button', { name: /Phát hành/ }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Phát hành/ })
      .click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  };

  it(
    'October is closed on its sheet by one approver and released by another; the letter reaches the unit by mail',
    async () => {
      await payAndReport(books, {
        before: '2024-09',
        month: '2024-10',
        day: '2024-11-06',
        perMille: (unit) => (unit === '181' ? 5 : 50),
      });
      await close(await as('duyet'), 10);
      await release(await as('phathanh'), 10);
      await until('the letter by mail', async () =>
        subjectsTo('binhgia').find((subject) => /Đôn đốc .* tháng 10 năm 2024/.test(subject)),
      );
    },
    SLOW,
  );

  it(
    'the clerk finds the letter among what waits, numbers it, and it is frozen',
    async () => {
      const { page, go } = await as('vanthu');
      await go('/documents');
      await page
        .getByRole('row')
        .filter({ hasText: 'Huyện Bình Gia' })
        .getByRole('link', { name: /Đôn đốc giải ngân .* tháng 10 năm 2024/ })
        .click();
      await page.getByRole('heading', { level: 1, name: 'Công văn đôn đốc' }).waitFor();
      await page.getByLabel('Số', { exact: true }).fill('1487');
      await page.getByRole('button', { name: 'Cấp số 1487/UBND-TH' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cấp số 1487/UBND-TH' }).click();
      await page.getByText('Đã có số: văn bản và hai tệp không đổi được nữa.').waitFor();
      await go('/document-register');
      await page.getByText('1487/UBND-TH').first().waitFor();
    },
    SLOW,
  );

  it(
    'the unit acknowledges on a phone and explains; the department takes it',
    async () => {
      const unit = await as('binhgia', PHONE);
      await unit.go('/notices');
      await unit.page
        .getByRole('link', { name: /[Tt]háng 10.*Huyện Bình Gia/ })
        .first()
        .click();
      await unit.page.getByRole('button', { name: 'Xác nhận đã nhận' }).click();
      await unit.page.getByLabel('Nội dung').fill('Vướng mặt bằng 3 hộ, đến 20/11 bàn giao.');
      await unit.page.getByRole('button', { name: 'Gửi giải trình' }).click();
      await unit.page
        .getByRole('region', { name: 'Giải trình', exact: true })
        .getByText('Vướng mặt bằng 3 hộ')
        .waitFor();
      const staff = await as('chuyenvien');
      await staff.go('/answers');
      await staff.page.getByText('Vướng mặt bằng 3 hộ').waitFor();
      await staff.page.getByLabel('Trả lời đơn vị').fill('Có cơ sở');
      await staff.page.getByRole('button', { name: 'Chấp nhận', exact: true }).click();
      await staff.page.getByText('Không có gì chờ trả lời').waitFor();
    },
    SLOW,
  );

  it(
    'the team plans its inspection from the notice on a phone, writes the visit down and concludes',
    async () => {
      await books.post('/business-day', { date: '2024-11-12' });
      const { page, go } = await as('doan2', PHONE);
      await go('/inbox');
      await page
        .getByRole('listitem')
        .filter({ hasText: /^(?!Kết thúc).*tháng 10 năm 2024/ })
        .getByRole('link', { name: 'Mở thông báo' })
        .last()
        .click();
      await page.getByRole('link', { name: 'Lập cuộc kiểm tra' }).click();
      await page.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Huyện Bình Gia' });
      await page.getByLabel('Ngày đi').fill('2024-11-12');
      await page.getByLabel('Địa điểm').fill('Km 3, đường Tân Văn');
      await page.getByLabel('Nội dung kiểm tra').fill('Tiến độ giải ngân mười tháng');
      await page.getByRole('button', { name: 'Lập cuộc kiểm tra' }).click();
      await page.getByRole('button', { name: 'Ghi lần kiểm tra' }).click();
      await page.getByRole('button', { name: 'Thêm phát hiện' }).click();
      await page.getByRole('group', { name: 'Phát hiện 1' }).getByLabel('Nội dung').fill('Còn 3 hộ chưa bàn giao');
      await page.getByRole('button', { name: 'Gửi lần kiểm tra' }).click();
      await page.waitForURL(/\/inspections\/\d+$/);
      await page.getByText('Còn 3 hộ chưa bàn giao').waitFor();
      await page.getByRole('textbox', { name: 'Kết luận' }).fill('Chậm do mặt bằng, tháo gỡ được.');
      await page.getByRole('button', { name: 'Kết luận cuộc kiểm tra' }).click();
      await page.getByText('đã kết luận').first().waitFor();
    },
    SLOW,
  );

  it(
    'what blocks is registered, a meeting takes it up beside the case, decides, and its minutes go to the clerk',
    async () => {
      const { page, go } = await as('chuyenvien');
      await go('/settings/bodies');
      const add = page.getByRole('region', { name: 'Thêm cơ quan' });
      await add.getByLabel('Loại').selectOption('committee');
      await add.getByLabel('Tên').fill('UBND tỉnh Lạng Sơn');
      await page.getByRole('button', { name: 'Thêm cơ quan' }).click();
      await page.getByLabel('Họ và tên').fill('Nguyễn Hoàng Tùng');
      await page.getByLabel('Chức vụ').fill('Phó Chủ tịch UBND tỉnh');
      await page.getByLabel('Vai trò').selectOption('chair');
      await page.getByLabel('Từ ngày').fill('2024-01-01');
      await page.getByRole('button', { name: 'Thêm thành viên' }).click();
      await page.getByRole('rowheader', { name: 'Nguyễn Hoàng Tùng' }).waitFor();

      await go('/difficulties/new');
      await page.getByRole('button', { name: 'cả đơn vị' }).click();
      await page.getByLabel('Đơn vị', { exact: true }).selectOption({ label: 'Huyện Bình Gia' });
      await page.getByLabel('Nhóm').selectOption('site-clearance');
      await page.getByLabel('Nội dung vướng mắc').fill('Ba hộ chưa nhận tiền bồi thường ở Tân Văn');
      await page.getByLabel('Vốn bị vướng, triệu đồng').fill('21.000');
      await page.getByLabel('Người, cơ quan chủ trì xử lý').fill('UBND huyện Bình Gia');
      await page.getByLabel('Người, cơ quan có thẩm quyền quyết định').fill('UBND tỉnh');
      await page.getByLabel('Hạn xử lý').fill('2024-11-20');
      await page.getByRole('button', { name: 'Ghi vướng mắc' }).click();
      await page.waitForURL(/\/difficulties\/\d+$/);
      await page.getByRole('button', { name: 'Triệu tập họp' }).click();
      await page.getByLabel('Cơ quan họp').selectOption({ label: 'UBND tỉnh Lạng Sơn' });
      await page.getByLabel('Ngày họp').fill('2024-11-12');
      await page.getByLabel('Địa điểm').fill('Phòng họp số 2');
      await page.getByRole('button', { name: 'Triệu tập họp' }).click();
      await page.waitForURL(/\/meetings\/\d+$/);
      await page
        .getByRole('listitem')
        .filter({ hasText: 'cảnh báo' })
        .filter({ hasText: 'Bình Gia' })
        .getByRole('button', { name: /Đưa vào/ })
        .click();
      await page.getByRole('button', { name: 'Ghi chương trình 2 nội dung' }).click();
      await page.getByText('Số liệu của từng nội dung đứng yên từ nay').waitFor();
      await page.getByRole('button', { name: 'Chốt chương trình' }).click();
      await page.getByLabel('Về nội dung').selectOption({ index: 2 });
      await page.getByLabel('Nội dung giao').fill('Chi trả và bàn giao mặt bằng ba hộ');
      await page.getByLabel('Người, cơ quan thực hiện').fill('UBND huyện Bình Gia');
      await page.getByLabel('Hạn', { exact: true }).fill('2024-11-20');
      await page.getByRole('button', { name: 'Ghi kết luận' }).click();
      await page
        .getByRole('region', { name: 'Kết luận, giao việc' })
        .getByRole('listitem')
        .filter({ hasText: 'Chi trả và bàn giao mặt bằng ba hộ' })
        .waitFor();
      await page.getByLabel('Kết luận chung').fill('Thống nhất phương án.');
      await page.getByRole('button', { name: 'Kết thúc cuộc họp' }).click();
      await page.getByText('đã họp').first().waitFor();
      await page.getByRole('button', { name: 'Chuyển biên bản sang văn thư' }).click();
      await page.waitForURL(/\/documents\/\d+$/);
      await page.getByRole('heading', { name: 'Biên bản họp' }).waitFor();
    },
    SLOW,
  );

  it(
    'November clears it: the case tells the whole way, and the leaders see it among those with an inspection',
    async () => {
      await payAndReport(books, {
        before: '2024-10',
        month: '2024-11',
        day: '2024-12-06',
        perMille: (unit) => (unit === '181' ? 450 : 20),
      });
      await close(await as('duyet'), 11);
      const { page, go } = await as('lanhdao');
      await go('/effects');
      await page.getByText('1', { exact: true }).first().waitFor();
      await page.getByRole('link', { name: 'Huyện Bình Gia' }).click();
      await page.getByRole('heading', { level: 1, name: 'Cảnh báo: Huyện Bình Gia' }).waitFor();
      await page.getByText('Ra khỏi danh sách').first().waitFor();
      const told = (await page.locator('main').innerText()).replace(/\s+/g, ' ');
      for (const step of [
        'Vào danh sách',
        'Xác nhận đã nhận',
        'Đã kiểm tra',
        'Vướng mắc: mới nêu',
        'Kết luận họp',
        'Ra khỏi danh sách',
        'Đã đóng',
      ])
        expect(told).toContain(step);
      const unit = await as('binhgia', PHONE);
      await unit.go('/inbox');
      await unit.page
        .getByText(/Kết thúc: .*tháng 10 năm 2024/)
        .first()
        .waitFor();
      expect(subjectsTo('binhgia').some((subject) => /Kết thúc: .*tháng 10 năm 2024/.test(subject))).toBe(true);
      for (const visitor of visitors) {
        expect(visitor.complaints).toEqual([]);
        await visitor.leave();
      }
    },
    SLOW,
  );
});
