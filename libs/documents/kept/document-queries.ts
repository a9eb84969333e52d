import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import { businessDate, folded } from '#libs/platform';
import type { DocumentKind } from '../document-template.js';
import type { DocumentsErrorCode } from '../errors.js';
import type { DocumentFormat, DocumentState } from './document.entity.js';
import { documentScope } from './document-scope.js';

export interface DocumentFilter {
  kind?: DocumentKind;
  state?: DocumentState;
  /** Released, of the month's present version, and without a number. */
  waiting?: boolean;
  month?: Month;
  /** In the subject, the recipient's name or the number. */
  search?: string;
  /** Documents older than this one. */
  before?: number;
  limit: number;
}

/** A document without its content. */
export interface DocumentHead {
  id: number;
  kind: DocumentKind;
  state: DocumentState;
  about: string;
  recipient: string;
  recipientName: string;
  planYear: number | null;
  month: number | null;
  monthVersion: number | null;
  evaluationId: number | null;
  templateVersion: number;
  subject: string;
  symbol: string;
  number: number | null;
  numberYear: number | null;
  documentDate: string | null;
  sentDate: string | null;
  composedAt: Date;
  composedBy: string;
  issuedAt: Date | null;
  issuedBy: string | null;
  auditSeq: number | null;
  auditHash: string | null;
  /** Released where its kind is released, of the month's present version: the clerk may number it. */
  isReady: boolean;
  /** A draft of a version of the month that was closed anew: composed again it would be another document. */
  isOutdated: boolean;
}

/** Of a draft: whether its month still stands in that version. */
const OUTDATED = `(d.state = 'draft' AND d.plan_year IS NOT NULL AND NOT EXISTS (
  SELECT FROM reporting_month AS m WHERE m.plan_year = d.plan_year AND m.month = d.month AND m.version = d.month_version
    AND m.state = 'closed'))`;

const READY = `(d.state = 'draft' AND NOT ${OUTDATED} AND (d.kind IN ('team-assignment', 'agenda', 'minutes') OR EXISTS (
  SELECT FROM notice AS n WHERE n.plan_year = d.plan_year AND n.month = d.month AND n.month_version = d.month_version
    AND n.step = '' AND n.state <> 'draft'
    AND n.audience = CASE d.kind WHEN 'unit-letter' THEN 'unit' ELSE 'announcement' END
    AND (d.kind <> 'unit-letter' OR n.recipient = d.recipient))))`;

const COLUMNS = `d.id, d.kind, d.state, d.about, d.recipient, d.recipient_name AS "recipientName",
  d.plan_year AS "planYear", d.month, d.month_version AS "monthVersion", d.evaluation_id AS "evaluationId",
  d.template_version AS "templateVersion", d.subject, d.symbol, d.number, d.number_year AS "numberYear",
  d.document_date::text AS "documentDate", d.sent_date::text AS "sentDate", d.composed_at AS "composedAt",
  d.composed_by AS "composedBy", d.issued_at AS "issuedAt", d.issued_by AS "issuedBy", d.audit_seq::int AS "auditSeq",
  d.audit_hash AS "auditHash", ${READY} AS "isReady", ${OUTDATED} AS "isOutdated"`;

/** The actor's documents, newest first, and how many of them wait for a number. */
export async function listDocuments(
  db: DataSource,
  actor: Actor,
  { kind, state, waiting, month, search, before, limit }: DocumentFilter,
): Promise<{ items: DocumentHead[]; total: number; waiting: number }> {
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [documentScope(actor, put)];
  if (kind) conditions.push(`d.kind = ${put(kind)}`);
  if (state) conditions.push(`d.state = ${put(state)}`);
  if (waiting) conditions.push(READY);
  if (month) conditions.push(`d.plan_year = ${put(month.planYear)} AND d.month = ${put(month.number)}`);
  if (search)
    conditions.push(
      `position(${folded(put(search))} IN ${folded("d.subject || ' ' || d.recipient_name || ' ' || coalesce(d.number::text, '') || '/' || d.symbol")}) > 0`,
    );
  const where = conditions.join(' AND ');
  const [counted]: { total: number }[] = await db.query(
    `SELECT count(*)::int AS total FROM document AS d WHERE ${where}`,
    values,
  );
  const beyond = before === undefined ? '' : `AND d.id < ${put(before)}`;
  const items: DocumentHead[] = await db.query(
    `SELECT ${COLUMNS} FROM document AS d WHERE ${where} ${beyond} ORDER BY d.id DESC LIMIT ${put(limit)}`,
    values,
  );
  return { items, total: counted?.total ?? 0, waiting: await countWaiting(db, actor) };
}

