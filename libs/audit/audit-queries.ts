import type { DataSource, EntityManager, SelectQueryBuilder } from 'typeorm';
import { DomainError } from '#libs/kernel';
import { AuditEvent } from './audit-event.entity.js';
import type { AuditErrorCode } from './errors.js';

export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  objectType?: string | undefined;
  objectId?: string | undefined;
  /** Instants, the first included, the second not. */
  from?: Date | undefined;
  until?: Date | undefined;
  /** The place after which the page begins. */
  after?: AuditPlace | undefined;
  limit: number;
}

/** The newest come first, by their time and then their number; `at` as the database writes it, to the microsecond. */
export interface AuditPlace {
  at: string;
  seq: number;
}

export type AuditEventHead = Pick<AuditEvent, 'seq' | 'at' | 'actor' | 'action' | 'objectType' | 'objectId'>;

/** What the body of an event tells beside the columns. */
export interface ToldEvent extends AuditEventHead {
  actorRole: string;
  actorName: string | null;
  before: unknown;
  after: unknown;
  origin: { via: string; address?: string; requestId?: string };
  hash: string;
  previousHash: string;
}

/** A page of events without their bodies. */
export async function listAuditEvents(
  db: DataSource | EntityManager,
  filter: AuditFilter,
): Promise<(AuditEventHead & { actorName: string | null; place: AuditPlace })[]> {
  const query = filtered(db, filter)
    .select(['e.seq AS seq', 'e.at::text AS place', 'e.at AS at', 'e.actor AS actor', 'e.action AS action'])
    .addSelect(['e.object_type AS "objectType"', 'e.object_id AS "objectId"'])
    .orderBy('e.at', 'DESC')
    .addOrderBy('e.seq', 'DESC')
    .limit(filter.limit);
  const rows = await query.getRawMany<AuditEventHead & { seq: string; place: string }>();
  const names = await namesOf(
    db,
    rows.map(({ actor }) => actor),
  );
  return rows.map(({ place, ...row }) => {
    const seq = Number(row.seq);
    return { ...row, seq, actorName: names.get(row.actor) ?? null, place: { at: place, seq } };
  });
}

function filtered(db: DataSource | EntityManager, filter: AuditFilter): SelectQueryBuilder<AuditEvent> {
  const { actor, action, objectType, objectId, from, until, after } = filter;
  const query = db.createQueryBuilder(AuditEvent, 'e').where('true');
  if (actor !== undefined) query.andWhere('e.actor = :actor', { actor });
  if (action !== undefined) query.andWhere('e.action = :action', { action });
  if (objectType !== undefined) query.andWhere('e.object_type = :objectType', { objectType });
  if (objectId !== undefined) query.andWhere('e.object_id = :objectId', { objectId });
  if (from !== undefined) query.andWhere('e.at >= :from', { from });
  if (until !== undefined) query.andWhere('e.at < :until', { until });
  if (after !== undefined) query.andWhere('(e.at, e.seq) < (:at::timestamptz, :seq::bigint)', after);
  return query;
}

/** One event with all it tells; `audit-event-unknown` for a number that there is not. */
export async function findAuditEvent(db: DataSource | EntityManager, seq: number): Promise<ToldEvent> {
  const manager = 'manager' in db ? db.manager : db;
  const event = await manager.findOneBy(AuditEvent, { seq });
  if (!event) throw new DomainError<AuditErrorCode>('audit-event-unknown', { event: seq });
  const { body, ...head } = event;
  const told = JSON.parse(body) as Pick<ToldEvent, 'before' | 'after' | 'origin'> & { actor: { role: string } };
  const names = await namesOf(db, [event.actor]);
  return {
    ...head,
    actorRole: told.actor.role,
    actorName: names.get(event.actor) ?? null,
    before: told.before,
    after: told.after,
    origin: told.origin,
  };
}

async function namesOf(db: DataSource | EntityManager, usernames: readonly string[]): Promise<Map<string, string>> {
  const rows: { username: string; name: string }[] = await db.query(
    'SELECT username, display_name AS name FROM account WHERE username = ANY($1)',
    [[...new Set(usernames)]],
  );
  return new Map(rows.map(({ username, name }) => [username, name]));
}

export interface AuditFacets {
  actors: string[];
  actions: string[];
  objectTypes: string[];
}

/** What one may filter by: each value that occurs, found by leaping through its index instead of reading it. */
export async function auditFacets(db: DataSource | EntityManager): Promise<AuditFacets> {
  const distinct = async (column: 'actor' | 'action' | 'object_type'): Promise<string[]> => {
    const rows: { value: string }[] = await db.query(
      `WITH RECURSIVE leap AS (
         (SELECT ${column} AS value FROM audit_event ORDER BY ${column} LIMIT 1)
         UNION ALL
         SELECT (SELECT e.${column} FROM audit_event AS e WHERE e.${column} > leap.value ORDER BY e.${column} LIMIT 1)
         FROM leap WHERE leap.value IS NOT NULL
       )
       SELECT value FROM leap WHERE value IS NOT NULL LIMIT ${MOST_FACETS}`,
    );
    return rows.map(({ value }) => value);
  };
  return {
    actors: await distinct('actor'),
    actions: await distinct('action'),
    objectTypes: await distinct('object_type'),
  };
}

const MOST_FACETS = 1000;
