import type { Dong } from '#libs/kernel';
import type {
  CapitalType,
  DemonstrationProject,
  KeyProjectItem,
  KeyProjectList,
  PressProject,
  Programme,
} from './demonstration.js';
import { illustrativeNationalCode, illustrativeNumbers, twoDigits } from './illustrative-numbers.js';
import type { PlanCell } from './plan-cells.js';
import { readSeedCsv } from './read-seed-csv.js';
import { seededRandom } from './seeded-random.js';
import type { Profile } from './unit-targets.js';

const BILLION = 1_000_000_000n;

/** The data file's remarks in Vietnamese. A remark that is not here stops the program instead of going untold. */
const SOURCE_NOTES: Record<string, string> = {
  '[S] footnote 4': 'Báo cáo tỉnh 10/2024, chú thích 4',
  '[S] footnote 4; investor from the 2025 press': 'Báo cáo tỉnh 10/2024, chú thích 4; chủ đầu tư theo báo chí 2025',
  '[S] footnote 4; investor and total from the 2025 press':
    'Báo cáo tỉnh 10/2024, chú thích 4; chủ đầu tư và tổng mức theo báo chí 2025',
  press: 'Báo chí',
  'press; sources conflict': 'Báo chí; các nguồn không thống nhất',
  'press 2023-2025 (called a key project in 2025)': 'Báo chí 2023-2025 (năm 2025 gọi là dự án trọng điểm)',
  'named beside key projects in 2025': 'Năm 2025 được nêu cùng các dự án trọng điểm',
};

const TOTAL_INVESTMENT_NOTES: Record<string, string> = {
  '~2,300 bn đồng (63.4 km)': 'khoảng 2.300 tỷ đồng (63,4 km)',
  '11,190 bn đồng, of it about 5,500 bn budget; 59.9 km':
    '11.190 tỷ đồng, trong đó ngân sách khoảng 5.500 tỷ đồng; 59,9 km',
  'over 6,300 bn đồng': 'trên 6.300 tỷ đồng',
  'about 1,000 bn đồng': 'khoảng 1.000 tỷ đồng',
};

type BeforeTheBooks = Pick<
  DemonstrationProject,
  'investmentDecisionNo' | 'investmentDecisionDate' | 'openingThroughYear' | 'openingAllocated' | 'openingDisbursed'
>;

const NOTHING_BEFORE: BeforeTheBooks = {
  investmentDecisionNo: null,
  investmentDecisionDate: null,
  openingThroughYear: null,
  openingAllocated: null,
  openingDisbursed: null,
};

/** Investment decision and cumulative figures to the end of 2023, made up: a part of the total, spent in part. */
function beforeTheBooks(code: string, totalInvestment: Dong): BeforeTheBooks {
  const random = seededRandom(`before the books ${code}`);
  const openingAllocated = ((totalInvestment * BigInt(random.between(5, 30))) / 100n / BILLION) * BILLION;
  return {
    investmentDecisionNo: `${code}/QĐ-ĐT`,
    investmentDecisionDate: `202${random.between(1, 3)}-0${random.between(1, 9)}-${random.between(10, 28)}`,
    openingThroughYear: 2023,
    openingAllocated,
    openingDisbursed: (openingAllocated * BigInt(random.between(80, 100))) / 100n,
  };
}

interface NamedProjects {
  projects: DemonstrationProject[];
  keyProjectList: KeyProjectList;
  pressProjects: PressProject[];
}

