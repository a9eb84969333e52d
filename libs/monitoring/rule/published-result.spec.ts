import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import {
  evaluatePlanYear,
  frozenTexts,
  hashesOf,
  parsePolicy,
  publishedResult,
  type EvaluationInputs,
  type Policy,
} from './index.js';

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

const policyOf = (fields: Record<string, unknown> = {}): Policy => {
  const { policy } = parsePolicy({ planYear: 2024, throughMonth: 1, ...fields });
  if (!policy) throw new Error('the policy of the test is wrong');
  return policy;
};

/** U1 10 of 100, U2 90 of 300, reserve R 5 without a plan; U2 did not report. */
const inputs: EvaluationInputs = {
  units: [
    { code: 'U2', kind: 'district', group: 'district', validFrom: '', validTo: '2024-01-31' },
    { code: 'U1', kind: 'investor', group: 'investor', validFrom: '2023-01-01', validTo: '2024-02-29' },
    { code: 'R', kind: 'reserve', group: 'reserve', validFrom: '', validTo: '' },
  ],
  sums: [
    { month: 1, unit: 'R', plan: 0n, disbursed: 5n },
    { month: 1, unit: 'U2', plan: 300n, disbursed: 90n },
    { month: 1, unit: 'U1', plan: 100n, disbursed: 10n },
  ],
  reports: [
    { month: 1, unit: 'U1' },
    { month: 1, unit: 'R' },
    { month: 1, unit: 'U1' },
  ],
};

const RESULT =
  '{"months":[{"averages":[{"denominator":"4","group":"*","numerator":"1"}],"month":1,"units":[' +
  '{"disbursed":10,"flagged":false,"gap":20,"plan":100,"status":"below","streak":1,"unit":"U1"},' +
  '{"disbursed":90,"flagged":false,"gap":0,"plan":300,"status":"missing","streak":0,"unit":"U2"}]}],' +
  '"problems":[{"code":"money-without-plan","month":1,"unit":"R"}]}';
const INPUTS =
  '{"reports":[{"month":1,"unit":"R"},{"month":1,"unit":"U1"}],' +
  '"sums":[{"disbursed":5,"month":1,"plan":0,"unit":"R"},{"disbursed":10,"month":1,"plan":100,"unit":"U1"},' +
  '{"disbursed":90,"month":1,"plan":300,"unit":"U2"}],' +
  '"units":[{"code":"R","group":"reserve","kind":"reserve","valid_from":"","valid_to":""},' +
  '{"code":"U1","group":"investor","kind":"investor","valid_from":"2023-01-01","valid_to":""},' +
  '{"code":"U2","group":"district","kind":"district","valid_from":"","valid_to":"2024-01-31"}]}';
const POLICY =
  '{"average":{"includeReserve":false,"method":"pooled","scope":"all"},"changes":[],"excludeProjects":[],' +
  '"includeCarriedOver":false,"includeEstimates":false,"minimumGapVnd":0,"missing":"pause","planBasis":"province",' +
  '"planYear":2024,"thresholdMonths":3,"throughMonth":1}';

describe('what is published', () => {
  const evaluation = evaluatePlanYear(inputs, policyOf());

  it('has exactly the fields of product.md, in their order, amounts as JSON integers, averages as texts', () => {
    expect(JSON.stringify(publishedResult(evaluation))).toBe(
      '{"months":[{"month":1,"averages":[{"group":"*","numerator":"1","denominator":"4"}],"units":[' +
        '{"unit":"U1","status":"below","plan":100,"disbursed":10,"streak":1,"flagged":false,"gap":20},' +
        '{"unit":"U2","status":"missing","plan":300,"disbursed":90,"streak":0,"flagged":false,"gap":0}]}],' +
        '"problems":[{"code":"money-without-plan","month":1,"unit":"R"}]}',
    );
  });

  it('is not printed with a figure that JSON would round', () => {
    const plan = 2n ** 53n;
    const large = { ...inputs, sums: [{ month: 1, unit: 'U1', plan, disbursed: 0n }] };
    expect(() => publishedResult(evaluatePlanYear(large, policyOf()))).toThrow('amount-out-of-range');
    const negative = { ...inputs, sums: [{ month: 1, unit: 'U1', plan: 0n, disbursed: -plan }] };
    expect(() => publishedResult(evaluatePlanYear(negative, policyOf()))).toThrow('amount-out-of-range');
  });
});

describe('the three hashes', () => {
  const policy = policyOf();
  const evaluation = evaluatePlanYear(inputs, policy);
  const texts = frozenTexts(evaluation.inputs, policy, publishedResult(evaluation));

  it('are SHA-256 of these three canonical texts, written here by hand', () => {
    expect(texts).toEqual({ inputs: INPUTS, policy: POLICY, result: RESULT });
    expect(hashesOf(texts)).toEqual({
      inputHash: sha256(INPUTS),
      policyHash: sha256(POLICY),
      resultHash: sha256(RESULT),
    });
  });

  it('stay what they were when this was written', () => {
    expect(hashesOf(texts)).toEqual({
      inputHash: '1751375f8545f3abd8dbba56a1fd0c38e09115e9016b68d007685490e4d44448',
      policyHash: '9493e3b31443cae939c9e145ae7e53cd50880df79b7794f1b3a7119b6e2e7965',
      resultHash: '75ffc16e44f9edbf44b5f4e662a3832a97f25440ad55e2277a9409544321e873',
    });
  });

  it('tell "no reports are kept" (null) from "nobody reported" (an empty list)', () => {
    const textOf = (reports: EvaluationInputs['reports']): string => {
      const other = evaluatePlanYear({ ...inputs, reports }, policy);
      return frozenTexts(other.inputs, policy, publishedResult(other)).inputs;
    };
    expect(textOf(null).startsWith('{"reports":null,')).toBe(true);
    expect(textOf([]).startsWith('{"reports":[],')).toBe(true);
  });

  it('have declaredPercent in the policy only if it was given, changes as written', () => {
    const average = { method: 'declared', declaredPercent: { 10: '13.40', 2: '5', 1: '3' } };
    const changes = [{ fromMonth: 2, thresholdMonths: 2 }];
    const given = policyOf({ average, changes });
    expect(frozenTexts(evaluation.inputs, given, publishedResult(evaluation)).policy).toBe(
      POLICY.replace(
        '{"includeReserve":false,"method":"pooled"',
        '{"declaredPercent":{"1":"3","10":"13.40","2":"5"},"includeReserve":false,"method":"declared"',
      ).replace('"changes":[]', '"changes":[{"fromMonth":2,"thresholdMonths":2}]'),
    );
  });

  it('do not depend on whether a default was written or left out', () => {
    const hashOf = (fields: Record<string, unknown>): string =>
      hashesOf(frozenTexts(evaluation.inputs, policyOf(fields), publishedResult(evaluation))).policyHash;
    expect(hashOf({ missing: 'pause', average: { method: 'pooled' }, changes: [] })).toBe(hashOf({}));
    expect(hashOf({ missing: 'break' })).not.toBe(hashOf({}));
  });
});
