import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openScreens, OPENING_LIMIT_MS, problemsEverywhere, type Screens, visit } from '../harness/screens.js';

const SLOW = 120_000;
const BODY = 'Uỷ ban nhân dân tỉnh Lạng Sơn';
const CASE = 'Huyện Bình Gia: thấp hơn bình quân chung 8 tháng liên tiếp';
const TASK = 'Hoàn tất hồ sơ thanh toán các dự án nông thôn mới';

describe('meetings about what is on the list, in a real browser on the real program', () => {
  let screens: Screens;
  let first = '';
  beforeAll(async () => {
    screens = await openScreens();
  }, OPENING_LIMIT_MS);
  afterAll(() => screens?.close());

  it(
    'staff set up a body with its members; ending one says what follows from it first',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go('/meetings');
      await page.getByText('Chưa có cơ quan họp; lập trong Thiết lập trước.').waitFor();
      await go('/settings/bodies');
      await page.getByRole('region', { name: 'Thêm cơ quan' }).getByLabel('Tên').fill(BODY);
      await page.getByRole('button', { name: 'Thêm cơ quan' }).click();
      const body = page.getByRole('region', { name: BODY });
      const form = body.getByRole('form', { name: `Thêm thành viên: ${BODY}` });
      for (const [name, position, part] of [
        ['Nguyễn Hoàng Phương Thảo', 'Phó Chủ tịch', 'chair'],
        ['Lê Văn Tư', 'Chánh Văn phòng', 'secretary'],
        ['Trần Thị Ánh Nguyệt', 'Giám đốc Sở Kế hoạch và Đầu tư', 'member'],
      ] as const) {
        await form.getByLabel('Họ và tên').fill(name);
        await form.getByLabel('Chức vụ').fill(position);
        await form.getByLabel('Vai trò').selectOption(part);
        await form.getByRole('button', { name: 'Thêm thành viên' }).click();
        await body.getByRole('rowheader', { name }).waitFor();
      }
      const gone = body.getByRole('row').filter({ hasText: 'Trần Thị Ánh Nguyệt' });
      await gone.getByRole('button', { name: 'Thôi từ hôm nay' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('biên bản các cuộc họp trước giữ nguyên tên', { exact: false }).waitFor();
      await dialog.getByRole('button', { name: 'Thôi từ hôm nay' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await gone.innerText()).toContain('07/10/2024');
      expect(await gone.getByRole('button').count()).toBe(0);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'a meeting is called, its agenda put together from open cases and fixed only as it was saved',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go('/meetings');
      await page.getByLabel('Cơ quan họp').selectOption({ label: BODY });
      await page.getByLabel('Ngày họp').fill('2024-10-07');
      await page.getByLabel('Địa điểm').fill('Phòng họp số 2');
      await page.getByRole('button', { name: 'Triệu tập họp' }).click();
      await page.getByRole('heading', { level: 1, name: `${BODY}, họp ngày 07/10/2024` }).waitFor();
      first = new URL(page.url()).pathname;

      const fix = page.getByRole('button', { name: 'Chốt chương trình' });
      expect(await fix.getAttribute('aria-disabled')).toBe('true');
      const offered = page.getByRole('region', { name: 'Có thể đưa vào chương trình' });
      await offered.getByRole('listitem').filter({ hasText: CASE }).getByRole('button', { name: 'Đưa vào' }).click();
      await page.getByLabel('Nội dung khác').fill('Kế hoạch đầu tư công năm 2025');
      await page.getByRole('button', { name: 'Thêm nội dung khác' }).click();
      await page.getByRole('button', { name: 'Chuyển lên: Kế hoạch đầu tư công năm 2025' }).click();
      await page.getByText('Ghi chương trình trước khi chốt.').waitFor();
      expect(await problemsEverywhere(screens, 'duyet', [[first, CASE]])).toEqual([]);
      await page.getByRole('button', { name: 'Ghi chương trình 2 nội dung' }).click();
      await page.getByText('Số liệu của từng nội dung đứng yên từ nay; sau đó mới ghi được kết luận.').waitFor();
      await fix.click();
      await page.getByText('đã chốt, không đổi').waitFor();
      const agenda = page.getByRole('region', { name: 'Chương trình', exact: true }).getByRole('listitem');
      const order = (await agenda.allInnerTexts()).map((text) => text.replace(/[\u202f\u00a0]/g, ' '));
      expect(order[0]).toContain('Kế hoạch đầu tư công năm 2025');
      expect(order[1]).toMatch(/34\.783\.680\.000 đồng trên kế hoạch 91\.200\.000\.000 đồng/);
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );

  it(
    'it decides who does what by when; its screens are accessible at a desk and on a phone, light and dark',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go(first);
      await page.getByLabel('Về nội dung').selectOption({ label: `2. ${CASE}` });
      await page.getByLabel('Nội dung giao').fill(TASK);
      await page.getByLabel('Người, cơ quan thực hiện').fill('UBND huyện Bình Gia');
      await page.getByLabel('Hạn', { exact: true }).fill('2024-10-20');
      await page.getByRole('button', { name: 'Ghi kết luận' }).click();
      await page.getByText('UBND huyện Bình Gia · hạn 20/10/2024').waitFor();
      expect(complaints).toEqual([]);
      await leave();
      const pages = [
        [first, TASK],
        ['/meetings', TASK],
        ['/settings/bodies', BODY],
      ] as const;
      expect(await problemsEverywhere(screens, 'chuyenvien', pages)).toEqual([]);
      const forLeaders = [
        ['/effects', 'Không kiểm tra'],
        ['/cases/2', 'Diễn biến'],
      ] as const;
      expect(await problemsEverywhere(screens, 'lanhdao', forLeaders)).toEqual([]);
    },
    SLOW,
  );

  it(
    'it ends with its minutes, which staff hand to the clerk; what is not done comes first the next time',
    async () => {
      const { page, go, leave, complaints } = await visit(screens, 'chuyenvien');
      await go(first);
      const closing = page.getByRole('region', { name: 'Kết thúc cuộc họp' });
      // Who left on that day was still a member on it.
      expect(await closing.getByRole('checkbox').count()).toBe(3);
      await closing.getByLabel(/Lê Văn Tư/).uncheck();
      await closing.getByLabel('Kết luận chung').fill('Giải ngân theo tuần.');
      await closing.getByRole('button', { name: 'Kết thúc cuộc họp' }).click();
      const minutes = page.getByRole('region', { name: 'Kết luận chung' });
      await minutes.getByText(/Nguyễn Hoàng Phương Thảo/).waitFor();
      expect(await minutes.getByText(/Lê Văn Tư/).count()).toBe(0);
      const paper = await page.request.get(
        `${screens.product.address}${await page.getByRole('link', { name: 'Biên bản, PDF' }).getAttribute('href')}`,
      );
      expect((await paper.body()).subarray(0, 5).toString()).toBe('%PDF-');
      await page.getByRole('button', { name: 'Chuyển biên bản sang văn thư' }).click();
      await page.getByRole('heading', { level: 1, name: 'Biên bản họp' }).waitFor();
      await page.getByText('Chờ cấp số').first().waitFor();

      // From the minutes on it stands on the case, each leading to the other.
      await go(first);
      await page.getByRole('link', { name: CASE }).click();
      await page.getByRole('heading', { level: 1, name: 'Cảnh báo: Huyện Bình Gia' }).waitFor();
      await page.getByText('Kết luận họp: đang làm').waitFor();
      // That notices were drafted and arrived is on the notices: here stands what was done.
      expect(await page.getByText('Soạn dự thảo').count()).toBe(0);
      await page.getByRole('link', { name: 'Văn bản gửi đơn vị' }).waitFor();
      await page.getByRole('link', { name: TASK }).click();
      await page.getByRole('heading', { level: 1, name: `${BODY}, họp ngày 07/10/2024` }).waitFor();

      await go('/meetings');
      await page.getByLabel('Cơ quan họp').selectOption({ label: BODY });
      await page.getByLabel('Ngày họp').fill('2024-10-21');
      await page.getByLabel('Địa điểm').fill('Phòng họp số 2');
      await page.getByRole('button', { name: 'Triệu tập họp' }).click();
      await page.getByText('kết luận chưa xong, luôn đứng đầu').waitFor();
      await go('/meetings');
      const open = page.getByRole('region', { name: 'Việc đã kết luận, chưa xong' });
      await open.getByRole('button', { name: 'Đã xong' }).click();
      await open.getByLabel('Kết quả: đã xong').fill('Kho bạc đã nhận đủ hồ sơ.');
      await open.getByRole('button', { name: 'Đã xong' }).click();
      await open.getByText('Không có việc nào chưa xong.').waitFor();
      expect(complaints).toEqual([]);
      await leave();
    },
    SLOW,
  );
});
