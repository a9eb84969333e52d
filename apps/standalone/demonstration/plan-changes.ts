import type { IsoDate } from '#libs/kernel';
import type { Decision } from './demonstration.js';
import { RESERVE, type SourceCode } from './lang-son-places.js';

/** Million đồng, taken from or given to the unit's largest project of that source; the reserve has no project. */
export interface PlanChange {
  unit: string;
  source: SourceCode;
  million: number;
}

export interface PlannedDecision {
  month: number;
  number: string;
  decisionDate: IsoDate;
  effectiveDate: IsoDate;
  level: Decision['level'];
  kind: Decision['kind'];
  note: string;
  /** The Prime Minister's part moves along wherever the changed source belongs to it. */
  bases: ('pm' | 'province')[];
  /** The decision whose capital this one assigns in detail. */
  details?: string;
  /** What it assigns in all on the first of its bases, million đồng, where no unit was given all of it. */
  inAll?: Partial<Record<SourceCode, number>>;
  changes: PlanChange[];
}

const change = (unit: string, source: SourceCode, million: number): PlanChange => ({ unit, source, million });

const CENTRAL_SUPPLEMENT = [
  change('SO-GTVT', 'NSTW-TN', 60_000),
  change('184', 'CTMTQG-DTTS', 6_000),
  change('187', 'CTMTQG-NTM', 4_000),
  change('189', 'CTMTQG-DTTS', 3_000),
];

