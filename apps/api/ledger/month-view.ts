import type { DataSource } from 'typeorm';
import { Month, type Actor } from '#libs/kernel';
import { listMonths, type MonthOverview } from '#libs/ledger';
import type { MonthDto } from './month.dto.js';

/** The months of a plan year as they are sent, with what became of each. */
export async function monthViews(db: DataSource, actor: Actor, planYear: number): Promise<MonthDto[]> {
  const months = await listMonths(db, actor, planYear);
  const outcomes: { month: number; evaluated: boolean; announcement: MonthDto['announcement'] }[] = await db.query(
    `SELECT m.month,
            EXISTS (SELECT FROM evaluation AS e
                    WHERE e.plan_year = m.plan_year AND e.month = m.month AND e.month_version = m.version) AS evaluated,
            coalesce((SELECT CASE n.state WHEN 'draft' THEN 'draft' ELSE 'released' END FROM notice AS n
                      WHERE n.plan_year = m.plan_year AND n.month = m.month AND n.audience = 'announcement'
                        AND (n.state <> 'draft' OR n.month_version = m.version)
                      ORDER BY n.month_version DESC LIMIT 1), 'none') AS announcement
     FROM reporting_month AS m WHERE m.plan_year = $1`,
    [planYear],
  );
  const outcomeOf = new Map(outcomes.map((outcome) => [outcome.month, outcome]));
  return months.map((month) => ({
    ...monthView(month),
    evaluated: outcomeOf.get(month.month)?.evaluated ?? false,
    announcement: outcomeOf.get(month.month)?.announcement ?? 'none',
  }));
}

export async function monthViewOf(db: DataSource, actor: Actor, month: Month): Promise<MonthDto> {
  const views = await monthViews(db, actor, month.planYear);
  return views[month.number - 1] as MonthDto;
}

function monthView(month: MonthOverview): Omit<MonthDto, 'evaluated' | 'announcement'> {
  const period = Month.of(month.planYear, month.month);
  return {
    month: period.toString(),
    planYear: month.planYear,
    number: month.month,
    end: period.end,
    state: month.state,
    version: month.version,
    closedOn: month.closedOn,
    closedAt: month.closedAt?.toISOString() ?? null,
    closedBy: month.closedByName,
    reportsExpected: month.reportsExpected,
    reportsReceived: month.reportsReceived,
    missingUnits: month.missingUnits,
    nationalAverage: month.nationalAverage,
  };
}
