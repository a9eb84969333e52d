import { request as rawRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { DomainError, Month, systemActor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { sweepKeptAnswers } from '#libs/platform';
import { ERROR_WORDS } from '../../apps/api/shell/error-words/index.js';
import { problemOf } from '../../apps/api/shell/problem.filter.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, PASSWORD, smallOffice, decideAll } from '../harness/small-office.js';

interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  errors?: { pointer: string; detail: string }[];
}

/** What is expected of a refusal; `vi` and `en` are the words at `pointer`, or of the whole problem without one. */
interface Refusal {
  status: number;
  code: string;
  pointer?: string;
  vi: string;
  en: string;
}

const WRONG_FIELD = { status: 400, code: 'invalid-input' };
const entry = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  unitCode: 'A',
  projectCode: 'P-A',
  sourceCode: 'NSDP',
  kind: 'payment',
  basis: 'actual',
  amountDong: 10,
  ...more,
});
const entries = (more: Record<string, unknown>, month = '2024-02'): Record<string, unknown> => ({
  month,
  entries: [entry(more)],
});
const decision = (more: Record<string, unknown> = {}, line: Record<string, unknown> = {}): Record<string, unknown> => ({
  planYear: 2024,
  number: '99/QĐ',
  decisionDate: '2024-03-01',
  level: 'province',
  kind: 'supplement',
  lines: [{ basis: 'province', unitCode: 'A', projectCode: 'P-A', sourceCode: 'NSDP', amountDong: 10, ...line }],
  ...more,
});
const unit = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  code: 'N',
  kind: 'district',
  group: 'district',
  name: 'Huyện N',
  ...more,
});

