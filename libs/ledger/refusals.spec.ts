import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { asLedgerRefusal } from './refusals.js';

const MIGRATIONS = new URL('../platform/database/migrations/', import.meta.url);

/** The names under which the database refuses with a SQLSTATE, as the migrations write them. */
function namesOf(state: string): string[] {
  const sources = readdirSync(MIGRATIONS)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, MIGRATIONS), 'utf8'));
  const raised = new RegExp(`ERRCODE = '${state}', CONSTRAINT = '([a-z_]+)'`, 'g');
  return [...new Set(sources.flatMap((source) => [...source.matchAll(raised)].map((match) => match[1] as string)))];
}

const refused = (constraint: string, detail?: string): Promise<{ code?: string; facts?: unknown }> =>
  asLedgerRefusal({ decision: '1/QĐ' }, () =>
    Promise.reject(Object.assign(new Error('refused'), { driverError: { code: 'PT007', constraint, detail } })),
  ).catch((error: { code?: string; facts?: unknown }) => error);

describe('what the database refuses as PT007', () => {
  /** One SQLSTATE for seven rules: only the name tells them apart. */
  const CODES: Record<string, string> = {
    corrects_same_series: 'correction-of-another-series',
    decision_kind: 'decision-kind-refused',
    decision_total: 'decision-above-total',
    detail_of_root: 'detail-not-possible',
    plan_below_zero: 'plan-below-zero',
    transfer_not_zero: 'transfer-not-zero',
    unassigned_capital: 'unassigned-too-little',
  };

  it('has just these names in the migrations', () => {
    expect(namesOf('PT007').sort()).toEqual(Object.keys(CODES));
  });

  it.each(Object.entries(CODES))('%s is told as %s, with the facts of the database', async (name, code) => {
    expect(await refused(name, '{"amount":"5"}')).toMatchObject({ code, facts: { decision: '1/QĐ', amount: '5' } });
    expect(await refused(name)).toMatchObject({ code, facts: { decision: '1/QĐ' } });
  });

  it('under a name that nobody knows passes unchanged: a fault of the program is no refusal', async () => {
    expect(await refused('something_new')).toMatchObject({ message: 'refused' });
  });
});
