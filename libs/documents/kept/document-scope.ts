import type { Actor } from '#libs/kernel';

/**
 * Which documents are whose, as a condition on `d`: the department's all of them. What was issued to everybody is
 * everybody's; a letter its unit's, an assignment its team's, both once they are issued. `parameter` gives a value its
 * place in the query.
 */
export function documentScope(actor: Actor, parameter: (value: unknown) => string): string {
  if (actor.units === 'all') return 'true';
  const own = [
    "d.kind IN ('announcement', 'correction')",
    actor.role === 'reporter'
      ? `d.kind = 'unit-letter' AND d.recipient = ANY(${parameter([...actor.units])}::text[])`
      : `d.kind = 'team-assignment' AND d.recipient = ANY(${parameter([...actor.teams])}::text[])`,
  ];
  return `(d.state = 'issued' AND (${own.map((each) => `(${each})`).join(' OR ')}))`;
}