/** The small office, month 1 closed and evaluated. */
describe('bad input gets a clear error and loses nothing', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let approver: Caller;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await bookMonth(api.db, 1, { A: 6n, B: 14n });
    await closeMonth(api.db, actorFor('approver'), Month.of(2024, 1));
    await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month: 1, monthVersion: 1 });
    staff = await api.signIn('staff');
    approver = await api.signIn('approver');
    // For the one case that speaks to the socket itself.
    await api.app.listen(0, '127.0.0.1');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  /** Everything a write could have touched. */
  const books = async (): Promise<unknown> =>
    api.db.query(
      `SELECT (SELECT seq FROM audit_head), (SELECT hash FROM audit_head),
              (SELECT json_agg(t ORDER BY t.*) FROM disbursement_total AS t) AS disbursed,
              (SELECT json_agg(t ORDER BY t.*) FROM allocation_total AS t) AS allocated,
              (SELECT json_agg(u ORDER BY u.code) FROM unit AS u) AS units,
              (SELECT json_agg(m ORDER BY m.*) FROM reporting_month AS m) AS months,
              (SELECT count(*) FROM disbursement_entry) AS entries, (SELECT count(*) FROM allocation_line) AS lines,
              (SELECT count(*) FROM allocation_decision) AS decisions, (SELECT count(*) FROM monthly_report) AS reports,
              (SELECT count(*) FROM outbox_message) AS messages, (SELECT count(*) FROM idempotency_record) AS keys`,
    );

  /** Sends the same twice, in Vietnamese and in English, and looks at the books before and after. */
  async function refused(send: () => supertest.Test, { status, code, pointer, vi, en }: Refusal): Promise<void> {
    const before = await books();
    for (const [language, words] of [
      ['vi', vi],
      ['en', en],
    ] as const) {
      const answer = await send().set('accept-language', language);
      const problem = answer.body as Problem;
      const found = { status: answer.status, code: problem.code, detail: problem.detail };
      if (pointer === undefined) expect(found).toEqual({ status, code, detail: words });
      else {
        expect(found).toEqual({ status, code, detail: problem.detail });
        expect(problem.errors).toEqual([{ pointer, detail: words }]);
      }
      expectProblem(answer, language);
    }
    expect(await books()).toEqual(before);
  }

  /** RFC 9457, in the language asked for, traceable, and never a word of the machine. */
  function expectProblem(answer: supertest.Response, language = 'vi'): void {
    const problem = answer.body as Problem;
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.headers['content-language']).toBe(language);
    expect(problem).toMatchObject({ type: `urn:problem:${problem.code}`, status: answer.status });
    expect(problem.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(problem.detail).not.toMatch(/undefined|null|NaN/);
    expect(answer.text).not.toMatch(/\bat \w+.*\.js|SELECT|INSERT|node_modules/);
  }

  it('the title says what kind of problem it is, without the facts of this one and without a hole for them', () => {
    const codes = Object.keys(ERROR_WORDS);
    expect(codes.length).toBeGreaterThan(40);
    const titles = codes.map((code) => problemOf(new DomainError(code), 'vi', 'x').title);
    expect(titles.filter((title) => /undefined|NaN|  |[""] |on ,/.test(title))).toEqual([]);
  });

  describe('an entry', () => {
    const cases: [what: string, body: () => Record<string, unknown>, expected: Refusal][] = [
      [
        'of an unknown unit',
        () => entries({ unitCode: 'HUYỆN-X' }),
        {
          status: 422,
          code: 'entries-refused',
          pointer: '/entries/0/unitCode',
          vi: 'Không có đơn vị mã HUYỆN-X.',
          en: 'There is no unit with code HUYỆN-X.',
        },
      ],
      [
        'of an unknown project',
        () => entries({ projectCode: 'P-X' }),
        {
          status: 422,
          code: 'entries-refused',
          pointer: '/entries/0/projectCode',
          vi: 'Không có dự án mã P-X.',
          en: 'There is no project with code P-X.',
        },
      ],
      [
        'of another unit’s project',
        () => entries({ projectCode: 'P-B' }),
        {
          status: 422,
          code: 'entries-refused',
          pointer: '/entries/0/projectCode',
          vi: 'Dự án P-B không do đơn vị A quản lý trong tháng này.',
          en: 'Project P-B is not held by unit A in this month.',
        },
      ],
      [
        'of an unknown source',
        () => entries({ sourceCode: 'X' }),
        {
          status: 422,
          code: 'entries-refused',
          pointer: '/entries/0/sourceCode',
          vi: 'Không có nguồn vốn mã X.',
          en: 'There is no funding source with code X.',
        },
      ],
      [
        'in month 14',
        () => entries({}, '2024-14'),
        {
          ...WRONG_FIELD,
          pointer: '/month',
          vi: 'Phải là kỳ báo cáo như 2024-09, tháng 01 đến 13, nhận được "2024-14".',
          en: 'Must be a reporting month such as 2024-09, months 01 to 13, found "2024-14".',
        },
      ],
      [
        'of 1.5 đồng',
        () => entries({ amountDong: 1.5 }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/amountDong',
          vi: 'Phải là số nguyên đồng trong khoảng ±9.007.199.254.740.991, nhận được 1.5.',
          en: 'Must be a whole number of đồng within ±9,007,199,254,740,991, found 1.5.',
        },
      ],
      [
        'of 10^17 đồng',
        () => entries({ amountDong: 1e17 }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/amountDong',
          vi: 'Phải là số nguyên đồng trong khoảng ±9.007.199.254.740.991, nhận được 100000000000000000.',
          en: 'Must be a whole number of đồng within ±9,007,199,254,740,991, found 100000000000000000.',
        },
      ],
      [
        'of a number as text',
        () => entries({ amountDong: '10' }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/amountDong',
          vi: 'Phải là số nguyên đồng trong khoảng ±9.007.199.254.740.991, nhận được "10".',
          en: 'Must be a whole number of đồng within ±9,007,199,254,740,991, found "10".',
        },
      ],
      [
        'of a negative payment without a reason',
        () => entries({ amountDong: -10 }),
        {
          status: 422,
          code: 'entries-refused',
          pointer: '/entries/0/reason',
          vi: 'Số âm, hoàn trả và điều chỉnh cần ghi lý do; chỉ thu hồi tạm ứng là không cần.',
          en: 'Negative amounts, refunds and corrections need a reason; only recovering an advance does not.',
        },
      ],
      [
        'in a closed month',
        () => entries({}, '2024-01'),
        {
          status: 409,
          code: 'month-closed',
          vi: 'Tháng 2024-01 đã đóng, sổ không nhận thêm. Ghi vào tháng đang mở hoặc xin mở lại tháng.',
          en: 'Month 2024-01 is closed and takes no writes. Use an open month or have it reopened.',
        },
      ],
      [
        'in a year that is not open',
        () => entries({}, '2031-01'),
        {
          status: 404,
          code: 'month-not-opened',
          vi: 'Năm kế hoạch của tháng 2031-01 chưa được mở.',
          en: 'The plan year of month 2031-01 has not been opened.',
        },
      ],
      [
        'with an unknown field',
        () => entries({ colour: 'xanh' }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/colour',
          vi: 'Không có trường này.',
          en: 'There is no such field.',
        },
      ],
      [
        'with NUL in its text',
        () => entries({ documentNo: 'HĐ\u0000 12' }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/documentNo',
          vi: 'Phải là chữ không rỗng, không có ký tự điều khiển (như NUL), không quá dài.',
          en: 'Must be text that is not empty, without control characters (such as NUL), not too long.',
        },
      ],
      [
        'with half of a character (a lone surrogate)',
        () => entries({ reason: 'lý do \ud83d' }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/reason',
          vi: 'Phải là chữ không rỗng, không có ký tự điều khiển (như NUL), không quá dài.',
          en: 'Must be text that is not empty, without control characters (such as NUL), not too long.',
        },
      ],
      [
        'on 30 February',
        () => entries({ documentDate: '2024-02-30' }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/documentDate',
          vi: 'Phải là ngày có thật, viết yyyy-mm-dd, nhận được "2024-02-30".',
          en: 'Must be a real day, written yyyy-mm-dd, found "2024-02-30".',
        },
      ],
      [
        'on a day written as people do',
        () => entries({ documentDate: '29/02/2024' }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/documentDate',
          vi: 'Phải là ngày có thật, viết yyyy-mm-dd, nhận được "29/02/2024".',
          en: 'Must be a real day, written yyyy-mm-dd, found "29/02/2024".',
        },
      ],
      [
        'of an unknown kind',
        () => entries({ kind: 'gift' }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/kind',
          vi: 'Giá trị "gift" không có trong danh mục.',
          en: '"gift" is not one of the allowed values.',
        },
      ],
      [
        'that corrects an entry that is not there',
        () => entries({ kind: 'correction', reason: 'Ghi nhầm', corrects: 4711 }),
        {
          status: 422,
          code: 'entries-refused',
          pointer: '/entries/0/corrects',
          vi: 'Không có bút toán 4711 trong năm kế hoạch này để điều chỉnh.',
          en: 'There is no entry 4711 of this plan year to correct.',
        },
      ],
      [
        'that corrects an id beyond every id',
        () => entries({ kind: 'correction', reason: 'Ghi nhầm', corrects: 9_007_199_254_740_991 }),
        {
          ...WRONG_FIELD,
          pointer: '/entries/0/corrects',
          vi: 'Quá lớn: 9007199254740991.',
          en: 'Too large: 9007199254740991.',
        },
      ],
      [
        'one of 1001',
        () => ({ month: '2024-02', entries: Array.from({ length: 1001 }, () => entry()) }),
        { ...WRONG_FIELD, pointer: '/entries', vi: 'Danh sách quá dài.', en: 'The list is too long.' },
      ],
      [
        'none at all',
        () => ({ month: '2024-02', entries: [] }),
        { ...WRONG_FIELD, pointer: '/entries', vi: 'Danh sách còn trống.', en: 'The list is empty.' },
      ],
    ];

    it.each(cases)('%s', async (_, body, expected) => {
      await refused(() => staff.post('/disbursements', body()), expected);
    });

    it('all that is wrong is said at once, each at its place, and the good ones are not booked either', async () => {
      const before = await books();
      const { body } = await staff
        .post('/disbursements', {
          month: '2024-02',
          entries: [entry(), entry({ unitCode: 'X' }), entry({ sourceCode: 'Y', amountDong: -1 })],
        })
        .expect(422);
      expect((body as Problem).errors?.map(({ pointer }) => pointer).sort()).toEqual([
        '/entries/1/unitCode',
        '/entries/2/reason',
        '/entries/2/sourceCode',
      ]);
      expect(await books()).toEqual(before);
    });

    it.each([null, 1, 'x', true, [], [[]], {}])('that is %j, no entry at all', async (wrong) => {
      const before = await books();
      const answer = await staff.post('/disbursements', { month: '2024-02', entries: [entry(), wrong] });
      expect([answer.status, (answer.body as Problem).code]).toEqual([400, 'invalid-input']);
      expectProblem(answer);
      expect(await books()).toEqual(before);
    });

    it.each([null, 1, 'x', {}])('in a list that is %j, no list', async (wrong) => {
      const before = await books();
      const answer = await staff.post('/disbursements', { month: '2024-02', entries: wrong });
      expect([answer.status, (answer.body as Problem).code]).toEqual([400, 'invalid-input']);
      expect(await books()).toEqual(before);
    });

    it('1000 are taken, all of them, with 4 MiB to spare', async () => {
      const { body } = await staff
        .post('/disbursements', {
          month: '2024-12',
          // Ten times the plan of 100 đồng: that needs a reason.
          entries: Array.from({ length: 1000 }, () => entry({ amountDong: 1, reason: 'Thử giới hạn' })),
        })
        .expect(201);
      expect((body as { ids: number[] }).ids).toHaveLength(1000);
    });

    it('±(2^53 − 1) đồng is taken to the đồng', async () => {
      const most = Number.MAX_SAFE_INTEGER;
      await staff
        .post('/disbursements', {
          month: '2024-11',
          entries: [entry({ amountDong: most }), entry({ amountDong: -most, reason: 'Hoàn trả' })],
        })
        .expect(201);
      const { body } = await staff.get('/disbursements?planYear=2024&month=11').expect(200);
      const { items, totalDong } = body as { items: { amountDong: number }[]; totalDong: number };
      expect([items.map(({ amountDong }) => amountDong), totalDong]).toEqual([[-most, most], 0]);
    });
  });

  describe('a decision', () => {
    const cases: [what: string, body: Record<string, unknown>, expected: Refusal][] = [
      [
        'of an unknown unit',
        decision({}, { unitCode: 'X', projectCode: null }),
        {
          status: 422,
          code: 'lines-refused',
          pointer: '/lines/0/unitCode',
          vi: 'Không có đơn vị mã X.',
          en: 'There is no unit with code X.',
        },
      ],
      [
        'effective in a closed month',
        decision({ decisionDate: '2024-01-15' }),
        {
          status: 409,
          code: 'month-closed',
          vi: 'Tháng 2024-01 đã đóng, sổ không nhận thêm. Ghi vào tháng đang mở hoặc xin mở lại tháng.',
          en: 'Month 2024-01 is closed and takes no writes. Use an open month or have it reopened.',
        },
      ],
      [
        'effective after the year',
        decision({ effectiveDate: '2025-02-01' }),
        {
          status: 400,
          code: 'decision-outside-year',
          vi: 'Quyết định 99/QĐ có hiệu lực 01/02/2025, sau ngày cuối của năm kế hoạch 2024 (31/01 năm sau).',
          en: 'Decision 99/QĐ takes effect on 01/02/2025, after the last day of plan year 2024 (31 January).',
        },
      ],
      [
        'that is in the books already',
        decision({ number: '01/QĐ', decisionDate: '2024-01-02', effectiveDate: '2024-03-01' }),
        {
          status: 409,
          code: 'decision-exists',
          vi: 'Quyết định 01/QĐ cùng ngày đã có trong sổ.',
          en: 'Decision 01/QĐ of that date is in the books already.',
        },
      ],
      [
        'of a transfer that does not balance',
        decision({ kind: 'transfer' }),
        {
          status: 400,
          code: 'transfer-not-zero',
          vi: 'Điều chuyển 99/QĐ phải có tổng bằng 0, hiện là 10 đồng.',
          en: 'Transfer 99/QĐ must sum to 0, it sums to 10 đồng.',
        },
      ],
      [
        'with 10^17 đồng',
        decision({}, { amountDong: 1e17 }),
        {
          ...WRONG_FIELD,
          pointer: '/lines/0/amountDong',
          vi: 'Phải là số nguyên đồng trong khoảng ±9.007.199.254.740.991, nhận được 100000000000000000.',
          en: 'Must be a whole number of đồng within ±9,007,199,254,740,991, found 100000000000000000.',
        },
      ],
    ];

    it.each(cases)('%s', async (_, body, expected) => {
      await refused(() => staff.post('/allocation-decisions', body), expected);
    });

    it('with a plan year as text', async () => {
      const before = await books();
      const { body } = await staff.post('/allocation-decisions', decision({ planYear: '2024' })).expect(400);
      // It is neither a number nor within the years: all that is wrong is said.
      expect((body as Problem).errors).toContainEqual({
        pointer: '/planYear',
        detail: 'Phải là số nguyên, nhận được "2024".',
      });
      expect(await books()).toEqual(before);
    });
  });

  describe('a unit', () => {
    it('whose name is in NFD is kept in NFC, so that it is found again', async () => {
      const name = 'Huyện Đình Lập';
      const { body } = await staff
        .post('/units', unit({ code: 'ĐL'.normalize('NFD'), name: name.normalize('NFD') }))
        .expect(201);
      expect(body).toMatchObject({ code: 'ĐL'.normalize('NFC'), name: name.normalize('NFC') });
      expect(await api.db.query('SELECT code FROM unit WHERE name = $1', [name.normalize('NFC')])).toHaveLength(1);
    });

    const cases: [what: string, body: Record<string, unknown>, expected: Refusal][] = [
      [
        'with a code that is taken',
        unit({ code: 'A' }),
        {
          status: 409,
          code: 'unit-exists',
          vi: 'Mã đơn vị A đã dùng; mã không bao giờ dùng lại.',
          en: 'Unit code A is taken; a code is never reused.',
        },
      ],
      [
        'that ends before it begins',
        unit({ validFrom: '2024-07-01', validTo: '2024-06-30' }),
        {
          status: 400,
          code: 'unit-dates-crossed',
          vi: 'Ngày bắt đầu 01/07/2024 sau ngày kết thúc 30/06/2024.',
          en: 'The first day 01/07/2024 is after the last day 30/06/2024.',
        },
      ],
      [
        'with a name of blanks',
        unit({ name: '   ' }),
        {
          ...WRONG_FIELD,
          pointer: '/name',
          vi: 'Phải là chữ không rỗng, không có ký tự điều khiển (như NUL), không quá dài.',
          en: 'Must be text that is not empty, without control characters (such as NUL), not too long.',
        },
      ],
      [
        'of an unknown kind',
        unit({ kind: 'province' }),
        {
          ...WRONG_FIELD,
          pointer: '/kind',
          vi: 'Giá trị "province" không có trong danh mục.',
          en: '"province" is not one of the allowed values.',
        },
      ],
    ];

    it.each(cases)('%s', async (_, body, expected) => {
      await refused(() => staff.post('/units', body), expected);
    });

    it('changed without If-Match, or with one that is no ETag: 428', async () => {
      const expected = {
        status: 428,
        code: 'if-match-missing',
        vi: 'Sửa cần tiêu đề If-Match với ETag của bản đang xem.',
        en: 'An edit needs an If-Match header with the ETag of what was seen.',
      };
      await refused(() => staff.patch('/units/B', { name: 'Mới' }), expected);
      for (const etag of ['*', 'x', '"x"', 'W/"1"'])
        await refused(() => staff.patch('/units/B', { name: 'Mới' }).set('if-match', etag), expected);
    });

    it('changed by two: the second, who saw the first state, gets 412 and what the first wrote stays', async () => {
      const { headers } = await staff.get('/units/B').expect(200);
      const etag = headers['etag'] as string;
      const { headers: after } = await staff.patch('/units/B', { name: 'Ban B' }).set('if-match', etag).expect(200);
      expect(after['etag']).not.toBe(etag);
      await refused(() => staff.patch('/units/B', { name: 'Ban khác' }).set('if-match', etag), {
        status: 412,
        code: 'unit-changed-meanwhile',
        vi: 'Đơn vị B vừa được người khác sửa. Tải lại rồi sửa tiếp; những gì bạn gõ vẫn còn ở đây.',
        en: 'Unit B was changed by someone else meanwhile. Reload it and edit again.',
      });
      await staff
        .patch('/units/B', { name: 'Ban khác' })
        .set('if-match', after['etag'] as string)
        .expect(200);
    });

    it('that does not exist cannot be changed', async () => {
      await refused(() => staff.patch('/units/ZZZ', { name: 'Mới' }).set('if-match', '"1"'), {
        status: 404,
        code: 'unit-unknown',
        vi: 'Không có đơn vị mã ZZZ.',
        en: 'There is no unit with code ZZZ.',
      });
    });
  });

  describe('a month', () => {
    it('closed twice, out of order, or that is no month', async () => {
      await refused(() => approver.post('/months/2024-01/close'), {
        status: 409,
        code: 'month-already-closed',
        vi: 'Tháng 2024-01 đã đóng rồi.',
        en: 'Month 2024-01 is closed already.',
      });
      await refused(() => approver.post('/months/2024-03/close'), {
        status: 409,
        code: 'month-out-of-order',
        vi: 'Chưa đóng được tháng 2024-03: các tháng trước của năm kế hoạch phải đóng trước.',
        en: 'Month 2024-03 cannot close yet: the months before it close first.',
      });
      await refused(() => approver.post('/months/2024-12/close'), {
        status: 409,
        code: 'month-not-over',
        vi: 'Tháng 2024-12 kết thúc ngày 31/12/2024, chưa đóng được.',
        en: 'Month 2024-12 ends on 31/12/2024 and cannot close before.',
      });
      for (const month of ['2024-14', '2024-00', '2024-1', 'tháng-9', '2024-09-01'])
        await refused(() => approver.post(`/months/${encodeURIComponent(month)}/close`), {
          status: 400,
          code: 'month-malformed',
          vi: `"${month}" không phải kỳ báo cáo: viết năm kế hoạch và tháng 01 đến 13, ví dụ 2024-09.`,
          en: `"${month}" is not a reporting month: write the plan year and 01 to 13, for example 2024-09.`,
        });
    });

    it('without a result yet', async () => {
      const expected = {
        status: 404,
        code: 'evaluation-missing',
        vi: 'Tháng 2024-02 chưa có kết quả: bình quân và danh sách có sau khi đóng tháng.',
        en: 'Month 2024-02 has no result yet: the average and the list come after it is closed.',
      };
      for (const path of ['/evaluations/2024-02', '/overviews/2024-02', '/units/A/year?planYear=2024&throughMonth=2'])
        await refused(() => staff.get(path), expected);
    });

    it('a report that was given already', async () => {
      await staff.post('/months/2024-02/reports', { unitCode: 'A' }).expect(201);
      await refused(() => staff.post('/months/2024-02/reports', { unitCode: 'A' }), {
        status: 409,
        code: 'report-exists',
        vi: 'Đơn vị A đã nộp báo cáo tháng 2024-02.',
        en: 'Unit A has reported month 2024-02 already.',
      });
    });

    it('the business day of a real office does not move by hand', async () => {
      await refused(() => staff.post('/business-day', { date: '2025-01-02' }), {
        status: 409,
        code: 'business-day-not-movable',
        vi: 'Ngày làm việc chỉ chỉnh được trong bản trình diễn, và chỉ chỉnh tới.',
        en: 'The business day can be moved in the demonstration only, and only forward.',
      });
    });
  });

  describe('a request', () => {
    it.each([
      ['cut off', '{"month": "2024-02", "entries": ['],
      ['with a word too many', '{} {}'],
      ['with a number no JSON knows', '{"month": 0x10}'],
      ['of nothing', ''],
      ['with __proto__', '{"__proto__": {"role": "admin"}, "month": "2024-02"}'],
      ['with constructor.prototype', '{"constructor": {"prototype": {"role": "admin"}}}'],
    ])('%s is no JSON of ours', async (_, body) => {
      await refused(() => staff.post('/disbursements').set('content-type', 'application/json').send(body), {
        status: 400,
        code: 'body-not-json',
        vi: 'Nội dung gửi lên không phải JSON đúng.',
        en: 'The body is not valid JSON.',
      });
    });

    it('with __proto__ inside an entry pollutes nothing', async () => {
      const body = `{"month": "2024-02", "entries": [{"__proto__": {"amountDong": 1}, "constructor": {}}]}`;
      await staff.post('/disbursements').set('content-type', 'application/json').send(body).expect(400);
      expect(({} as Record<string, unknown>)['amountDong']).toBeUndefined();
    });

    it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
      'of the type %s',
      async (type) => {
        await refused(() => staff.post('/disbursements').set('content-type', type).send('month=2024-02'), {
          status: 415,
          code: 'media-type-unknown',
          vi: 'Chỉ nhận application/json.',
          en: 'Only application/json is taken here.',
        });
      },
    );

    it.each(['[]', '[{}]', '1', 'null', '"x"', 'true'])('whose body is JSON but no object: %s', async (body) => {
      const before = await books();
      for (const path of [
        '/disbursements',
        '/units',
        '/allocation-decisions',
        '/sessions',
        '/months/2024-02/reports',
      ]) {
        const answer = await staff.post(path).set('content-type', 'application/json').send(body);
        expect([path, answer.status]).toEqual([path, 400]);
        expectProblem(answer);
      }
      expect(await books()).toEqual(before);
    });

    it('of 50 MB is refused by its announced length, before it is sent', async () => {
      const before = await books();
      const answer = await raw('content-length', String(50 * 1024 * 1024), 1);
      expect(answer).toMatchObject({ status: 413, code: 'body-too-large' });
      expect(await books()).toEqual(before);
    });

    it('of 50 MB that does not say how long it is, is cut off on the way', async () => {
      const before = await books();
      const answer = await raw('transfer-encoding', 'chunked', 50 * 1024 * 1024);
      expect(answer).toMatchObject({ status: 413, code: 'body-too-large' });
      expect(await books()).toEqual(before);
    });

    it('a little over 4 MiB is told the limit in both languages; a little under is read', async () => {
      const of = (bytes: number): supertest.Test =>
        staff
          .post('/disbursements')
          .set('content-type', 'application/json')
          .send(`{"note":"${'x'.repeat(bytes - 11)}"}`);
      await refused(() => of(4 * 1024 * 1024 + 1), {
        status: 413,
        code: 'body-too-large',
        vi: 'Nội dung gửi lên lớn hơn 4 MiB. Chia nhỏ hoặc dùng nhập tệp.',
        en: 'The body is larger than 4 MiB. Split it or import a file.',
      });
      const { body } = await of(4 * 1024 * 1024).expect(400);
      expect((body as Problem).code).toBe('invalid-input');
    });

    it('to nowhere', async () => {
      const expected = {
        status: 404,
        code: 'not-found',
        vi: 'Không có địa chỉ này.',
        en: 'There is nothing at this address.',
      };
      for (const path of ['/nothing', '/units/A/nothing', '/disbursements/1', '/../../etc/passwd'])
        await refused(() => staff.get(path), expected);
      await refused(() => staff.post('/nothing', {}), expected);
    });

    it.each([
      ['put', '/units/A'],
      ['delete', '/units/A'],
      ['patch', '/disbursements'],
      ['delete', '/disbursements'],
      ['get', '/months/2024-02/close'],
    ] as const)('%s %s, a kind that the address does not take', async (method, path) => {
      await refused(() => supertest(api.app.getHttpServer())[method](`/api/v1${path}`), {
        status: 405,
        code: 'method-not-allowed',
        vi: 'Địa chỉ này không nhận kiểu yêu cầu đó.',
        en: 'This address does not take that kind of request.',
      });
    });

    it('asks in Vietnamese unless English is preferred', async () => {
      const language = async (header: string): Promise<string> =>
        (await staff.get('/units/ZZZ').set('accept-language', header)).headers['content-language'] as string;
      expect(await language('')).toBe('vi');
      expect(await language('fr-FR, fr;q=0.9')).toBe('vi');
      expect(await language('vi-VN,vi;q=0.9,en;q=0.8')).toBe('vi');
      expect(await language('en-GB,en;q=0.9,vi;q=0.8')).toBe('en');
      expect(await language('fr, en;q=0.8')).toBe('en');
    });
  });

  describe('a question', () => {
    it.each(['%20', 'x', '!!!!', 'AAAA', 'MQ%3D%3D', '%00', 'LTE', 'OTk5OTk5OTk5OTk5', 'a'.repeat(300)])(
      'with the cursor %s',
      async (cursor) => {
        await refused(() => staff.get(`/disbursements?planYear=2024&cursor=${cursor}`), {
          status: 400,
          code: 'cursor-unknown',
          vi: 'Con trỏ trang không đúng; lấy lại từ trang đầu.',
          en: 'The page cursor is not right; begin again at the first page.',
        });
      },
    );

    it('with a cursor of a list in the order of names that is no cursor of it, is no failure', async () => {
      for (const path of ['/units', '/projects', '/evaluations/2024-01', '/notices', '/warning-cases'])
        for (const cursor of ['!!!!', '%00', 'x'.repeat(400)]) {
          const answer = await staff.get(`${path}?cursor=${cursor}`);
          expect([path, cursor, [400, 404].includes(answer.status)]).toEqual([path, cursor, true]);
          expectProblem(answer);
        }
    });

    const cases: [query: string, pointer: string, vi: string, en: string][] = [
      ['planYear=2024&limit=0', '/limit', 'Quá nhỏ: 0.', 'Too small: 0.'],
      ['planYear=2024&limit=201', '/limit', 'Quá lớn: 201.', 'Too large: 201.'],
      ['planYear=2024&colour=red', '/colour', 'Không có trường này.', 'There is no such field.'],
      ['planYear=2024&month=14', '/month', 'Quá lớn: 14.', 'Too large: 14.'],
      ['planYear=2024&throughMonth=0', '/throughMonth', 'Quá nhỏ: 0.', 'Too small: 0.'],
      [
        'planYear=2024&unit=A%00',
        '/unit',
        'Phải là chữ không rỗng, không có ký tự điều khiển (như NUL), không quá dài.',
        'Must be text that is not empty, without control characters (such as NUL), not too long.',
      ],
      [
        'planYear=2024&unit=A&unit=B',
        '/unit',
        'Phải là chữ không rỗng, không có ký tự điều khiển (như NUL), không quá dài.',
        'Must be text that is not empty, without control characters (such as NUL), not too long.',
      ],
    ];
    it.each(cases)('?%s', async (query, pointer, vi, en) => {
      await refused(() => staff.get(`/disbursements?${query}`), { ...WRONG_FIELD, pointer, vi, en });
    });

    it.each([
      '',
      'planYear=',
      'planYear=x',
      'planYear=2024.5',
      'planYear=999',
      'planYear=2024&planYear=2025',
      'planYear[]=2024',
    ])('without a plan year that is one: ?%s', async (query) => {
      const answer = await staff.get(`/disbursements?${query}`).expect(400);
      expectProblem(answer);
      expect((answer.body as Problem).errors?.some(({ pointer }) => pointer.startsWith('/planYear'))).toBe(true);
    });
  });

  describe('text with NUL', () => {
    /** Refused or unknown, and never our failure: PostgreSQL takes no NUL in text. */
    it.each([
      ['get', '/units/%00'],
      ['get', '/units/A%00/year?planYear=2024&throughMonth=1'],
      ['get', '/evaluations/2024-01/units/%00'],
      ['get', '/months/2024-01%00'],
      ['get', '/notices/1%00'],
      ['get', '/units?cursor=AA'],
    ] as const)('%s %s', async (method, path) => {
      const answer = await staff[method](path);
      expect([400, 404]).toContain(answer.status);
      expectProblem(answer);
    });

    it('in the code of a unit to change', async () => {
      const answer = await staff.patch('/units/%00', { name: 'x' }).set('if-match', '"1"');
      expect([400, 404]).toContain(answer.status);
    });

    it('in a user name or password: the sign-in is refused', async () => {
      for (const given of [
        { username: 'staff\u0000', password: PASSWORD },
        { username: 'staff', password: `${PASSWORD}\u0000` },
        { username: '\ud83d', password: PASSWORD },
      ]) {
        const answer = await api.anonymous.post('/sessions', given);
        expect([400, 401]).toContain(answer.status);
        expectProblem(answer);
      }
    });

    it('in an Idempotency-Key there can be none; a key of 10,000 characters is cut, not a failure', async () => {
      const answer = await staff
        .post('/disbursements', entries({}, '2024-01'))
        .set('idempotency-key', 'k'.repeat(10_000));
      expect(answer.status).toBe(409);
    });
  });

  describe('signing in', () => {
    it.each([
      [{}, ['/username', '/password']],
      [{ username: 'staff', password: 1 }, ['/password']],
      [{ username: ['staff'], password: PASSWORD }, ['/username']],
      [{ username: 'x'.repeat(65), password: PASSWORD }, ['/username']],
      [{ username: 'staff', password: 'x'.repeat(257) }, ['/password']],
      [{ username: 'staff', password: PASSWORD, role: 'admin' }, ['/role']],
    ])('%j', async (given, pointers) => {
      const answer = await api.anonymous.post('/sessions', given).expect(400);
      expectProblem(answer);
      expect([...new Set((answer.body as Problem).errors?.map(({ pointer }) => pointer))].sort()).toEqual(
        pointers.sort(),
      );
    });
  });

  describe('a POST sent again with its Idempotency-Key', () => {
    const keyed = (key: string, body: Record<string, unknown>, caller = staff): supertest.Test =>
      caller.post('/disbursements', body).set('idempotency-key', key);

    it('gets the first answer and has no second effect', async () => {
      const first = await keyed('k1', entries({ amountDong: 3 })).expect(201);
      const before = await books();
      const again = await keyed('k1', entries({ amountDong: 3 })).expect(201);
      expect(again.body).toEqual(first.body);
      expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([
        undefined,
        'true',
      ]);
      expect(await books()).toEqual(before);
    });

    it('with another body, or to another address, is refused', async () => {
      const expected = {
        status: 422,
        code: 'idempotency-key-reused',
        vi: 'Khoá Idempotency-Key này đã dùng cho một yêu cầu khác.',
        en: 'This Idempotency-Key was used for another request.',
      };
      await refused(() => keyed('k1', entries({ amountDong: 4 })), expected);
      await refused(() => staff.post('/units', unit({ code: 'K' })).set('idempotency-key', 'k1'), expected);
    });

    it('is forgotten after a week, answer and all', async () => {
      await keyed('old', entries({ amountDong: 3 })).expect(201);
      await keyed('young', entries({ amountDong: 3 })).expect(201);
      const age = (key: string, days: number): Promise<unknown> =>
        api.db.query('UPDATE idempotency_record SET created_at = now() - make_interval(days => $2) WHERE key = $1', [
          key,
          days,
        ]);
      await age('old', 8);
      await age('young', 6);
      expect(await sweepKeptAnswers(api.db)).toBe(1);
      const kept: unknown = await api.db.query("SELECT key FROM idempotency_record WHERE key IN ('old', 'young')");
      expect(kept).toEqual([{ key: 'young' }]);
    });

    it('is another key for another person', async () => {
      const reporter = await api.signIn('reporter');
      const { headers } = await keyed('k1', entries({ amountDong: 3 }), reporter).expect(201);
      expect(headers['idempotency-replayed']).toBeUndefined();
    });

    it('after a refusal may be mended and sent again', async () => {
      await keyed('k2', entries({ unitCode: 'X' })).expect(422);
      await keyed('k2', entries({ unitCode: 'X', amountDong: 1.5 })).expect(400);
      await keyed('k2', entries({ amountDong: 5 })).expect(201);
    });

    it('five at once have one effect: the others get its answer or are told that it runs', async () => {
      const count = async (): Promise<number> => {
        const [row]: { n: number }[] = await api.db.query('SELECT count(*)::int AS n FROM disbursement_entry');
        return row?.n ?? 0;
      };
      const before = await count();
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => keyed('k3', entries({ amountDong: 7 }))));
      expect(await count()).toBe(before + 1);
      const ids = new Set<number>();
      for (const { status, body } of answers)
        if (status === 201) ids.add((body as { ids: number[] }).ids[0] as number);
        else expect([status, (body as Problem).code]).toEqual([409, 'idempotency-key-running']);
      expect(ids.size).toBe(1);
    });

    it('while the first was cut off stays refused: a person looks at the books', async () => {
      const body = entries({ amountDong: 8 });
      await keyed('k4', body).expect(201);
      await api.db.query("UPDATE idempotency_record SET status = NULL, answer = NULL WHERE key = 'k4'");
      await refused(() => keyed('k4', body), {
        status: 409,
        code: 'idempotency-key-running',
        vi: 'Yêu cầu cùng khoá đang được xử lý hoặc đã dừng giữa chừng; xem lại sổ trước khi gửi lại.',
        en: 'A request with this key is running or was cut off; look at the books before sending it again.',
      });
    });

    it('keeps the status of the first answer', async () => {
      const decisions = (await decideAll(api.db, Month.of(2024, 2))).map(({ subject, ...decision }) => ({
        ...decision,
        unitCode: subject,
      }));
      const close = (): supertest.Test =>
        approver.post('/months/2024-02/close', { decisions }).set('idempotency-key', 'close-2');
      const first = await close().expect(200);
      const again = await close().expect(200);
      expect(again.body).toEqual(first.body);
    });
  });

  /** Sends a body of so many bytes without supertest, which would first put it together. */
  function raw(header: string, value: string, bytes: number): Promise<{ status: number; code: string }> {
    const { port } = api.app.getHttpServer().address() as AddressInfo;
    return new Promise((resolve, reject) => {
      let answered = false;
      const request = rawRequest(
        {
          port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/api/v1/sessions',
          headers: { 'content-type': 'application/json', [header]: value },
        },
        (response) => {
          answered = true;
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () => {
            const { code } = JSON.parse(text) as Problem;
            resolve({ status: response.statusCode ?? 0, code });
            request.destroy();
          });
        },
      );
      request.on('error', (error) => (answered ? undefined : reject(error)));
      const chunk = Buffer.alloc(Math.min(bytes, 64 * 1024), 'x');
      let left = bytes;
      const pump = (): void => {
        while (left > 0 && !answered && !request.destroyed) {
          left -= chunk.length;
          if (!request.write(chunk)) return void request.once('drain', pump);
        }
      };
      pump();
    });
  }
});

