import type { SelectQueryBuilder } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { Notice } from './notice.entity.js';

/** Who the notice is for: acknowledging is theirs alone. */
export function mayReceive(actor: Actor, { audience, recipient }: Pick<Notice, 'audience' | 'recipient'>): boolean {
  switch (audience) {
    case 'team':
      return actor.teams.includes(recipient);
    case 'unit':
      return actor.role === 'reporter' && actor.units !== 'all' && actor.units.includes(recipient);
    case 'staff':
      return actor.role === 'staff';
    case 'announcement':
      return false;
  }
}

/** Narrows a query over notices to what the actor may see: their own, and for the department all. */
export function withinScope(query: SelectQueryBuilder<Notice>, actor: Actor): SelectQueryBuilder<Notice> {
  if (actor.units === 'all') return query;
  return query.andWhere(
    `((notice.audience = 'team' AND notice.recipient = ANY(:teams))
      OR (notice.audience = 'unit' AND notice.recipient = ANY(:units) AND notice.state <> 'draft' AND :reporter)
      OR (notice.audience = 'announcement' AND notice.state <> 'draft'))`,
    { teams: [...actor.teams], units: [...actor.units], reporter: actor.role === 'reporter' },
  );
}
