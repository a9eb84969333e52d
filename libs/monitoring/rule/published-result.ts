import { canonicalJson, dongToJson, sha256 } from '#libs/kernel';
import type { Evaluation, ProblemFound } from './evaluate-plan-year.js';
import type { EvaluationInputs } from './inputs.js';
import type { Policy } from './policy.js';
import type { UnitStatus } from './below-average-streak.rule.js';

/** What is printed, hashed and replayed: the JSON of product.md "File formats". Amounts in whole đồng. */
export interface PublishedResult {
  months: {
    month: number;
    averages: { group: string; numerator: string; denominator: string }[];
    units: {
      unit: string;
      status: UnitStatus;
      plan: number;
      disbursed: number;
      streak: number;
      flagged: boolean;
      gap: number;
    }[];
  }[];
  problems: ProblemFound[];
}

export interface EvaluationHashes {
  inputHash: string;
  policyHash: string;
  resultHash: string;
}

/** The three texts whose SHA-256 are the three hashes: canonical JSON (RFC 8785). */
export interface FrozenTexts {
  inputs: string;
  policy: string;
  result: string;
}

/** Throws `amount-out-of-range` when a figure lies beyond ±(2^53 − 1) đồng. */
export function publishedResult(evaluation: Evaluation): PublishedResult {
  return {
    months: evaluation.months.map(({ month, averages, units }) => ({
      month,
      averages: averages.map(({ group, average }) => ({
        group,
        numerator: average.numerator.toString(),
        denominator: average.denominator.toString(),
      })),
      units: units.map(({ unit, status, plan, disbursed, streak, flagged, gap }) => ({
        unit,
        status,
        plan: dongToJson(plan),
        disbursed: dongToJson(disbursed),
        streak,
        flagged,
        gap: dongToJson(gap),
      })),
    })),
    problems: evaluation.problems.map(({ code, month, unit }) => ({ code, month, unit })),
  };
}

export function frozenTexts(inputs: EvaluationInputs, policy: Policy, result: PublishedResult): FrozenTexts {
  return {
    inputs: canonicalJson({
      units: inputs.units.map(({ code, kind, group, validFrom, validTo }) => ({
        code,
        kind,
        group,
        valid_from: validFrom,
        valid_to: validTo,
      })),
      sums: inputs.sums.map(({ month, unit, plan, disbursed }) => ({
        month,
        unit,
        plan: dongToJson(plan),
        disbursed: dongToJson(disbursed),
      })),
      reports: inputs.reports && inputs.reports.map(({ month, unit }) => ({ month, unit })),
    }),
    policy: canonicalJson(policy),
    result: canonicalJson(result),
  };
}

export function hashesOf(texts: FrozenTexts): EvaluationHashes {
  return {
    inputHash: sha256(texts.inputs),
    policyHash: sha256(texts.policy),
    resultHash: sha256(texts.result),
  };
}
