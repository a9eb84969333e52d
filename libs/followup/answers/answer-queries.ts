import type { DataSource, EntityManager } from 'typeorm';
import { fileFacts, openFile, type FileFacts, type OpenedFile } from '#libs/files';
import { DomainError, type Actor, type Dong, type IsoDate, type Month } from '#libs/kernel';
import type { AnswerKind, AnswerState, ContestedFigure } from './answer.entity.js';
import type { AnswersErrorCode } from './errors.js';

export interface AnswerFilter {
  state?: AnswerState | undefined;
  kind?: AnswerKind | undefined;
  noticeId?: number | undefined;
  caseId?: number | undefined;
  unit?: string | undefined;
  /** Answers older than this one. */
  before?: number | undefined;
  limit: number;
}

export interface AnswerRow {
  id: number;
  noticeId: number | null;
  caseId: number | null;
  unitCode: string;
  unitName: string;
  kind: AnswerKind;
  planYear: number | null;
  month: number | null;
  figure: ContestedFigure | null;
  projectCode: string | null;
  projectName: string | null;
  sourceCode: string | null;
  sourceName: string | null;
  stated: Dong | null;
  claimed: Dong | null;
  text: string;
  sentAt: Date;
  sentBy: string;
  dueOn: IsoDate;
  state: AnswerState;
  reason: string | null;
  reopeningId: number | null;
  entryId: number | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  fileIds: number[];
}

export type AnswerWithFiles = AnswerRow & { files: FileFacts[] };

const SELECTED = `
  SELECT a.id, a.notice_id AS "noticeId", a.case_id AS "caseId", a.unit_code AS "unitCode", u.name AS "unitName", a.kind,
         a.plan_year AS "planYear", a.month, a.figure, a.project_code AS "projectCode", p.name AS "projectName",
         a.source_code AS "sourceCode", f.name AS "sourceName", a.stated::text AS stated, a.claimed::text AS claimed,
         a.text, a.sent_at AS "sentAt", coalesce(s.display_name, a.sent_by) AS "sentBy", a.due_on::text AS "dueOn",
         a.state, a.reason, a.reopening_id AS "reopeningId", a.entry_id AS "entryId", a.decided_at AS "decidedAt",
         coalesce(d.display_name, a.decided_by) AS "decidedBy",
         ARRAY(SELECT file_id FROM answer_file WHERE answer_id = a.id ORDER BY file_id) AS "fileIds"`;
const FROM = `
  FROM answer AS a JOIN unit AS u ON u.code = a.unit_code LEFT JOIN project AS p ON p.code = a.project_code
  LEFT JOIN funding_source AS f ON f.code = a.source_code
  LEFT JOIN account AS s ON s.username = a.sent_by LEFT JOIN account AS d ON d.username = a.decided_by`;
/** A unit's answers are its own, its team's to see, and the department's. */
const IN_SCOPE = '($1::text[] IS NULL OR a.unit_code = ANY($1))';

const scopeOf = ({ units }: Actor): readonly string[] | null => (units === 'all' ? null : units);

/** The actor's answers, newest first. */
export async function listAnswers(
  db: DataSource,
  actor: Actor,
  filter: AnswerFilter,
): Promise<{ items: AnswerWithFiles[]; total: number }> {
  const given: unknown[] = [scopeOf(actor)];
  const conditions = [IN_SCOPE];
  const narrow = (column: string, value: unknown): void => {
    if (value !== undefined) conditions.push(`${column} = $${given.push(value)}`);
  };
  narrow('a.state', filter.state);
  narrow('a.kind', filter.kind);
  narrow('a.notice_id', filter.noticeId);
  narrow('a.case_id', filter.caseId);
  narrow('a.unit_code', filter.unit);
  const where = conditions.join(' AND ');
  const [counted]: { total: number }[] = await db.query(`SELECT count(*)::int AS total ${FROM} WHERE ${where}`, given);
  const onwards = filter.before === undefined ? '' : `AND a.id < $${given.push(filter.before)}`;
  const rows = await read(
    db.manager,
    `${where} ${onwards} ORDER BY a.id DESC LIMIT $${given.push(filter.limit)}`,
    given,
  );
  return { items: await withFiles(db, rows), total: counted?.total ?? 0 };
}

/** One answer of the actor's; `answer-unknown` for one that does not exist or is not theirs to see. */
export async function findAnswer(db: DataSource, actor: Actor, id: number): Promise<AnswerWithFiles> {
  const [found] = await withFiles(db, await read(db.manager, `${IN_SCOPE} AND a.id = $2`, [scopeOf(actor), id]));
  if (!found) throw new DomainError<AnswersErrorCode>('answer-unknown', { answer: id });
  return found;
}

/** One answer, whoever's; it exists. */
export async function answerById(tx: EntityManager, id: number): Promise<AnswerRow> {
  const [row] = await read(tx, 'a.id = $1', [id]);
  return row as AnswerRow;
}

/** A file of an answer that the actor may see. */
export async function openAnswerFile(db: DataSource, actor: Actor, id: number, fileId: number): Promise<OpenedFile> {
  const { fileIds } = await findAnswer(db, actor, id);
  if (!fileIds.includes(fileId)) throw new DomainError<AnswersErrorCode>('answer-unknown', { answer: id });
  return openFile(db, fileId);
}

/**
 * Objections about figures up to the month that nobody has decided yet, oldest first: what stands on the closing
 * sheet, on the case and on documents of the month.
 */
export async function openObjections(db: DataSource | EntityManager, month: Month): Promise<AnswerRow[]> {
  return read(
    'manager' in db ? db.manager : db,
    "a.state = 'open' AND a.kind = 'objection' AND a.plan_year = $1 AND a.month <= $2 ORDER BY a.id",
    [month.planYear, month.number],
  );
}

async function read(tx: EntityManager, where: string, given: unknown[]): Promise<AnswerRow[]> {
  type Raw = Omit<AnswerRow, 'stated' | 'claimed'> & { stated: string | null; claimed: string | null };
  const rows: Raw[] = await tx.query(`${SELECTED} ${FROM} WHERE ${where}`, given);
  const dong = (text: string | null): Dong | null => (text === null ? null : BigInt(text));
  return rows.map((row) => ({ ...row, stated: dong(row.stated), claimed: dong(row.claimed) }));
}

async function withFiles(db: DataSource, rows: readonly AnswerRow[]): Promise<AnswerWithFiles[]> {
  const facts = await fileFacts(
    db,
    rows.flatMap(({ fileIds }) => fileIds),
  );
  return rows.map((row) => ({ ...row, files: row.fileIds.flatMap((id) => facts.get(id) ?? []) }));
}
