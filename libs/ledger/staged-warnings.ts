import type { EntityManager } from 'typeorm';
import { bookedAmount, bookedRows, type StagingMode } from './booked-rows.js';
import { preferAsUsual, preferWholePasses } from './compare-staged.js';
import type { WarningLimits } from './disbursement-warnings.rule.js';
import { entryCounts } from './rule-inputs.js';

/**
 * disbursement-warnings.rule over all lines of a file at once, whatever its size, in SQL: each month's lines are judged
 * together against the books before the file, actual ones with actual ones, estimates with what stands. The rule file
 * says why; a property test holds the two against each other.
 */
const MONTHS = Array.from({ length: 13 }, (_, i) => i + 1);
const DECEMBER = 12;

/** SQL: sums up to each of the 13 months as an array, of the column that names the month. */
const upToEach = (month: string): string =>
  `ARRAY[${MONTHS.map((m) => `coalesce(sum(amount) FILTER (WHERE ${month} <= ${m}), 0)`).join(', ')}]`;
/** SQL: the sum of each of the 13 months; null where nothing is booked. */
const ofEach = `ARRAY[${MONTHS.map((m) => `sum(amount) FILTER (WHERE month = ${m})`).join(', ')}]`;

/** SQL: what a group of lines adds, and the amounts of the lines that may answer for it. */
const ADDED = 'sum(amount) AS added, max(amount) AS largest, min(amount) AS smallest';

const SERIES = 'plan_year, project_code, source_code, carried_over';
const UNIT_PROJECT = 'plan_year, unit_code, project_code, carried_over';
const PROJECT = 'plan_year, project_code, carried_over';

/** Up to so many lines their projects are looked up one by one; above, the plan years are read whole. */
const FEW_LINES = 2000;

