import type { DataSource } from 'typeorm';
import type { Actor, Dong, Month } from '#libs/kernel';
import { isVisibleProject, projectScope } from '#libs/projects';
import { rateOf, type Rate } from './rate.js';

/** What a leaf project reported last, up to the month that is looked at. */
export interface LeafProgress {
  projectCode: string;
  projectName: string;
  /** The month that it was reported for; null: nothing yet. Older than the month looked at, it judges nothing. */
  month: number | null;
  volume: Dong | null;
  /** "45.5" */
  physicalPercent: string | null;
  implemented: Dong | null;
  implementedPlan: Dong | null;
  done: string;
  unfinished: string;
  next: string;
}

/** A key project's progress: sums over its leaves where every one of them reported the month, else null. */
export interface KeyProjectProgress {
  volume: Dong | null;
  implemented: Dong | null;
  implementedPlan: Dong | null;
  /** implemented / planned */
  rate: Rate | null;
  /** Of a project without components alone: percentages do not add up. */
  physicalPercent: string | null;
  leaves: LeafProgress[];
}

type LeafRow = Omit<LeafProgress, 'volume' | 'implemented' | 'implementedPlan'> &
  Record<'volume' | 'implemented' | 'implementedPlan', string | null> & { root: string; isTheirs: boolean };

/** The progress of each listed project by its code. Leaves of other units are summed and not told. */
export async function progressOfKeyProjects(
  db: DataSource,
  actor: Actor,
  year: number,
  month: Month,
): Promise<Map<string, KeyProjectProgress>> {
  const rows: LeafRow[] = await db.query(
    `WITH RECURSIVE part (root, code) AS (
       SELECT project_code, project_code FROM key_project WHERE year = $1 AND project_code IS NOT NULL
       UNION ALL SELECT part.root, p.code FROM project AS p JOIN part ON p.parent_code = part.code
     )
     SELECT part.root, p.code AS "projectCode", p.name AS "projectName", v.*,
            coalesce(${isVisibleProject({ unit: 'h.unit_code', project: 'p.code' }, { units: '$5', places: '$6' })}, false) AS "isTheirs"
     FROM part JOIN project AS p ON p.code = part.code
     LEFT JOIN project_unit AS h ON h.project_code = p.code AND daterange(h.valid_from, h.valid_to, '[]') @> $4::date
     LEFT JOIN LATERAL (
       SELECT g.month, g.volume, trim_scale(g.physical_percent)::text AS "physicalPercent", g.implemented,
              g.implemented_plan AS "implementedPlan", g.done, g.unfinished, g.next_steps AS next
       FROM project_progress AS g
       WHERE g.project_code = p.code AND g.plan_year = $2 AND g.month <= $3 ORDER BY g.month DESC, g.id DESC LIMIT 1
     ) AS v ON true
     WHERE NOT EXISTS (SELECT FROM project AS c WHERE c.parent_code = p.code)
     ORDER BY part.root, p.code`,
    [year, month.planYear, month.number, month.end, ...projectScope(actor)],
  );
  const byRoot = new Map<string, LeafRow[]>();
  for (const row of rows) byRoot.set(row.root, [...(byRoot.get(row.root) ?? []), row]);
  return new Map([...byRoot].map(([root, leaves]) => [root, progressOf(month, leaves)]));
}

function progressOf(month: Month, rows: readonly LeafRow[]): KeyProjectProgress {
  const reported = rows.map((row) => (row.month === month.number ? row : null));
  const sumOf = (field: 'volume' | 'implemented' | 'implementedPlan'): Dong | null =>
    reported.reduce<Dong | null>((sum, row) => {
      const amount = row?.[field] ?? null;
      return sum === null || amount === null ? null : sum + BigInt(amount);
    }, 0n);
  const [implemented, implementedPlan] = [sumOf('implemented'), sumOf('implementedPlan')];
  return {
    volume: sumOf('volume'),
    implemented,
    implementedPlan,
    rate: implemented === null || implementedPlan === null ? null : rateOf(implemented, implementedPlan),
    physicalPercent: reported.length === 1 ? (reported[0]?.physicalPercent ?? null) : null,
    leaves: rows.filter(({ isTheirs }) => isTheirs).map(leafOf),
  };
}

function leafOf({ root: _root, isTheirs: _theirs, ...row }: LeafRow): LeafProgress {
  const dong = (amount: string | null): Dong | null => (amount === null ? null : BigInt(amount));
  return {
    ...row,
    volume: dong(row.volume),
    implemented: dong(row.implemented),
    implementedPlan: dong(row.implementedPlan),
    done: row.done ?? '',
    unfinished: row.unfinished ?? '',
    next: row.next ?? '',
  };
}
