import type { IsoDate } from '#libs/kernel';
import type {
  DemonstrationFundingSource,
  DemonstrationPlace,
  DemonstrationTeam,
  DemonstrationTeamArea,
  DemonstrationUnit,
} from './demonstration.js';
import { readSeedCsv } from './read-seed-csv.js';
import { UNIT_TARGETS } from './unit-targets.js';

export const RESERVE = 'DU-PHONG';

export function unitsOfLangSon(): DemonstrationUnit[] {
  const shortNames = new Map(UNIT_TARGETS.map(({ code, shortName }) => [code, shortName]));
  shortNames.set(RESERVE, 'Chưa phân bổ');
  return readSeedCsv('lang-son-units.csv', ['code', 'kind', 'group', 'name_vi', 'valid_from', 'valid_to']).map(
    (unit) => ({
      code: unit.code,
      kind: unit.kind as DemonstrationUnit['kind'],
      group: unit.group,
      name: unit.name_vi,
      // A commune keeps its full name: "Chi Lăng" alone is a district here and a commune a year later.
      shortName: shortNames.get(unit.code) ?? unit.name_vi,
      validFrom: dateOrNull(unit.valid_from),
      validTo: dateOrNull(unit.valid_to),
    }),
  );
}

/** Districts and communes once more, as areas where projects lie. */
export function placesOf(units: readonly DemonstrationUnit[]): DemonstrationPlace[] {
  return units.flatMap(({ code, kind, name, validFrom, validTo }) =>
    kind === 'district' || kind === 'commune' ? [{ code, kind, name, validFrom, validTo }] : [],
  );
}

/** Three teams, as the report says; how they share the province is made up. */
const AREAS: Record<string, { units: string[]; places: string[] }> = {
  'DKT-1': {
    units: ['BQLDA-TINH', 'SO-GTVT', 'SO-GDDT', 'SO-XD', 'CA-TINH', 'BCHQS-TINH', '186', '187'],
    places: ['186', '187'],
  },
  'DKT-2': {
    units: ['SO-YTE', 'SO-TNMT', 'BQL-KKTCK', 'BCHBP-TINH', '178', '180', '181', '182', '183'],
    places: ['178', '180', '181', '182', '183'],
  },
  // SO-KHCN is in nobody's area on purpose: its notice goes to the fallback.
  'DKT-3': {
    units: ['SO-NNPTNT', 'SO-CT', 'SO-VHTTDL', 'SO-TTTT', '184', '185', '188', '189'],
    places: ['184', '185', '188', '189'],
  },
};

export const TEAMS: DemonstrationTeam[] = [
  { code: 'DKT-1', name: 'Đoàn kiểm tra số 1', fallback: false },
  { code: 'DKT-2', name: 'Đoàn kiểm tra số 2', fallback: false },
  { code: 'DKT-3', name: 'Đoàn kiểm tra số 3', fallback: false },
  { code: 'DAU-MOI', name: 'Đầu mối tại Sở Kế hoạch và Đầu tư', fallback: true },
];

export const TEAM_AREAS: DemonstrationTeamArea[] = Object.entries(AREAS).flatMap(([team, { units, places }]) => [
  ...units.map((unit) => ({ team, unit, validFrom: '2024-01-01' })),
  ...places.map((place) => ({ team, place, validFrom: '2024-01-01' })),
]);

/** domain.md §2, funding source. */
export const FUNDING_SOURCES = [
  { code: 'NSTW-TN', name: 'NSTW trong nước', level: 'central' },
  { code: 'NSTW-ODA', name: 'NSTW vốn nước ngoài (ODA)', level: 'central' },
  { code: 'NSDP-CD', name: 'NSĐP cân đối', level: 'local' },
  { code: 'NSDP-DAT', name: 'NSĐP tiền sử dụng đất', level: 'local' },
  { code: 'NSDP-XS', name: 'NSĐP xổ số', level: 'local' },
  { code: 'NSDP-BC', name: 'NSĐP bội chi', level: 'local' },
  { code: 'CTMTQG-NTM', name: 'CTMTQG nông thôn mới', level: 'programme' },
  { code: 'CTMTQG-GNBV', name: 'CTMTQG giảm nghèo bền vững', level: 'programme' },
  { code: 'CTMTQG-DTTS', name: 'CTMTQG dân tộc thiểu số và miền núi', level: 'programme' },
  { code: 'KHAC', name: 'Nguồn vốn khác', level: 'other' },
] as const satisfies DemonstrationFundingSource[];

export type SourceCode = (typeof FUNDING_SOURCES)[number]['code'];

function dateOrNull(cell: string): IsoDate | null {
  return cell === '' ? null : cell;
}
