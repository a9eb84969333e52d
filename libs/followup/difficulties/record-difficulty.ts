import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, maySeeUnit, type Actor, type Dong, type IsoDate } from '#libs/kernel';
import type { OrganisationErrorCode } from '#libs/organisation';
import { businessDate, businessNow } from '#libs/platform';
import { findProject, liesInPlaces, type ProjectsErrorCode } from '#libs/projects';
import { isOver, mayBecome, type DifficultyState } from './difficulty-states.rule.js';
import { Difficulty, DifficultyCategory, DifficultyStep } from './difficulty.entity.js';
import { requireDifficulty } from './difficulty-queries.js';
import type { DifficultyErrorCode } from './errors.js';

/** What is said of a difficulty; whom it concerns is fixed when it is recorded. */
export interface DifficultyFields {
  categoryCode: string;
  title: string;
  description: string;
  /** đồng; null: not known */
  blocked: Dong | null;
  owner: string;
  decider: string;
  dueDate: IsoDate | null;
}

export type NewDifficulty = DifficultyFields & { unitCode?: string | undefined; projectCode?: string | undefined };

/** Records a difficulty of one of the actor's projects, or of one of its units as a whole. */
export async function recordDifficulty(db: DataSource, actor: Actor, given: NewDifficulty): Promise<number> {
  const { unitCode, projectCode, ...fields } = given;
  if ((unitCode === undefined) === (projectCode === undefined))
    throw new DomainError<DifficultyErrorCode>('difficulty-subject');
  return auditedTransaction(db, actor, async (tx, record) => {
    await requireCategory(tx, fields.categoryCode);
    const subject =
      projectCode === undefined
        ? { unitCode: await ownUnit(tx, actor, unitCode ?? ''), projectCode: null }
        : { unitCode: await holderOf(tx, actor, projectCode), projectCode };
    const at = await businessNow(tx);
    const { identifiers } = await tx.insert(Difficulty, {
      ...fields,
      ...subject,
      state: 'open',
      version: 1,
      createdAt: at,
      createdBy: actor.displayName,
    });
    const id = (identifiers[0] as { id: number }).id;
    await tx.insert(DifficultyStep, { difficultyId: id, ordinal: 1, state: 'open', at, by: actor.displayName });
    record({ action: 'difficulty.record', objectType: 'difficulty', objectId: id, after: { ...fields, ...subject } });
    return id;
  });
}

/** Changes what is said of a difficulty that is not over; `seen` is the version that the editor saw. */
export async function changeDifficulty(
  db: DataSource,
  actor: Actor,
  id: number,
  changes: Partial<DifficultyFields>,
  seen: number,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const found = await requireDifficulty(tx, actor, id, true);
    if (found.version !== seen)
      throw new DomainError<DifficultyErrorCode>('difficulty-changed-meanwhile', { difficulty: id });
    if (isOver(found.state)) throw new DomainError<DifficultyErrorCode>('difficulty-over', { difficulty: id });
    const names = (Object.keys(changes) as (keyof DifficultyFields)[]).filter((name) => changes[name] !== found[name]);
    if (names.length === 0) return;
    if (changes.categoryCode !== undefined) await requireCategory(tx, changes.categoryCode);
    await step(tx, actor, found, found.state, '', changes);
    const told = (from: Partial<DifficultyFields>) => Object.fromEntries(names.map((name) => [name, from[name]]));
    record({
      action: 'difficulty.change',
      objectType: 'difficulty',
      objectId: id,
      before: told(found),
      after: told(changes),
    });
  });
}

/** What is done about it: `note` is the proposal, the decision, or how it ended. */
export interface Advance {
  to: Exclude<DifficultyState, 'open'>;
  note: string;
}

/** Takes a difficulty of the actor's one step on. */
export async function advanceDifficulty(db: DataSource, actor: Actor, id: number, advance: Advance): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    await advanceWithin(tx, record, actor, id, advance);
  });
}

/** The same as a part of another act: a meeting that decides. */
export async function advanceWithin(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  id: number,
  { to, note }: Advance,
): Promise<void> {
  const found = await requireDifficulty(tx, actor, id, true);
  if (!mayBecome(found.state, to))
    throw new DomainError<DifficultyErrorCode>('difficulty-way', { difficulty: id, state: found.state, to });
  const text = to === 'proposed' ? { proposal: note } : to === 'decided' ? { decision: note } : {};
  await step(tx, actor, found, to, note, text);
  record({
    action: `difficulty.${ACTS[to]}`,
    objectType: 'difficulty',
    objectId: id,
    before: { state: found.state },
    after: { state: to, note },
  });
}

const ACTS = { proposed: 'propose', decided: 'decide', solved: 'solve', dropped: 'drop' } as const;

async function step(
  tx: EntityManager,
  actor: Actor,
  { id, version }: Difficulty,
  state: DifficultyState,
  note: string,
  changes: Partial<Difficulty>,
): Promise<void> {
  const ordinal = version + 1;
  await tx.update(Difficulty, { id }, { ...changes, state, version: ordinal });
  const at = await businessNow(tx);
  await tx.insert(DifficultyStep, { difficultyId: id, ordinal, state, note, at, by: actor.displayName });
}

async function requireCategory(tx: EntityManager, code: string): Promise<void> {
  if (!(await tx.existsBy(DifficultyCategory, { code })))
    throw new DomainError<DifficultyErrorCode>('difficulty-category-unknown', { category: code });
}

async function ownUnit(tx: EntityManager, actor: Actor, code: string): Promise<string> {
  const [unit]: { code: string }[] = await tx.query('SELECT code FROM unit WHERE code = $1', [code]);
  if (!unit || !maySeeUnit(actor, code)) throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: code });
  return code;
}

/** Who holds a project of the actor's on the business day; null where no unit does. */
async function holderOf(tx: EntityManager, actor: Actor, projectCode: string): Promise<string | null> {
  await findProject(tx, actor, projectCode);
  const [held]: { unit: string | null; located: boolean }[] = await tx.query(
    `SELECT (SELECT unit_code FROM project_unit
             WHERE project_code = $1 AND daterange(valid_from, valid_to, '[]') @> $2::date) AS unit,
            ${liesInPlaces('$1::text', '$3')} AS located`,
    [projectCode, await businessDate(tx), actor.places ?? []],
  );
  const unit = held?.unit ?? null;
  // Theirs once, another unit's today: as if it did not exist.
  const isTheirs = actor.units === 'all' || held?.located || (unit !== null && actor.units.includes(unit));
  if (!isTheirs) throw new DomainError<ProjectsErrorCode>('project-not-found', { project: projectCode });
  return unit;
}