async function countWaiting(db: DataSource, actor: Actor): Promise<number> {
  if (actor.units !== 'all') return 0;
  const [row]: { count: number }[] = await db.query(`SELECT count(*)::int AS count FROM document AS d WHERE ${READY}`);
  return row?.count ?? 0;
}

/** One document of the actor's; `document-unknown` for one that does not exist or is not theirs to see. */
export async function findDocument(db: DataSource | EntityManager, actor: Actor, id: number): Promise<DocumentHead> {
  const values: unknown[] = [id];
  const scope = documentScope(actor, (value) => `$${values.push(value)}`);
  const [found]: DocumentHead[] = await db.query(
    `SELECT ${COLUMNS} FROM document AS d WHERE d.id = $1 AND ${scope}`,
    values,
  );
  if (!found) throw new DomainError<DocumentsErrorCode>('document-unknown', { document: id });
  return found;
}

/** The next number of a series that nobody has, in the year of the business day: a suggestion. */
export async function nextNumber(
  db: DataSource,
  symbol: string,
): Promise<{ year: number; number: number; date: string }> {
  const date = await businessDate(db);
  const year = Number(date.slice(0, 4));
  const [row]: { next: number }[] = await db.query(
    'SELECT coalesce(max(number), 0) + 1 AS next FROM document WHERE number_year = $1 AND symbol = $2',
    [year, symbol],
  );
  return { year, number: row?.next ?? 1, date };
}

export interface RegisterFilter {
  year: number;
  symbol?: string;
  search?: string;
  after?: { symbol: string; number: number };
  limit: number;
}

/** The outgoing register of a year: by series, then by number. */
export async function documentRegister(
  db: DataSource,
  { year, symbol, search, after, limit }: RegisterFilter,
): Promise<{ items: DocumentHead[]; total: number; series: string[]; years: number[] }> {
  const values: unknown[] = [year];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['d.number_year = $1'];
  if (symbol) conditions.push(`d.symbol = ${put(symbol)}`);
  if (search)
    conditions.push(
      `position(${folded(put(search))} IN ${folded("d.subject || ' ' || d.recipient_name || ' ' || d.number::text || '/' || d.symbol")}) > 0`,
    );
  const where = conditions.join(' AND ');
  const [counted]: { total: number }[] = await db.query(
    `SELECT count(*)::int AS total FROM document AS d WHERE ${where}`,
    values,
  );
  const beyond = after ? `AND (d.symbol, d.number) > (${put(after.symbol)}, ${put(after.number)})` : '';
  const items: DocumentHead[] = await db.query(
    `SELECT ${COLUMNS} FROM document AS d WHERE ${where} ${beyond} ORDER BY d.symbol, d.number LIMIT ${put(limit)}`,
    values,
  );
  const series: { symbol: string }[] = await db.query(
    'SELECT DISTINCT symbol FROM document WHERE number_year = $1 ORDER BY symbol',
    [year],
  );
  const years: { year: number }[] = await db.query(
    'SELECT DISTINCT number_year AS year FROM document WHERE number_year IS NOT NULL ORDER BY 1 DESC',
  );
  return {
    items,
    total: counted?.total ?? 0,
    series: series.map((row) => row.symbol),
    years: years.map((row) => row.year),
  };
}

/** "12/TB-UBND ngày 08/10/2024" of the issued document about something; null where none was issued. */
export async function issuedReference(db: DataSource, kind: DocumentKind, about: string): Promise<string | null> {
  const [row]: { reference: string }[] = await db.query(
    `SELECT lpad(number::text, greatest(length(number::text), 2), '0') || '/' || symbol || ' ngày '
            || to_char(document_date, 'DD/MM/YYYY') AS reference
     FROM document WHERE kind = $1 AND about = $2 AND recipient = '' AND state = 'issued'`,
    [kind, about],
  );
  return row?.reference ?? null;
}

/** SHA-256 of the frozen files of a document, by format; none of a draft. */
export async function fileHashes(db: DataSource, id: number): Promise<{ format: DocumentFormat; sha256: string }[]> {
  return db.query('SELECT format, sha256 FROM document_file WHERE document_id = $1 ORDER BY format DESC', [id]);
}
