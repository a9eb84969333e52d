import { compare, type Dong, type Rational } from '#libs/kernel';

/**
 * Whether a key project is behind. Source: domain.md §4 "Key project behind": public capital: its rate is below the
 * provincial average, or nothing was disbursed for three months running; PPP and non-budget: progress below the
 * investor's plan; without data its state is "chưa có số liệu". Missing is not zero (§3.7).
 */
export type KeyProjectState = 'behind' | 'on-track' | 'no-data';
export type BehindReason = 'below-average' | 'nothing-disbursed' | 'below-plan';

const MONTHS_OF_NOTHING = 3;

/** Amounts in đồng, of the plan year up to the end of the month; of a parent, the sums of its leaf components. */
export type KeyProjectFacts =
  | {
      capitalType: 'public';
      plan: Dong;
      disbursed: Dong;
      /** Of the month that is looked at; undefined where it has none. */
      average: Rational | undefined;
      /** What each of the last months disbursed, the newest last; fewer than three early in the plan year. */
      lastMonths: readonly Dong[];
    }
  | {
      capitalType: 'ppp' | 'non-budget';
      /** Implemented, and planned by the investor by the same day; null: not reported for the month. */
      implemented: Dong | null;
      implementedPlan: Dong | null;
    }
  | { capitalType: 'unknown' };

export interface KeyProjectVerdict {
  state: KeyProjectState;
  because: BehindReason | null;
  /** What was compared: two rates, or two amounts in đồng over 1; null without data. */
  evidence: { found: Rational; comparedWith: Rational } | null;
}

const NO_DATA: KeyProjectVerdict = { state: 'no-data', because: null, evidence: null };

export function judgeKeyProject(facts: KeyProjectFacts): KeyProjectVerdict {
  switch (facts.capitalType) {
    case 'public':
      return judgePublic(facts);
    case 'ppp':
    case 'non-budget':
      return judgeByInvestorsPlan(facts);
    case 'unknown':
      return NO_DATA;
  }
}

function judgePublic(facts: KeyProjectFacts & { capitalType: 'public' }): KeyProjectVerdict {
  const { plan, disbursed, average, lastMonths } = facts;
  if (plan <= 0n) return NO_DATA;
  const rate = { numerator: disbursed, denominator: plan };
  const evidence = average ? { found: rate, comparedWith: average } : null;
  if (average && compare(rate, average) < 0) return { state: 'behind', because: 'below-average', evidence };
  const last = lastMonths.slice(-MONTHS_OF_NOTHING);
  // Money that only came back is nothing disbursed either.
  if (last.length === MONTHS_OF_NOTHING && last.every((amount) => amount <= 0n))
    return { state: 'behind', because: 'nothing-disbursed', evidence };
  return average ? { state: 'on-track', because: null, evidence } : NO_DATA;
}

function judgeByInvestorsPlan(facts: { implemented: Dong | null; implementedPlan: Dong | null }): KeyProjectVerdict {
  const { implemented, implementedPlan } = facts;
  if (implemented === null || implementedPlan === null) return NO_DATA;
  const evidence = {
    found: { numerator: implemented, denominator: 1n },
    comparedWith: { numerator: implementedPlan, denominator: 1n },
  };
  return implemented < implementedPlan
    ? { state: 'behind', because: 'below-plan', evidence }
    : { state: 'on-track', because: null, evidence };
}
