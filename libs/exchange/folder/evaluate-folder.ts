import { isStorableDong } from '#libs/kernel';
import {
  evaluatePlanYear,
  frozenTexts,
  hashesOf,
  publishedResult,
  sumPlanAndDisbursed,
  type Evaluation,
  type EvaluationHashes,
  type PublishedResult,
} from '#libs/monitoring/rule';
import { readEvaluationFolder } from './evaluation-folder.js';
import type { ProblemLine } from './folder-table.js';

/**
 * The monitoring rule on a folder of csv files, without a database: what `npm run -s evaluate` prints, or every
 * problem found, one line each.
 */
export async function evaluateFolder(
  path: string,
): Promise<{ output: PublishedResult & EvaluationHashes } | { problems: ProblemLine[] }> {
  const read = await readEvaluationFolder(path);
  if (!read.folder) return { problems: read.problems };
  const { units, lines, entries, reports, policy } = read.folder;
  const sums = sumPlanAndDisbursed(
    units.map(({ code }) => code),
    lines,
    entries,
    policy,
  );
  const evaluation = evaluatePlanYear({ units, sums, reports }, policy);
  const problems = figuresOutOfRange(evaluation);
  if (problems.length > 0) return { problems };
  const result = publishedResult(evaluation);
  return { output: { ...result, ...hashesOf(frozenTexts(evaluation.inputs, policy, result)) } };
}

function figuresOutOfRange({ inputs, months }: Evaluation): ProblemLine[] {
  const words = (file: string, what: string, unit: string, month: number, amount: bigint): ProblemLine =>
    `${file}, amount_vnd: the ${what} of unit ${unit} in month ${month} must stay within ±9007199254740991 đồng, ` +
    `found ${amount}`;
  return [
    ...inputs.sums.flatMap(({ month, unit, plan, disbursed }) => [
      ...(isStorableDong(plan) ? [] : [words('allocations.csv', 'plan', unit, month, plan)]),
      ...(isStorableDong(disbursed) ? [] : [words('disbursements.csv', 'disbursed sum', unit, month, disbursed)]),
    ]),
    ...months.flatMap(({ month, units }) =>
      units
        .filter(({ gap }) => !isStorableDong(gap))
        .map(({ unit, gap }) => words('disbursements.csv', 'gap', unit, month, gap)),
    ),
  ];
}