function warningsSql(mode: StagingMode, withEstimates: boolean, isFew: boolean): string {
  const ofLines = isFew
    ? '= ANY (ARRAY(SELECT t.project_code FROM touched AS t))'
    : 'IN (SELECT t.project_code FROM touched AS t)';
  const counts = entryCounts(String(withEstimates));
  // An estimate whose month has an actual figure, in the books or in the file, counts nowhere and raises nothing.
  const isActual = (table: string, more: string): string => `EXISTS (
    SELECT FROM ${table} AS a WHERE a.basis = 'actual' AND ${more} AND a.plan_year = s.plan_year AND a.month = s.month
      AND a.unit_code = s.unit_code AND a.project_code = s.project_code AND a.source_code = s.source_code
      AND a.carried_over = s.carried_over)`;
  const isJudged = withEstimates
    ? `s.basis = 'estimate' AND NOT ${isActual('disbursement_entry', 'true')}
       AND NOT ${isActual('booked', "a.kind <> 'transfer'")}`
    : "s.basis = 'actual'";
  return `
WITH booked AS (
  SELECT s.ordinal, s.plan_year, s.month, s.unit_code, s.project_code, s.source_code, s.kind, s.carried_over, s.basis,
         ${bookedAmount(mode)} AS amount
  FROM staged_disbursement AS s WHERE ${bookedRows(mode)}
), judged AS ${withEstimates ? '' : 'NOT '}MATERIALIZED (
  SELECT s.* FROM booked AS s WHERE s.kind <> 'transfer' AND ${isJudged}
), file_series AS MATERIALIZED (
  SELECT ${SERIES}, min(month) AS first, max(month) AS last, min(amount) AS least, sum(greatest(amount, 0)) AS most
  FROM judged GROUP BY ${SERIES}
), touched AS MATERIALIZED (
  SELECT DISTINCT project_code FROM file_series
), entry AS MATERIALIZED (
  SELECT e.plan_year, e.month, e.unit_code, e.project_code, e.source_code, e.carried_over, e.kind, e.amount
  FROM disbursement_entry AS e WHERE e.plan_year = ANY ($2) AND e.project_code ${ofLines} AND ${counts}
), plan AS MATERIALIZED (
  SELECT plan_year, effective_month, unit_code, project_code, source_code, carried_over, amount FROM allocation_line
  WHERE plan_year = ANY ($2) AND basis = 'province' AND project_code ${ofLines}
), books_of_series AS MATERIALIZED (
  SELECT ${SERIES}, ${upToEach('month')} AS up_to, ${ofEach} AS of_month FROM entry GROUP BY ${SERIES}
), books_of_unit_project AS MATERIALIZED (
  SELECT ${UNIT_PROJECT}, ${ofEach} AS of_month FROM entry WHERE kind <> 'transfer' GROUP BY ${UNIT_PROJECT}
), suspect AS MATERIALIZED (
  -- Most series cannot warn: nothing in them is negative, and all that they add, on top of the most that the books ever
  -- reached, stays within a plan that is no more than any of their months has. They need no look month by month.
  SELECT ${SERIES}
  FROM file_series AS g LEFT JOIN books_of_series AS b USING (${SERIES})
  LEFT JOIN (
    SELECT ${SERIES}, sum(p.amount) AS amount FROM plan AS p JOIN file_series AS f USING (${SERIES})
    WHERE p.effective_month <= f.first OR p.amount < 0 GROUP BY ${SERIES}
  ) AS least_plan USING (${SERIES})
  WHERE g.least < 0 OR g.most + coalesce((SELECT max(sum) FROM unnest(b.up_to) AS sum), 0) > coalesce(least_plan.amount, 0)
), plan_of_series AS MATERIALIZED (
  SELECT ${SERIES}, ${upToEach('effective_month')} AS up_to FROM plan JOIN suspect USING (${SERIES}) GROUP BY ${SERIES}
), line AS MATERIALIZED (
  SELECT l.* FROM judged AS l JOIN suspect USING (${SERIES})
), series AS (
  SELECT g.*, coalesce(p.up_to[g.month], 0) AS plan, coalesce(b.up_to[g.month], 0) AS cumulative,
         coalesce(b.of_month[g.month], 0) AS in_month
  FROM (SELECT ${SERIES}, month, ${ADDED} FROM line GROUP BY ${SERIES}, month) AS g
  LEFT JOIN plan_of_series AS p USING (${SERIES}) LEFT JOIN books_of_series AS b USING (${SERIES})
), comparable AS MATERIALIZED (
  SELECT DISTINCT ${PROJECT}, b.is_booked
  FROM file_series LEFT JOIN (SELECT DISTINCT ${PROJECT}, true AS is_booked FROM books_of_unit_project) AS b USING (${PROJECT})
  WHERE last >= ${DECEMBER} OR b.is_booked
), compared AS MATERIALIZED (
  SELECT l.* FROM judged AS l JOIN comparable AS c USING (${PROJECT}) WHERE l.month = ${DECEMBER} OR c.is_booked
), unit_project AS (
  SELECT g.*, coalesce(p.amount, 0) AS plan, coalesce(b.of_month[g.month], 0) + g.added AS found,
         b.of_month[1:g.month - 1] AS earlier
  FROM (SELECT ${UNIT_PROJECT}, month, ${ADDED} FROM compared GROUP BY ${UNIT_PROJECT}, month) AS g
  LEFT JOIN books_of_unit_project AS b USING (${UNIT_PROJECT})
  LEFT JOIN (SELECT ${UNIT_PROJECT}, sum(amount) AS amount FROM plan WHERE effective_month <= ${DECEMBER}
             GROUP BY ${UNIT_PROJECT}) AS p
    ON g.month = ${DECEMBER} AND (p.plan_year, p.unit_code, p.project_code, p.carried_over)
                               = (g.plan_year, g.unit_code, g.project_code, g.carried_over)
  WHERE g.added > 0
), usual AS (
  SELECT u.*, m.numerator, m.denominator
  FROM unit_project AS u CROSS JOIN LATERAL (
    SELECT CASE WHEN n % 2 = 1 THEN sorted[n / 2 + 1] ELSE sorted[n / 2] + sorted[n / 2 + 1] END AS numerator,
           2 - n % 2 AS denominator
    FROM (SELECT array_agg(amount ORDER BY amount) AS sorted, count(*)::int AS n
          FROM unnest(u.earlier) AS amount WHERE amount > 0) AS months
    WHERE n >= $4
  ) AS m
  WHERE u.earlier IS NOT NULL
)
INSERT INTO staged_warning (ordinal, code, found, compared_with)
SELECT min(l.ordinal), w.code, w.found, w.compared_with
FROM (
  SELECT ${SERIES}, month, smallest AS amount, 'cumulative-falls' AS code, in_month + added AS found, 0 AS compared_with
  FROM series WHERE added < 0 AND in_month + added < 0
  UNION ALL
  SELECT ${SERIES}, month, largest, CASE WHEN plan > 0 THEN 'over-plan' ELSE 'no-plan' END, cumulative + added,
         greatest(plan, 0)
  FROM series WHERE added > 0 AND cumulative + added > 0 AND cumulative + added > plan
) AS w JOIN line AS l USING (${SERIES}, month, amount)
GROUP BY ${SERIES}, month, w.code, w.found, w.compared_with
UNION ALL
SELECT min(l.ordinal), w.code, w.found, w.compared_with
FROM (
  SELECT ${UNIT_PROJECT}, month, largest AS amount, 'over-usual' AS code, found, div(numerator, denominator) AS compared_with
  FROM usual WHERE found * denominator > $3 * numerator
  UNION ALL
  SELECT ${UNIT_PROJECT}, month, largest, 'december-spike', found, plan
  FROM unit_project WHERE month = ${DECEMBER} AND plan > 0 AND found * 100 > $5 * plan
) AS w JOIN compared AS l USING (${UNIT_PROJECT}, month, amount)
GROUP BY ${UNIT_PROJECT}, month, w.code, w.found, w.compared_with`;
}

