import type { DataSource } from 'typeorm';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import type { NoticesErrorCode } from './errors.js';
import type { Audience, NoticeState } from './life-cycle.rule.js';
import { Notice, NoticeLine } from './notice.entity.js';
import { showing, type DueClock, type NoticeShow } from './notice-due.js';
import { withinScope } from './notice-scope.js';
import { NoticeStep } from './notice-step.entity.js';

export interface NoticeFilter {
  state?: NoticeState;
  audience?: Audience;
  month?: Month;
  /** What waits in one way, by the office's day. */
  show?: { show: NoticeShow; clock: DueClock };
  /** Notices older than this one. */
  before?: number;
  limit: number;
}

export type NoticeWithLines = Notice & { lines: NoticeLine[] };

/** The actor's notices, newest first. `waiting` counts those issued to the actor and not yet acknowledged. */
export async function listNotices(
  db: DataSource,
  actor: Actor,
  filter: NoticeFilter,
): Promise<{ items: NoticeWithLines[]; total: number; waiting: number }> {
  const query = withinScope(db.manager.createQueryBuilder(Notice, 'notice').where('true'), actor);
  if (filter.state) query.andWhere('notice.state = :state', { state: filter.state });
  if (filter.audience) query.andWhere('notice.audience = :audience', { audience: filter.audience });
  if (filter.show) showing(query, filter.show.show, filter.show.clock);
  if (filter.month)
    query.andWhere('notice.plan_year = :planYear AND notice.month = :month', {
      planYear: filter.month.planYear,
      month: filter.month.number,
    });
  const total = await query.getCount();
  if (filter.before !== undefined) query.andWhere('notice.id < :before', { before: filter.before });
  const notices = await query.orderBy('notice.id', 'DESC').limit(filter.limit).getMany();
  return { items: await withLines(db, notices), total, waiting: await countWaiting(db, actor) };
}

/** One notice of the actor's; `notice-unknown` for one that does not exist or is not theirs to see. */
export async function findNotice(db: DataSource, actor: Actor, id: number): Promise<NoticeWithLines> {
  const query = db.manager.createQueryBuilder(Notice, 'notice').where('notice.id = :id', { id });
  const notice = await withinScope(query, actor).getOne();
  if (!notice) throw new DomainError<NoticesErrorCode>('notice-unknown', { notice: id });
  const [complete] = await withLines(db, [notice]);
  return complete as NoticeWithLines;
}

async function countWaiting(db: DataSource, actor: Actor): Promise<number> {
  const query = db.manager.createQueryBuilder(Notice, 'notice').where("notice.state IN ('issued', 'delivered')");
  if (actor.role === 'inspector')
    query.andWhere("notice.audience = 'team' AND notice.recipient = ANY(:teams)", { teams: [...actor.teams] });
  else if (actor.role === 'reporter' && actor.units !== 'all')
    query.andWhere("notice.audience = 'unit' AND notice.recipient = ANY(:units)", { units: [...actor.units] });
  else if (actor.role === 'staff') query.andWhere("notice.audience = 'staff'");
  else return 0;
  return query.getCount();
}

async function withLines(db: DataSource, notices: Notice[]): Promise<NoticeWithLines[]> {
  const lines = await db.manager
    .createQueryBuilder(NoticeLine, 'line')
    .where('line.notice_id = ANY(:ids)', { ids: notices.map(({ id }) => id) })
    .orderBy('line.notice_id')
    .addOrderBy('line.ordinal')
    .getMany();
  return notices.map((notice) =>
    Object.assign(notice, { lines: lines.filter(({ noticeId }) => noticeId === notice.id) }),
  );
}

/** What later versions of its month did to each notice: another one went out in its place, or it stays a draft. */
export async function noticeFates(
  db: DataSource,
  notices: readonly Pick<Notice, 'id'>[],
): Promise<Map<number, { replacedBy: number | null; superseded: boolean }>> {
  const rows: { id: number; replacedBy: number | null; superseded: boolean }[] = await db.query(
    `SELECT n.id, (SELECT max(c.id) FROM notice AS c WHERE c.corrects = n.id AND c.state <> 'draft') AS "replacedBy",
            n.state = 'draft' AND n.month_version < m.version AS superseded
     FROM notice AS n JOIN reporting_month AS m USING (plan_year, month) WHERE n.id = ANY($1)`,
    [notices.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, ...fate }) => [id, fate]));
}

/** What happened to each notice, in order. */
export async function noticeTimelines(
  db: DataSource,
  notices: readonly Pick<Notice, 'id'>[],
): Promise<Map<number, NoticeStep[]>> {
  const steps = await db.manager
    .createQueryBuilder(NoticeStep, 'step')
    .where('step.notice_id = ANY(:ids)', { ids: notices.map(({ id }) => id) })
    .orderBy('step.id')
    .getMany();
  const grouped = new Map<number, NoticeStep[]>(notices.map(({ id }) => [id, []]));
  for (const step of steps) grouped.get(step.noticeId)?.push(step);
  return grouped;
}
