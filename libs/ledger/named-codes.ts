import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { StagingMode } from './booked-rows.js';

/** What the rows of a file name, each once; texts as in the COPY, joined by tabs. */
export interface NamedCodes {
  /** Plan year and month. */
  periods: Set<string>;
  /** Unit and project; undefined: too many to gather. */
  pairs: Set<string> | undefined;
  sources: Set<string>;
  /** Some row has no document number. */
  lacksDocument: boolean;
  /** Some row names an entry that it corrects. */
  namesEntries: boolean;
  /** Some amount is zero or below: a cell may come to nothing. */
  hasZero: boolean;
  /** Some row is of a kind that corrects or recovers something. */
  hasCorrections: boolean;
}

export function planYearsOf({ periods }: NamedCodes): number[] {
  return [...new Set(Array.from(periods, (period) => Number(period.split('\t')[0])))].sort((a, b) => a - b);
}

/**
 * Whether every row can be booked, judged by what the rows name: months known, sources known, each unit the actor's and
 * valid over all months of the file, each project a leaf of its unit all that time. A "no" says only that the rows have
 * to be looked at one by one (rejectWrongRows).
 */
export async function areBookable(
  tx: EntityManager,
  actor: Actor,
  { periods, pairs, sources, lacksDocument, namesEntries }: NamedCodes,
  { vouchers }: StagingMode,
): Promise<boolean> {
  if (!pairs || namesEntries || (vouchers && lacksDocument)) return false;
  const split = (texts: Iterable<string>, part: 0 | 1): string[] =>
    Array.from(texts, (text) => text.split('\t')[part] as string);
  const [row]: { bookable: boolean }[] = await tx.query(
    `WITH period AS MATERIALIZED (
       SELECT m.month, (make_date(p.plan_year, 1, 1) + make_interval(months => p.month) - interval '1 day')::date AS day
       FROM unnest($1::int[], $2::int[]) AS p (plan_year, month)
       LEFT JOIN reporting_month AS m ON m.plan_year = p.plan_year AND m.month = p.month
     ), span AS MATERIALIZED (
       SELECT min(day) AS first, max(day) AS last FROM period
     )
     SELECT NOT EXISTS (SELECT FROM period WHERE month IS NULL)
        AND NOT EXISTS (SELECT code FROM unnest($3::text[]) AS named (code) EXCEPT SELECT code FROM funding_source)
        AND NOT EXISTS (
          SELECT FROM unnest($4::text[], $5::text[]) AS named (unit_code, project_code)
          CROSS JOIN span
          LEFT JOIN unit AS u ON u.code = named.unit_code AND ($6::text[] IS NULL OR u.code = ANY($6))
            AND (u.valid_from IS NULL OR u.valid_from <= span.first) AND (u.valid_to IS NULL OR u.valid_to >= span.last)
          LEFT JOIN project_unit AS h ON h.project_code = named.project_code AND h.unit_code = named.unit_code
            AND (h.valid_from IS NULL OR h.valid_from <= span.first) AND (h.valid_to IS NULL OR h.valid_to >= span.last)
          LEFT JOIN (SELECT DISTINCT parent_code AS code FROM project) AS above ON above.code = named.project_code
          WHERE u.code IS NULL OR h.id IS NULL OR above.code IS NOT NULL
        ) AS bookable`,
    [
      split(periods, 0),
      split(periods, 1),
      [...sources],
      split(pairs, 0),
      split(pairs, 1),
      actor.units === 'all' ? null : actor.units,
    ],
  );
  return row?.bookable ?? false;
}
