import type { ErrorFacts, FieldProblem } from '#libs/kernel';

/** What a month may lack when it is closed. */
export type MissingKind =
  | 'missing-report'
  | 'money-without-plan'
  | 'outside-validity'
  | 'estimate-without-actual'
  | 'not-signed-off'
  | 'open-objection';

/**
 * What may be decided about it: close all the same, with a note why. Whoever would rather wait does not close.
 * `accept-missing`: the month is not reported, which is not zero (I9); `accept-as-is`: the figures stand as they are;
 * `accept-unsigned`: closed before the check was signed off; `accept-open`: closed before an objection was decided.
 */
export const DECISION_OF = {
  'missing-report': 'accept-missing',
  'money-without-plan': 'accept-as-is',
  'outside-validity': 'accept-as-is',
  'estimate-without-actual': 'accept-as-is',
  'not-signed-off': 'accept-unsigned',
  'open-objection': 'accept-open',
} as const satisfies Record<MissingKind, string>;

export type ClosingDecision = (typeof DECISION_OF)[MissingKind];

/** A unit's code, the name of a check, or the number of an objection. */
export interface MissingSubject {
  kind: MissingKind;
  subject: string;
  name: string;
}

export interface NewDecision {
  kind: MissingKind;
  subject: string;
  decision: ClosingDecision;
  note: string;
}

/**
 * Every missing thing needs its decision. One about something that is not missing (any more) decides nothing: a report
 * that came in at the last moment stops nobody. In the order of the missing things, then of the decisions.
 */
export function decisionProblems(
  missing: readonly MissingSubject[],
  decisions: readonly NewDecision[],
): FieldProblem[] {
  const undecided = missing.filter((item) => !decisions.some((decision) => isAbout(decision, item)));
  return [
    ...undecided.map(({ kind, subject, name }): FieldProblem => {
      const facts: ErrorFacts = { kind, subject, name, decision: DECISION_OF[kind] };
      return { pointer: '/decisions', code: `${kind}-undecided`, facts };
    }),
    ...decisions.flatMap(({ kind, decision }, i): FieldProblem[] =>
      decision === DECISION_OF[kind]
        ? []
        : [
            {
              pointer: `/decisions/${i}/decision`,
              code: 'decision-unfit',
              facts: { kind, expected: DECISION_OF[kind] },
            },
          ],
    ),
  ];
}

/** The decisions that are about something missing, the first where two are about the same. */
export function standingDecisions(
  missing: readonly MissingSubject[],
  decisions: readonly NewDecision[],
): NewDecision[] {
  return missing.flatMap((item) => decisions.find((decision) => isAbout(decision, item)) ?? []);
}

function isAbout(decision: NewDecision, item: MissingSubject): boolean {
  return decision.kind === item.kind && decision.subject === item.subject;
}