/** How the plan moves in the year, all made up; numbers begin with MH so that none can be taken for a real one. */
export const PLAN_CHANGES: PlannedDecision[] = [
  {
    month: 4,
    number: 'MH-04/QĐ-TTg',
    decisionDate: '2024-04-10',
    effectiveDate: '2024-04-10',
    level: 'central',
    kind: 'supplement',
    note: 'Bổ sung kế hoạch vốn ngân sách trung ương (minh hoạ)',
    bases: ['pm'],
    inAll: { 'NSTW-TN': 64_000, 'CTMTQG-DTTS': 9_000, 'CTMTQG-NTM': 4_000 },
    changes: CENTRAL_SUPPLEMENT,
  },
  {
    month: 4,
    number: 'MH-05/QĐ-UBND',
    decisionDate: '2024-04-22',
    effectiveDate: '2024-04-22',
    level: 'province',
    kind: 'supplement',
    note: 'Giao chi tiết phần vốn trung ương bổ sung (minh hoạ)',
    bases: ['province'],
    changes: CENTRAL_SUPPLEMENT,
  },
  {
    month: 5,
    number: 'MH-06/QĐ-UBND',
    decisionDate: '2024-05-20',
    effectiveDate: '2024-05-20',
    level: 'province',
    kind: 'transfer',
    note: 'Điều chuyển vốn từ dự án chậm sang dự án có khối lượng (minh hoạ)',
    bases: ['pm', 'province'],
    changes: [
      change('178', 'NSDP-CD', -9_000),
      change('SO-CT', 'NSDP-CD', -3_000),
      change('187', 'NSDP-CD', 7_000),
      change('189', 'NSDP-CD', 5_000),
    ],
  },
  {
    month: 6,
    number: 'MH-07/QĐ-UBND',
    decisionDate: '2024-06-12',
    effectiveDate: '2024-06-12',
    level: 'province',
    kind: 'transfer',
    note: 'Phân bổ chi tiết vốn chưa phân bổ, nguồn tiền sử dụng đất (minh hoạ)',
    details: 'MH-02/QĐ-UBND',
    bases: ['province'],
    changes: [
      change(RESERVE, 'NSDP-DAT', -80_000),
      change('BQLDA-TINH', 'NSDP-DAT', 45_000),
      change('178', 'NSDP-DAT', 20_000),
      change('186', 'NSDP-DAT', 15_000),
    ],
  },
  {
    month: 7,
    number: 'MH-08/QĐ-UBND',
    decisionDate: '2024-07-19',
    effectiveDate: '2024-07-19',
    level: 'province',
    kind: 'transfer',
    note: 'Điều chuyển vốn xổ số kiến thiết (minh hoạ)',
    bases: ['pm', 'province'],
    changes: [change('SO-YTE', 'NSDP-XS', -5_000), change('SO-GDDT', 'NSDP-XS', 5_000)],
  },
  {
    month: 8,
    number: 'MH-09/QĐ-UBND',
    decisionDate: '2024-08-15',
    effectiveDate: '2024-08-15',
    level: 'province',
    kind: 'supplement',
    note: 'Bổ sung từ tăng thu tiền sử dụng đất (minh hoạ)',
    bases: ['province'],
    changes: [
      change('BQL-KKTCK', 'NSDP-DAT', 18_000),
      change('188', 'NSDP-DAT', 9_000),
      change('184', 'NSDP-DAT', 4_000),
    ],
  },
  {
    month: 8,
    number: 'MH-10/QĐ-UBND',
    decisionDate: '2024-08-26',
    effectiveDate: '2024-08-26',
    level: 'province',
    kind: 'adjustment',
    note: 'Giảm kế hoạch do hụt thu tiền sử dụng đất (minh hoạ)',
    bases: ['province'],
    changes: [change('178', 'NSDP-DAT', -25_000), change('BQLDA-TINH', 'NSDP-DAT', -10_000)],
  },
  {
    month: 9,
    number: 'MH-11/QĐ-UBND',
    decisionDate: '2024-09-11',
    effectiveDate: '2024-09-11',
    level: 'province',
    kind: 'transfer',
    note: 'Phân bổ chi tiết vốn chưa phân bổ, đợt 2 (minh hoạ)',
    details: 'MH-02/QĐ-UBND',
    bases: ['province'],
    changes: [
      change(RESERVE, 'NSDP-DAT', -20_000),
      change('183', 'NSDP-DAT', 12_000),
      change('180', 'NSDP-DAT', 8_000),
    ],
  },
  {
    month: 9,
    number: 'MH-12/QĐ-UBND',
    decisionDate: '2024-09-18',
    effectiveDate: '2024-09-18',
    level: 'province',
    kind: 'transfer',
    note: 'Điều chuyển vốn không còn nhu cầu trong năm (minh hoạ)',
    bases: ['pm', 'province'],
    changes: [
      change('SO-XD', 'NSDP-CD', -15_000),
      change('SO-GDDT', 'NSDP-CD', 8_000),
      change('CA-TINH', 'NSDP-CD', 4_000),
      change('BCHQS-TINH', 'NSDP-CD', 3_000),
    ],
  },
  {
    // Signed in September, arrived late: it takes effect in the open month.
    month: 10,
    number: 'MH-13/QĐ-UBND',
    decisionDate: '2024-09-27',
    effectiveDate: '2024-10-01',
    level: 'province',
    kind: 'transfer',
    note: 'Điều chuyển vốn giữa hai sở, văn bản đến muộn nên có hiệu lực từ tháng 10 (minh hoạ)',
    bases: ['pm', 'province'],
    changes: [change('SO-KHCN', 'NSDP-CD', -1_500), change('SO-TTTT', 'NSDP-CD', 1_500)],
  },
];

/** Capital of 2023 that was allowed to run on: its own series, outside the plan total. */
export const CARRIED_OVER: PlanChange[] = [
  change('SO-GTVT', 'NSTW-TN', 38_500),
  change('BQLDA-TINH', 'NSDP-CD', 22_000),
  change('SO-NNPTNT', 'NSTW-ODA', 12_400),
  change('178', 'NSDP-CD', 9_600),
  change('BQL-KKTCK', 'NSTW-TN', 8_050),
  change('SO-YTE', 'NSDP-XS', 6_200),
  change('181', 'NSDP-CD', 4_310),
  change('186', 'CTMTQG-NTM', 3_150),
];
