import type { EntityManager } from 'typeorm';
import { systemClock, type Actor, type IsoDate, type Month } from '#libs/kernel';
import { businessDate } from '#libs/platform';
import type { RecordAudit } from '#libs/audit';

/**
 * An imported statement of the Treasury makes the month reported for the units that it names (domain.md §4: silence
 * towards the department does not hide what Treasury paid). A closed month takes no report; whoever is reported by the
 * Treasury already, or is not valid on the month end, is passed over. Returns the codes that were added, in order.
 */
export async function reportByTreasury(
  tx: EntityManager,
  actor: Actor,
  month: Month,
  unitCodes: readonly string[],
  record: RecordAudit,
): Promise<string[]> {
  const submittedOn: IsoDate = await businessDate(tx);
  const rows: { unit_code: string }[] = await tx.query(
    `INSERT INTO monthly_report (plan_year, month, unit_code, via, submitted_on, recorded_at, recorded_by)
     SELECT m.plan_year, m.month, u.code, 'treasury', $5, $6, $7
     FROM reporting_month AS m, unit AS u
     WHERE m.plan_year = $1 AND m.month = $2 AND m.state <> 'closed' AND u.code = ANY($3) AND u.kind <> 'reserve'
       AND daterange(u.valid_from, u.valid_to, '[]') @> $4::date
     ORDER BY u.code
     ON CONFLICT DO NOTHING RETURNING unit_code`,
    [month.planYear, month.number, unitCodes, month.end, submittedOn, systemClock.now(), actor.username],
  );
  const added = rows.map(({ unit_code: code }) => code).sort();
  if (added.length > 0)
    record({
      action: 'report.by-treasury',
      objectType: 'month',
      objectId: month.toString(),
      after: { units: added, submittedOn },
    });
  return added;
}
