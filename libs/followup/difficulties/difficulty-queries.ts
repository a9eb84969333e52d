import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, type Actor, type Dong } from '#libs/kernel';
import { businessDate } from '#libs/platform';
import { isVisibleProject, projectScope } from '#libs/projects';
import type { DifficultyState } from './difficulty-states.rule.js';
import { Difficulty, DifficultyCategory, DifficultyStep } from './difficulty.entity.js';
import type { DifficultyErrorCode } from './errors.js';

export interface DifficultyRow extends Difficulty {
  unitName: string | null;
  projectName: string | null;
  categoryVi: string;
  categoryEn: string;
  /** Due before the business day and not over. */
  isOverdue: boolean;
}

export interface DifficultyFilter {
  state?: DifficultyState | undefined;
  categoryCode?: string | undefined;
  unitCode?: string | undefined;
  projectCode?: string | undefined;
  isOverdue?: boolean | undefined;
  /** Part of the title, description, owner, decider, unit or project; case and diacritics do not matter. */
  search?: string | undefined;
  /** Recorded before this one. */
  before?: number | undefined;
  limit: number;
}

export interface StateTotal {
  state: DifficultyState;
  count: number;
  /** đồng, of those where it is known */
  blocked: Dong;
  overdue: number;
}

export function listCategories(db: DataSource): Promise<DifficultyCategory[]> {
  return db.manager.find(DifficultyCategory, { order: { ordinal: 'ASC' } });
}

/** Text as it is compared in a search: no case, no diacritics, đ as d. */
const folded = (text: string): string =>
  `replace(regexp_replace(normalize(lower(${text}), NFD), '[\\u0300-\\u036f]', '', 'g'), 'đ', 'd')`;

const VISIBLE = isVisibleProject({ unit: 'd.unit_code', project: 'd.project_code' }, { units: '$1', places: '$2' });
const OVERDUE = `(d.due_date < $3::date AND d.state NOT IN ('solved', 'dropped'))`;

const SELECTED = `
  d.id, d.unit_code AS "unitCode", d.project_code AS "projectCode", d.category_code AS "categoryCode", d.title,
  d.description, d.blocked, d.owner, d.decider, d.due_date::text AS "dueDate", d.proposal, d.decision, d.state,
  d.version, d.created_at AS "createdAt", d.created_by AS "createdBy", u.name AS "unitName", p.name AS "projectName",
  c.name_vi AS "categoryVi", c.name_en AS "categoryEn", coalesce(${OVERDUE}, false) AS "isOverdue"`;

const FROM = `
  FROM difficulty AS d JOIN difficulty_category AS c ON c.code = d.category_code
  LEFT JOIN unit AS u ON u.code = d.unit_code LEFT JOIN project AS p ON p.code = d.project_code`;

type StoredRow = Omit<DifficultyRow, 'blocked'> & { blocked: string | null };
const rowOf = (row: StoredRow): DifficultyRow => ({
  ...row,
  blocked: row.blocked === null ? null : BigInt(row.blocked),
});

/** The actor's difficulties, newest first, with the sums of each state over all that the filter, but for the state, lets in. */
export async function listDifficulties(
  db: DataSource,
  actor: Actor,
  { state, categoryCode, unitCode, projectCode, isOverdue, search, before, limit }: DifficultyFilter,
): Promise<{ items: DifficultyRow[]; total: number; states: StateTotal[] }> {
  const values: unknown[] = [...projectScope(actor), await businessDate(db)];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [VISIBLE, '$3::date IS NOT NULL'];
  if (categoryCode !== undefined) conditions.push(`d.category_code = ${put(categoryCode)}`);
  if (unitCode !== undefined) conditions.push(`d.unit_code = ${put(unitCode)}`);
  if (projectCode !== undefined) conditions.push(`d.project_code = ${put(projectCode)}`);
  if (isOverdue) conditions.push(OVERDUE);
  if (search !== undefined)
    conditions.push(
      `strpos(${folded("concat_ws(' ', d.title, d.description, d.owner, d.decider, u.name, p.name)")}, ${folded(put(search))}) > 0`,
    );
  const states: { state: DifficultyState; count: number; blocked: string; overdue: number }[] = await db.query(
    `SELECT d.state, count(*)::int AS count, coalesce(sum(d.blocked), 0)::text AS blocked,
            (count(*) FILTER (WHERE ${OVERDUE}))::int AS overdue
     ${FROM} WHERE ${conditions.join(' AND ')} GROUP BY d.state`,
    values,
  );
  if (state !== undefined) conditions.push(`d.state = ${put(state)}`);
  if (before !== undefined) conditions.push(`d.id < ${put(before)}`);
  const items: StoredRow[] = await db.query(
    `SELECT ${SELECTED} ${FROM} WHERE ${conditions.join(' AND ')} ORDER BY d.id DESC LIMIT ${put(limit)}`,
    values,
  );
  const counted = states.filter((each) => state === undefined || each.state === state);
  return {
    items: items.map(rowOf),
    total: counted.reduce((sum, { count }) => sum + count, 0),
    states: states.map((each) => ({ ...each, blocked: BigInt(each.blocked) })),
  };
}

/** One of the actor's with all that was done about it; `difficulty-unknown` for one that is not theirs. */
export async function findDifficulty(
  db: DataSource,
  actor: Actor,
  id: number,
): Promise<{ difficulty: DifficultyRow; steps: DifficultyStep[] }> {
  const [row]: StoredRow[] = await db.query(`SELECT ${SELECTED} ${FROM} WHERE ${VISIBLE} AND d.id = $4`, [
    ...projectScope(actor),
    await businessDate(db),
    id,
  ]);
  if (!row) throw new DomainError<DifficultyErrorCode>('difficulty-unknown', { difficulty: id });
  const steps = await db.manager.find(DifficultyStep, { where: { difficultyId: id }, order: { ordinal: 'ASC' } });
  return { difficulty: rowOf(row), steps };
}

/** The same within a transaction, held until it ends where it is to be changed. */
export async function requireDifficulty(
  tx: EntityManager,
  actor: Actor,
  id: number,
  isHeld = false,
): Promise<Difficulty> {
  const [theirs]: { id: number }[] = await tx.query(
    `SELECT d.id FROM difficulty AS d WHERE d.id = $3 AND ${VISIBLE}${isHeld ? ' FOR NO KEY UPDATE' : ''}`,
    [...projectScope(actor), id],
  );
  if (!theirs) throw new DomainError<DifficultyErrorCode>('difficulty-unknown', { difficulty: id });
  return tx.findOneByOrFail(Difficulty, { id });
}