/**
 * Finds what is unusual about the lines that would be booked and leaves it in the table `staged_warning` of the
 * transaction, by ordinal. Returns whether there is any.
 */
export async function findStagedWarnings(
  tx: EntityManager,
  batchId: number,
  mode: StagingMode,
  planYears: readonly number[],
  limits: WarningLimits,
): Promise<boolean> {
  await tx.query(
    `DROP TABLE IF EXISTS staged_warning;
     CREATE TEMP TABLE staged_warning (ordinal int, code text, found numeric, compared_with numeric) ON COMMIT DROP`,
  );
  const { warningUsualTimes, warningEarlierMonths, warningDecemberPercent } = limits;
  const values = [batchId, planYears, warningUsualTimes, warningEarlierMonths, warningDecemberPercent];
  await preferWholePasses(tx);
  const [counted]: { lines: number; estimates: number }[] = await tx.query(
    `SELECT count(*)::int AS lines, (count(*) FILTER (WHERE s.basis = 'estimate'))::int AS estimates
     FROM staged_disbursement AS s WHERE s.batch_id = $1`,
    [batchId],
  );
  const isFew = (counted?.lines ?? 0) <= FEW_LINES;
  await tx.query(warningsSql(mode, false, isFew), values);
  if (counted && counted.estimates > 0) await tx.query(warningsSql(mode, true, isFew), values);
  await preferAsUsual(tx);
  const found: unknown[] = await tx.query('SELECT FROM staged_warning LIMIT 1');
  return found.length > 0;
}

/** SQL: whether somebody would ask about the line `s`, in a transaction that found its warnings. */
export const IS_WARNED = 's.ordinal IN (SELECT w.ordinal FROM staged_warning AS w)';

/** Keeps the found warnings with the entries. Ids rise in the order of booking: the n-th line is the n-th entry. */
export async function keepStagedWarnings(
  tx: EntityManager,
  batchId: number,
  mode: StagingMode,
  order: string,
  { first, last }: { first: number; last: number },
): Promise<number> {
  await preferWholePasses(tx);
  const [kept]: { warnings: number }[] = await tx.query(
    `WITH line AS (
       SELECT s.ordinal, row_number() OVER (ORDER BY ${order}) AS place
       FROM staged_disbursement AS s WHERE ${bookedRows(mode)}
     ), entry AS (
       SELECT e.id, row_number() OVER (ORDER BY e.id) AS place FROM disbursement_entry AS e
       WHERE e.id BETWEEN $2 AND $3 AND e.import_id = $1
     ), kept AS (
       INSERT INTO disbursement_warning (entry_id, code, found, compared_with)
       SELECT entry.id, w.code, w.found::bigint, w.compared_with::bigint
       FROM staged_warning AS w JOIN line USING (ordinal) JOIN entry USING (place) ORDER BY entry.id, w.code
       RETURNING 1
     )
     SELECT count(*)::int AS warnings FROM kept`,
    [batchId, first, last],
  );
  await preferAsUsual(tx);
  return kept?.warnings ?? 0;
}
