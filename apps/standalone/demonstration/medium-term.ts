import type { Dong } from '#libs/kernel';
import type { DemonstrationMediumTerm } from './demonstration.js';
import { MILLION, type PlanCell } from './plan-cells.js';
import { seededRandom } from './seeded-random.js';

const BILLION = 1000n * MILLION;
/** Every so many-th project has its medium-term plan in the demonstration: enough to see, quick to load. */
const EVERY = 4;
/** Of those every so many-th got more in 2024 than its medium-term plan leaves: a warning to look at. */
const EXCEEDED_EVERY = 5;

/** Medium-term plans 2021-2025 of some of the made-up projects, all made up. */
export function mediumTermPlans(cells: readonly PlanCell[]): DemonstrationMediumTerm[] {
  const projects = [...new Set(cells.map(({ project }) => project))].filter((code) => code.startsWith('MH-'));
  return projects
    .filter((_, i) => i % EVERY === 0)
    .map((project, i) => ({
      project,
      decisionNo: 'MH-TH/NQ-HĐND',
      decisionDate: '2021-12-10',
      lines: cells
        .filter((cell) => cell.project === project)
        .map(({ source, septemberPlan }, line) => {
          const random = seededRandom(`medium term ${project} ${source}`);
          const allocatedBefore = rounded((septemberPlan * BigInt(random.between(60, 140))) / 100n);
          const room = i % EXCEEDED_EVERY === 2 && line === 0 ? 90n : BigInt(random.between(125, 180));
          return { source, allocatedBefore, amount: allocatedBefore + rounded((septemberPlan * room) / 100n) };
        }),
    }));
}

/** To whole billions, small amounts to whole millions. */
function rounded(amount: Dong): Dong {
  return amount < 20n * BILLION ? (amount / MILLION) * MILLION : (amount / BILLION) * BILLION;
}
