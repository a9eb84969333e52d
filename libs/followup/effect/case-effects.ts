import type { DataSource } from 'typeorm';
import { asRational, frozenEvaluation, type FrozenEvaluation } from '#libs/insight';
import { DomainError, Month, rational, type Actor, type Rational } from '#libs/kernel';
import { EvaluationLine } from '#libs/monitoring';
import { decisionsAbout, type DecisionRow } from '../meetings/index.js';
import { MOST_STEPS, timelineOf, windowOf, type TimelineStep } from './case-timeline.js';
import {
  effectOf,
  sumEffects,
  type CaseEffect,
  type CaseFacts,
  type EffectMonth,
  type EffectSum,
} from './effect.rule.js';

export type CaseErrorCode = 'warning-case-unknown';

export interface FollowedCase extends Omit<CaseFacts, 'months'> {
  id: number;
  planYear: number;
  unitCode: string;
  unitName: string;
  /** An inspection took place before the case ended. */
  wasInspected: boolean;
  /** Notices that went out about it, and decisions of meetings. */
  notices: number;
  decisions: number;
  effect: CaseEffect;
}

type CaseRow = Omit<FollowedCase, 'effect'>;

/** `$1` is the actor's units, null for all. An inspection counts that was before the end of the month that ended the case. */
const CASES = `
  SELECT c.id, c.plan_year AS "planYear", c.unit_code AS "unitCode", u.name AS "unitName", c.opened_month AS "openedMonth",
         c.state, c.ended_month AS "endedMonth",
         EXISTS (SELECT FROM notice_line AS l JOIN notice_step AS s ON s.notice_id = l.notice_id
                 WHERE l.case_id = c.id AND s.what = 'inspected' AND (c.ended_month IS NULL OR
                   (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                     <= (make_date(c.plan_year, 1, 1) + make_interval(months => c.ended_month))::date - 1)) AS "wasInspected",
         (SELECT count(DISTINCT n.id)::int FROM notice_line AS l JOIN notice AS n ON n.id = l.notice_id
          WHERE l.case_id = c.id AND n.audience IN ('team', 'unit') AND n.state <> 'draft') AS notices,
         (SELECT count(*)::int FROM meeting_decision AS d JOIN meeting_item AS i ON i.id = d.item_id
          WHERE i.source = 'warning-case' AND i.ref_id = c.id AND d.state <> 'withdrawn') AS decisions
  FROM warning_case AS c JOIN unit AS u ON u.code = c.unit_code WHERE ($1::text[] IS NULL OR c.unit_code = ANY($1))`;

/** A plan year has 13 months and under 200 units. */
const MOST_CASES = 1000;

/** The cases of a plan year with what followed each, and summed with and without an inspection. */
export async function caseEffects(
  db: DataSource,
  actor: Actor,
  planYear: number,
): Promise<{ items: FollowedCase[]; inspected: EffectSum; others: EffectSum; throughMonth: number | null }> {
  const rows: CaseRow[] = await db.query(
    `${CASES} AND c.plan_year = $2 AND c.state <> 'withdrawn' ORDER BY c.opened_month, u.name COLLATE "vi-x-icu", c.id LIMIT $3`,
    [actor.units === 'all' ? null : actor.units, planYear, MOST_CASES],
  );
  const latest = await latestMonth(db, planYear);
  const items = latest ? await followed(db, latest, rows) : [];
  const sums = sumEffects(items.map((each) => ({ ...each, monthsToClear: each.effect.monthsToClear })));
  return { items, ...sums, throughMonth: latest?.number ?? null };
}

/** One case of the actor's with all that was done about it, in order. */
export async function findCase(
  db: DataSource,
  actor: Actor,
  id: number,
): Promise<{ followed: FollowedCase; timeline: TimelineStep[]; decisions: DecisionRow[] }> {
  const [row]: CaseRow[] = await db.query(`${CASES} AND c.id = $2`, [actor.units === 'all' ? null : actor.units, id]);
  if (!row) throw new DomainError<CaseErrorCode>('warning-case-unknown', { case: id });
  const latest = await latestMonth(db, row.planYear);
  const [one] = latest ? await followed(db, latest, [row]) : [];
  const { from, to } = windowOf(row);
  const decisions = (await decisionsAbout(db, { unitCode: row.unitCode }, MOST_STEPS)).filter(
    ({ heldOn }) => heldOn >= from && heldOn <= to,
  );
  return {
    followed: one ?? { ...row, effect: effectOf({ ...row, months: [] }) },
    timeline: await timelineOf(db, actor, row, decisions),
    decisions,
  };
}

async function followed(db: DataSource, latest: Month, rows: readonly CaseRow[]): Promise<FollowedCase[]> {
  const frozen = await frozenEvaluation(db, latest);
  const lines = await db.manager
    .createQueryBuilder(EvaluationLine, 'l')
    .where('l.evaluation_id = :id AND l.unit_code = ANY(:codes)', {
      id: frozen.evaluation.id,
      codes: rows.map(({ unitCode }) => unitCode),
    })
    .orderBy('l.month')
    .getMany();
  return rows.map((row) => {
    const months = lines.filter(({ unitCode }) => unitCode === row.unitCode).map((line) => monthOf(line, frozen));
    return { ...row, effect: effectOf({ ...row, months }) };
  });
}

function monthOf(
  { month, unitCode, status, plan, disbursed, gap }: EvaluationLine,
  frozen: FrozenEvaluation,
): EffectMonth {
  const average = frozen.averageFor(unitCode, month);
  const rate: Rational | null = status === 'not-rated' || plan <= 0n ? null : rational(disbursed, plan);
  return { month, rate, average: average ? asRational(average) : null, gap };
}

/** The latest month whose present version is evaluated. */
async function latestMonth(db: DataSource, planYear: number): Promise<Month | undefined> {
  const [row]: { month: number | null }[] = await db.query(
    `SELECT max(m.month) AS month FROM reporting_month AS m
     JOIN evaluation AS e ON e.plan_year = m.plan_year AND e.month = m.month AND e.month_version = m.version
     WHERE m.plan_year = $1`,
    [planYear],
  );
  return row?.month ? Month.of(planYear, row.month) : undefined;
}
