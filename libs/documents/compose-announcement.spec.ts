import { describe, expect, it } from '@jest/globals';
import { Month } from '#libs/kernel';
import { composeAnnouncement, composeTeamAssignment, composeUnitLetter, defaultTemplate } from './index.js';
import type { MonthFacts, UnitFact } from './month-facts.js';
import type { Block, OfficialDocument } from './official-document.js';

const BILLION = 1_000_000_000n;
const rate = (numerator: bigint, denominator: bigint): { numerator: bigint; denominator: bigint } => ({
  numerator,
  denominator,
});

const unit = (more: Partial<UnitFact> & Pick<UnitFact, 'code' | 'name'>): UnitFact => ({
  group: 'provincial',
  status: 'at-or-above',
  plan: 100n * BILLION,
  pmPlan: null,
  disbursed: 60n * BILLION,
  rate: rate(60n, 100n),
  pmRate: null,
  average: rate(1n, 2n),
  streak: 0,
  flagged: false,
  isNew: false,
  gap: 0n,
  gapAttainable: true,
  team: null,
  ...more,
});

/** Two of 100 tỷ each: B paid 60, A 40; the average is 50 %, A has been below it for four months. */
const FACTS: MonthFacts = {
  month: Month.of(2024, 9),
  asOf: '2024-09-30',
  provinceName: 'Lạng Sơn',
  illustrative: true,
  judgedBy: 'province',
  bases: [
    { basis: 'province', isAssigned: true, plan: 200n * BILLION, rate: rate(1n, 2n) },
    { basis: 'pm', isAssigned: false, plan: 0n, rate: null },
  ],
  disbursed: 100n * BILLION,
  averages: [{ group: '*', rate: rate(1n, 2n) }],
  units: [
    unit({
      code: 'A',
      name: 'Sở A',
      status: 'below',
      disbursed: 40n * BILLION,
      rate: rate(40n, 100n),
      streak: 4,
      flagged: true,
      gap: 20n * BILLION,
      team: { code: 'T1', name: 'Đoàn kiểm tra số 1' },
    }),
    unit({ code: 'B', name: 'Ban B' }),
  ],
  left: ['Sở C'],
  keyProjectsBehind: [],
  definition: 'Bình quân chung là tổng giải ngân chia tổng kế hoạch.',
  thresholdMonths: 3,
  evidence: {
    evaluationId: 1,
    monthVersion: 1,
    policyVersion: 1,
    resultHash: 'ab12',
    auditHead: { seq: 7, hash: 'cd34' },
  },
};

const textOf = (block: Block): string => {
  if (block.kind === 'heading') return block.text;
  if (block.kind === 'table') return block.table.rows.map(({ cells }) => cells.join(' | ')).join('\n');
  return block.runs.map(({ text }) => text).join('');
};
/** With ordinary spaces: figures are tied to their units by others. */
const plain = ({ body }: Pick<OfficialDocument, 'body'>): string =>
  body.map(textOf).join('\n').replaceAll('\u00a0', ' ');

describe('the announcement of a month', () => {
  const announcement = composeAnnouncement(FACTS, defaultTemplate('announcement', 'Lạng Sơn'));

  it('has neither number nor date: the clerk gives both', () => {
    expect([announcement.number, announcement.date]).toEqual([null, null]);
    expect(announcement.subject).toBe('Kết quả giải ngân vốn đầu tư công đến hết tháng 9 năm 2024');
  });

  it('quotes both bases, says which judges, and where nothing is assigned says so', () => {
    expect(plain(announcement)).toContain('Theo kế hoạch tỉnh giao 200,0 tỷ đồng: đạt 50,0 % (căn cứ để xét).');
    expect(plain(announcement)).toContain('Theo kế hoạch Thủ tướng Chính phủ giao: không giao ở cấp này.');
  });

  it('compares by group and names who is on the list with what is still to disburse, to the đồng', () => {
    expect(plain(announcement)).toContain('2 đơn vị được xét, 1 đơn vị bằng hoặc cao hơn, 1 đơn vị thấp hơn bình quân');
    expect(plain(announcement)).toContain(
      'Sở A: 40,0 %, 4 tháng liên tiếp; cần giải ngân thêm 20.000.000.000 đồng để bằng bình quân chung.',
    );
    expect(plain(announcement)).toContain('Ra khỏi danh sách so với tháng trước: Sở C.');
  });

  it('ends with the definition and what it can be checked by', () => {
    expect(plain(announcement)).toContain('mã kết quả ab12; nhật ký đến sự kiện số 7, mã cd34.');
  });

  it('carries each unit in its annex, under the sums of its group', () => {
    const [units, list] = announcement.annexes;
    expect(units?.label).toBe('Phụ lục I');
    expect(units?.blocks.map(textOf).join()).toBe(
      [
        ' | Các sở, ban, ngành và Ban Quản lý dự án cấp tỉnh | 200,0 | – | 100,0 | 50,0 | – |  | ',
        '1 | Sở A | 100,0 | – | 40,0 | 40,0 | – | \u221210,0 | 4',
        '2 | Ban B | 100,0 | – | 60,0 | 60,0 | – | +10,0 | 0',
      ].join('\n'),
    );
    expect(list?.blocks.map(textOf).join()).toBe(
      '1 | Sở A | 100,0 | 40,0 | 40,0 | 50,0 | 20,0 | 4 | Đoàn kiểm tra số 1',
    );
  });

  it('of a month in which nobody is on the list says so and has no list annexed', () => {
    const calm = { ...FACTS, units: FACTS.units.map((each) => ({ ...each, flagged: false })) };
    const document = composeAnnouncement(calm, defaultTemplate('announcement', 'Lạng Sơn'));
    expect(plain(document)).toContain('Không có đơn vị nào thấp hơn bình quân chung 3 tháng liên tiếp.');
    expect(document.annexes.map(({ label }) => label)).toEqual(['Phụ lục']);
  });
});

describe('letters', () => {
  it('to a unit: its own figures to the đồng', () => {
    const letter = composeUnitLetter(FACTS, FACTS.units[0] as UnitFact, defaultTemplate('unit-letter', 'Lạng Sơn'));
    expect([letter.typeName, letter.addressees]).toEqual([null, ['Sở A']]);
    expect(plain(letter)).toContain(
      'Sở A giải ngân 40.000.000.000 đồng trên kế hoạch tỉnh giao 100.000.000.000 đồng, đạt 40,0 %; bình quân chung của tỉnh là 50,0 %.',
    );
  });

  it('to a team: the units of its area alone', () => {
    const template = defaultTemplate('team-assignment', 'Lạng Sơn');
    const first = composeTeamAssignment(FACTS, { code: 'T1', name: 'Đoàn kiểm tra số 1' }, template);
    expect(plain(first)).toContain('Sở A: 40,0 %, thấp hơn bình quân chung 4 tháng liên tiếp');
    const second = composeTeamAssignment(FACTS, { code: 'T2', name: 'Đoàn kiểm tra số 2' }, template);
    expect(plain(second)).not.toContain('Sở A');
  });
});