/** The projects that a public source names, and the list of the 33 with its 27 gaps left as gaps (domain.md §7). */
export function namedProjects(): NamedProjects {
  const rows = readSeedCsv('lang-son-key-projects-2024.csv', [
    'code',
    'name_vi',
    'capital_type',
    'in_the_33',
    'investor_code',
    'district_codes',
    'total_investment',
    'source',
  ]);
  const projects = rows.map((row) => ({
    code: row.code,
    nationalCode: null,
    name: row.name_vi,
    parentCode: null,
    unitCode: row.investor_code || null,
    investorName: null,
    capitalType: row.capital_type as CapitalType,
    programme: 'none' as const,
    places: row.district_codes.split(/[;| ]+/).filter(Boolean),
    totalInvestment: billionsIn(row.total_investment),
    totalInvestmentNote: row.total_investment === '' ? null : translated(TOTAL_INVESTMENT_NOTES, row.total_investment),
    sourceNote: translated(SOURCE_NOTES, row.source),
    ...NOTHING_BEFORE,
  }));
  const named = rows.filter((row) => row.in_the_33 === 'yes');
  const pressProjects = rows
    .filter((row) => row.in_the_33 !== 'yes')
    .map((row) => ({
      projectCode: row.code,
      likelihood: row.in_the_33 === 'very likely' ? ('very-likely' as const) : ('unknown' as const),
      sourceNote: translated(SOURCE_NOTES, row.source),
    }));
  const items: Omit<KeyProjectItem, 'ordinal'>[] = [
    ...named.map((row) => ({
      projectCode: row.code,
      name: row.name_vi,
      capitalType: row.capital_type as CapitalType,
      origin: 'new' as const,
    })),
    ...unnamed(21, 'carried-over', (number) => `Dự án chuyển tiếp số ${number} (báo cáo không nêu tên)`),
    ...unnamed(6, 'unexplained', (number) => `Dự án chưa rõ ${number} (báo cáo nêu 33, chú thích cộng được 27)`),
  ];
  return {
    projects,
    pressProjects,
    keyProjectList: {
      year: 2024,
      declaredCount: 33,
      noteVi:
        'Báo cáo 10/2024 ghi 33 dự án; chú thích 4 lại cộng 21 chuyển tiếp và 6 mới, bằng 27. Còn 6 dự án không rõ ' +
        'loại. Báo cáo chỉ nêu tên 6 dự án mới. Chương trình không tự đặt tên cho 27 dự án còn lại; chuyên viên điền ' +
        'khi có danh sách chính thức.',
      noteEn:
        'The report of October 2024 states 33 projects; its footnote 4 adds up 21 carried over and 6 new, which is ' +
        '27. Six remain unexplained. It names the 6 new ones only. The program invents no name for the other 27; ' +
        'staff fill them in when the official list is at hand.',
      items: items.map((item, i) => ({ ordinal: i + 1, ...item })),
    },
  };
}

/** The made-up projects of the units, in the order of their numbers. */
export function illustrativeProjects(cells: readonly PlanCell[], districts: readonly string[]): DemonstrationProject[] {
  return illustrativeNumbers().map(({ code, number, unit, profile, parentCode }) => {
    const random = seededRandom(`project ${code}`);
    const plan = cells.reduce((sum, cell) => (cell.project === code ? sum + cell.septemberPlan : sum), 0n);
    // Some years of the September plan, rounded up to whole billions.
    const totalInvestment =
      plan === 0n ? null : ((plan * BigInt(random.between(13, 38))) / 10n / BILLION + 1n) * BILLION;
    const nationalCode = illustrativeNationalCode(code);
    return {
      code,
      nationalCode,
      name: `Dự án minh hoạ số ${twoDigits(number)}`,
      parentCode,
      unitCode: unit,
      investorName: null,
      capitalType: 'public',
      programme: programmeOf(profile),
      places: [districts.includes(unit) ? unit : (districts[random.below(districts.length)] as string)],
      totalInvestment,
      totalInvestmentNote: totalInvestment === null ? null : 'số liệu minh hoạ',
      sourceNote: `Dự án minh hoạ, không có thật${nationalCode === null ? '' : '; mã dự án quốc gia là mã minh hoạ'}`,
      ...(totalInvestment === null ? NOTHING_BEFORE : beforeTheBooks(code, totalInvestment)),
    };
  });
}

function unnamed(count: number, origin: KeyProjectItem['origin'], name: (number: string) => string) {
  return Array.from({ length: count }, (_, i) => ({
    projectCode: null,
    name: name(twoDigits(i + 1)),
    capitalType: 'unknown' as const,
    origin,
  }));
}

function programmeOf(profile: Profile): Programme {
  return profile === 'NTM' || profile === 'GNBV' || profile === 'DTTS' ? profile : 'none';
}

/** "~2,300 bn đồng …" → 2 300 billion; the first figure is the total. */
function billionsIn(text: string): Dong | null {
  const match = /([0-9][0-9,]*) bn/.exec(text);
  return match?.[1] === undefined ? null : BigInt(match[1].replaceAll(',', '')) * BILLION;
}

function translated(words: Record<string, string>, text: string): string {
  const found = words[text];
  if (found === undefined) throw new Error(`no Vietnamese words for "${text}"`);
  return found;
}
