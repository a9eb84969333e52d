import type { Dong } from '#libs/kernel';
import { illustrativeNumbers } from './illustrative-numbers.js';
import type { SourceCode } from './lang-son-places.js';
import { seededRandom } from './seeded-random.js';
import { UNIT_TARGETS, type Profile } from './unit-targets.js';

export const MILLION = 1_000_000n;

/** One project × funding source: the grain of allocation lines and entries. */
export interface PlanCell {
  unit: string;
  project: string;
  source: SourceCode;
  /** In force on 30/9/2024 on the province basis, carried-over capital apart. */
  septemberPlan: Dong;
  /** How fast it spends against the rest of its unit, 100 = like the unit. */
  pace: number;
}

/** Shares in percent. The first source is the one that names the profile. */
const SPLITS: Record<Exclude<Profile, 'components'>, [SourceCode, number][]> = {
  road: [
    ['NSTW-TN', 75],
    ['NSDP-CD', 25],
  ],
  local: [['NSDP-CD', 100]],
  land: [
    ['NSDP-DAT', 62],
    ['NSDP-CD', 38],
  ],
  lottery: [['NSDP-XS', 100]],
  oda: [
    ['NSTW-ODA', 80],
    ['NSDP-BC', 20],
  ],
  NTM: [
    ['CTMTQG-NTM', 80],
    ['NSDP-CD', 20],
  ],
  GNBV: [
    ['CTMTQG-GNBV', 90],
    ['NSDP-CD', 10],
  ],
  DTTS: [
    ['CTMTQG-DTTS', 85],
    ['NSDP-CD', 15],
  ],
};

/**
 * Written out: the real projects that hold capital, with made-up amounts. LTT-KEODAI is the one that dominates, about
 * a fifth of the province's plan. Million đồng, pace.
 */
const WRITTEN_OUT: [unit: string, project: string, source: SourceCode, million: number, pace: number][] = [
  ['BQLDA-TINH', 'LTT-KEODAI', 'NSDP-DAT', 451_000, 99],
  ['BQLDA-TINH', 'LTT-KEODAI', 'NSDP-CD', 369_000, 106],
  ['SO-GTVT', 'QL4B-KM18-KM80', 'NSTW-TN', 412_000, 86],
  ['SO-GTVT', 'QL4B-KM18-KM80', 'NSDP-CD', 96_500, 113],
  ['SO-GTVT', 'QL4B-KM3-KM18', 'NSTW-TN', 118_000, 112],
  ['SO-GTVT', 'QL4B-KM3-KM18', 'NSDP-CD', 32_400, 105],
  ['SO-GTVT', 'MH-03', 'NSDP-CD', 28_600, 116],
  ['SO-GTVT', 'MH-03', 'NSDP-DAT', 9_400, 136],
  ['SO-GTVT', 'MH-04', 'NSDP-CD', 17_250, 138],
  ['SO-GTVT', 'MH-05', 'NSDP-DAT', 12_800, 163],
  ['SO-GTVT', 'MH-05', 'NSDP-XS', 4_900, 153],
  ['SO-GTVT', 'MH-06', 'NSDP-CD', 10_500, 153],
];

/** Every cell of every rated unit; a unit's cells add up to its September plan exactly. */
export function planCells(): PlanCell[] {
  const numbers = illustrativeNumbers();
  return UNIT_TARGETS.flatMap(({ code: unit, septemberPlan }) => {
    const writtenOut = WRITTEN_OUT.filter(([owner]) => owner === unit).map(([, project, source, million, pace]) => ({
      unit,
      project,
      source,
      septemberPlan: BigInt(million) * MILLION,
      pace,
    }));
    const split = numbers.filter(
      ({ unit: owner, code, profile }) =>
        owner === unit && profile !== 'components' && !writtenOut.some(({ project }) => project === code),
    );
    const rest = BigInt(septemberPlan) * MILLION - writtenOut.reduce((sum, cell) => sum + cell.septemberPlan, 0n);
    return [...writtenOut, ...splitCells(unit, split, rest)];
  });
}

function splitCells(unit: string, projects: readonly { code: string; profile: Profile }[], plan: Dong): PlanCell[] {
  const random = seededRandom(`plan ${unit}`);
  const weights = projects.map(() => BigInt(random.between(60, 140)));
  return portions(plan, weights).flatMap((projectPlan, i) => {
    const { code, profile } = projects[i] as { code: string; profile: Exclude<Profile, 'components'> };
    const pace = random.between(82, 118);
    const split = SPLITS[profile];
    return portions(
      projectPlan,
      split.map(([, share]) => BigInt(share)),
    ).map((septemberPlan, j) => ({
      unit,
      project: code,
      source: (split[j] as [SourceCode, number])[0],
      septemberPlan,
      pace: pace + random.between(-6, 6),
    }));
  });
}

/** Shares an amount out in whole units (million đồng unless told), the last portion taking what rounding leaves. */
export function portions(amount: Dong, weights: readonly bigint[], unit: Dong = MILLION): Dong[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  let left = amount;
  return weights.map((weight, i) => {
    const portion = i === weights.length - 1 ? left : ((amount * weight) / total / unit) * unit;
    left -= portion;
    return portion;
  });
}