describe('when the program itself fails', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it.each([
    ['vi', 'Có lỗi trong chương trình. Số liệu đã ghi vẫn an toàn; gửi mã yêu cầu này cho quản trị.'],
    ['en', 'Something went wrong in the program. What was booked is safe; give this request id to the administrator.'],
  ])(
    'a 500 says so in words (%s) with a request id, and nothing of SQL, tables, files or stack',
    async (language, detail) => {
      const staff = await api.signIn('staff');
      await api.db.query('DROP TABLE IF EXISTS idempotency_record, warning_case, disbursement_entry CASCADE');
      for (const send of [
        () => staff.get('/warning-cases'),
        () => staff.get('/disbursements?planYear=2024'),
        () => staff.post('/disbursements', entries({})).set('idempotency-key', 'x'),
      ]) {
        const answer = await send().set('accept-language', language);
        const { requestId, ...problem } = answer.body as Problem;
        expect(problem).toEqual({
          type: 'urn:problem:internal',
          title: 'internal',
          status: 500,
          detail,
          code: 'internal',
        });
        expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
        expect(JSON.stringify(answer.headers)).not.toMatch(/warning_case|relation|disbursement_entry/);
      }
    },
  );

  it('and the database away: not ready, and a sign-in says the same sentence', async () => {
    const answer = await api.anonymous.get('/health/ready');
    expect(answer.status).toBe(200);
    await api.db.destroy();
    await api.anonymous.get('/health/ready').expect(503, /"status":"not-ready","database":false/);
    await api.anonymous.get('/health/live').expect(200);
    const refused = await api.anonymous.post('/sessions', { username: 'staff', password: PASSWORD }).expect(500);
    expect((refused.body as Problem).code).toBe('internal');
    expect(refused.text).not.toMatch(/Connection|pool|driver/i);
    await api.db.initialize();
  });
});
