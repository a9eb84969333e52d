import type { Dong, IsoDate, Month, Rational } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';

/**
 * What the documents of a closed month say, out of one frozen evaluation and nothing else: the same facts give the same
 * documents. Amounts in đồng, rates as exact fractions.
 */
export interface MonthFacts {
  month: Month;
  /** The month's last day, "tính đến hết ngày". */
  asOf: IsoDate;
  provinceName: string;
  illustrative: boolean;
  /** The basis that units are judged by. */
  judgedBy: PlanBasis;
  bases: readonly BasisFact[];
  disbursed: Dong;
  /** What units were compared with: the province's, or one a group. Empty where the month has none. */
  averages: readonly { group: string; rate: Rational }[];
  units: readonly UnitFact[];
  /** Of the list: who left it in this month. */
  left: readonly string[];
  keyProjectsBehind: readonly KeyProjectFact[];
  /** The average and the list as this evaluation defines them, in one sentence. */
  definition: string;
  thresholdMonths: number;
  evidence: {
    evaluationId: number;
    monthVersion: number;
    policyVersion: number;
    resultHash: string;
    auditHead: { seq: number; hash: string };
  };
}

export interface BasisFact {
  basis: PlanBasis;
  /** False: no line of this basis at the province's level, "không giao ở cấp này". */
  isAssigned: boolean;
  plan: Dong;
  rate: Rational | null;
}

export interface UnitFact {
  code: string;
  name: string;
  group: string;
  status: 'not-rated' | 'missing' | 'below' | 'at-or-above';
  /** On the basis that judges. */
  plan: Dong;
  pmPlan: Dong | null;
  disbursed: Dong;
  rate: Rational | null;
  pmRate: Rational | null;
  /** What it was compared with. */
  average: Rational | null;
  streak: number;
  flagged: boolean;
  isNew: boolean;
  gap: Dong;
  gapAttainable: boolean;
  team: { code: string; name: string } | null;
}

export interface KeyProjectFact {
  name: string;
  responsible: string;
  because: 'below-average' | 'nothing-disbursed' | 'below-plan';
  rate: Rational | null;
}

/** Groups as the announcement names them; a group that is not known keeps its own name. */
export const GROUP_NAMES: Readonly<Record<string, string>> = {
  provincial: 'Các sở, ban, ngành và Ban Quản lý dự án cấp tỉnh',
  district: 'Các huyện, thành phố và xã, phường',
};

export const BASIS_NAMES: Readonly<Record<PlanBasis, string>> = {
  province: 'kế hoạch tỉnh giao',
  pm: 'kế hoạch Thủ tướng Chính phủ giao',
};

/** "tháng 9 năm 2024"; month 13 by what it is. */
export function monthName({ number, planYear }: Month): string {
  return number === 13
    ? `tháng 13 (tháng 01 năm ${planYear + 1}) của kế hoạch năm ${planYear}`
    : `tháng ${number} năm ${planYear}`;
}

/** Groups in the order in which they are printed, each with its units in the order of the facts. */
export function unitsByGroup(units: readonly UnitFact[]): { group: string; name: string; units: UnitFact[] }[] {
  const order = Object.keys(GROUP_NAMES);
  const groups = [...new Set(units.map(({ group }) => group))].sort(
    (a, b) => (order.indexOf(a) + 1 || order.length + 1) - (order.indexOf(b) + 1 || order.length + 1),
  );
  return groups.map((group) => ({
    group,
    name: GROUP_NAMES[group] ?? group,
    units: units.filter((unit) => unit.group === group),
  }));
}
