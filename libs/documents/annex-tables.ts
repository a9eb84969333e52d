import { monthName, unitsByGroup, type MonthFacts, type UnitFact } from './month-facts.js';
import type { Annex, DocumentColumn, DocumentRow } from './official-document.js';
import { billions, percentNumber, pointsBetween } from './vietnamese-figures.js';

const MEASURE = 'Đơn vị tính: tỷ đồng';
const NONE = '–';

const ORDINAL: DocumentColumn = { title: 'TT', align: 'center', share: 5 };
const NAME: DocumentColumn = { title: 'Đơn vị', align: 'left', share: 31 };
const figure = (title: string, share: number): DocumentColumn => ({ title, align: 'right', share });

type UnlabelledAnnex = Omit<Annex, 'label'>;

/** Every unit, by group, with the sums of its group; both bases. */
export function annexOfUnits(facts: MonthFacts): UnlabelledAnnex {
  const rated = facts.units.filter(({ status }) => status !== 'not-rated');
  const rows = unitsByGroup(rated).flatMap(({ name, units }): DocumentRow[] => [
    { cells: ['', name, ...sums(units)], strong: true },
    ...units.map((unit, index) => ({ cells: [String(index + 1), unit.name, ...figuresOf(unit)] })),
  ]);
  return {
    title: `Kết quả giải ngân của các đơn vị đến hết ${monthName(facts.month)}`,
    blocks: [
      {
        kind: 'table',
        table: {
          measure: MEASURE,
          columns: [
            ORDINAL,
            NAME,
            figure('KH xét', 11),
            figure('KH TTg giao', 11),
            figure('Giải ngân', 11),
            figure('Tỷ lệ KH xét (%)', 9),
            figure('Tỷ lệ KH TTg (%)', 9),
            figure('So bình quân (điểm)', 9),
            figure('Tháng liên tiếp', 8),
          ],
          rows,
        },
      },
    ],
  };
}

function figuresOf({ plan, pmPlan, disbursed, rate, pmRate, average, streak, status }: UnitFact): string[] {
  return [
    billions(plan),
    pmPlan === null ? NONE : billions(pmPlan),
    billions(disbursed),
    rate ? percentNumber(rate) : NONE,
    pmRate ? percentNumber(pmRate) : NONE,
    rate && average ? pointsBetween(rate, average) : NONE,
    status === 'missing' ? 'chưa báo cáo' : String(streak),
  ];
}

function sums(units: readonly UnitFact[]): string[] {
  const total = (of: (unit: UnitFact) => bigint): bigint => units.reduce((sum, unit) => sum + of(unit), 0n);
  const [plan, pmPlan, disbursed] = [total((u) => u.plan), total((u) => u.pmPlan ?? 0n), total((u) => u.disbursed)];
  const rate = (of: bigint): string => (of > 0n ? percentNumber({ numerator: disbursed, denominator: of }) : NONE);
  return [billions(plan), pmPlan > 0n ? billions(pmPlan) : NONE, billions(disbursed), rate(plan), rate(pmPlan), '', ''];
}

/** The list itself, the largest gap first; none where nobody is on it. */
export function annexOfList(facts: MonthFacts, flagged: readonly UnitFact[]): UnlabelledAnnex[] {
  if (flagged.length === 0) return [];
  return [
    {
      title: `Đơn vị thấp hơn bình quân chung ${facts.thresholdMonths} tháng liên tiếp`,
      blocks: [
        {
          kind: 'table',
          table: {
            measure: MEASURE,
            columns: [
              ORDINAL,
              NAME,
              figure('Kế hoạch', 12),
              figure('Giải ngân', 12),
              figure('Tỷ lệ (%)', 9),
              figure('Bình quân (%)', 10),
              figure('Còn thiếu', 11),
              figure('Tháng liên tiếp', 10),
              { title: 'Đoàn phụ trách', align: 'left', share: 18 },
            ],
            rows: flagged.map((unit, index) => ({
              cells: [
                String(index + 1),
                unit.name,
                billions(unit.plan),
                billions(unit.disbursed),
                unit.rate ? percentNumber(unit.rate) : NONE,
                unit.average ? percentNumber(unit.average) : NONE,
                billions(unit.gap),
                String(unit.streak),
                unit.team?.name ?? NONE,
              ],
            })),
          },
        },
      ],
    },
  ];
}

const BECAUSE = {
  'below-average': 'Thấp hơn bình quân chung',
  'nothing-disbursed': 'Ba tháng không giải ngân',
  'below-plan': 'Thấp hơn kế hoạch nhà đầu tư',
} as const;

export function annexOfKeyProjects({ keyProjectsBehind }: MonthFacts): UnlabelledAnnex[] {
  if (keyProjectsBehind.length === 0) return [];
  return [
    {
      title: 'Dự án trọng điểm chậm tiến độ',
      blocks: [
        {
          kind: 'table',
          table: {
            measure: null,
            columns: [
              ORDINAL,
              { title: 'Dự án', align: 'left', share: 38 },
              { title: 'Chủ đầu tư, nhà đầu tư', align: 'left', share: 27 },
              figure('Tỷ lệ (%)', 10),
              { title: 'Lý do', align: 'left', share: 20 },
            ],
            rows: keyProjectsBehind.map(({ name, responsible, rate, because }, index) => ({
              cells: [String(index + 1), name, responsible, rate ? percentNumber(rate) : NONE, BECAUSE[because]],
            })),
          },
        },
      ],
    },
  ];
}
