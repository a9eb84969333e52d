import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { actorByName } from '#libs/access';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import { booksVersion, clearStaged, planYearsOf, stagedPlanYears, stagingSink, type NamedCodes } from '#libs/ledger';
import { claimMessage, completeMessage } from '#libs/platform';
import { copyCanonicalDisbursements } from './canonical-disbursements.js';
import { NotCanonical } from './canonical-lines.js';
import { compareBatch } from './compare-batch.js';
import { ImportBatch, type ImportReading } from './import-batch.entity.js';
import { readForeignFile } from './read-foreign-file.js';
import { fileBytes } from './receive-import.js';
import { FileRefused } from './rows-of-file.js';

export interface ImportOrder {
  importId: number;
  /** The outbox message that asks for it. */
  messageId: number;
}

const PROGRESS_EVERY_MS = 500;

/**
 * Reads a received file, stages its rows and computes what they would change: one transaction, so that a killed worker
 * leaves nothing and the next one begins anew. Asked again, or by two workers at once, it reads once. A file that is
 * refused as a whole ends as `failed`, with the reason.
 */
export async function readImport(db: DataSource, actor: Actor, order: ImportOrder): Promise<ImportBatch | undefined> {
  const batch = await db.manager.findOneBy(ImportBatch, { id: order.importId });
  if (!batch) return undefined;
  try {
    try {
      await readOnce(db, actor, batch, order.messageId, isPlain(batch));
    } catch (error) {
      if (!(error instanceof NotCanonical)) throw error;
      await readOnce(db, actor, batch, order.messageId, false);
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await refuse(db, actor, batch.id, order.messageId, error);
  }
  return (await db.manager.findOneBy(ImportBatch, { id: batch.id })) ?? undefined;
}

/** A csv to which the sender added nothing may be the plain form, which is read the quick way. */
function isPlain({ kind, fileName, choices }: ImportBatch): boolean {
  return (
    kind === 'disbursements' &&
    /\.csv$/i.test(fileName) &&
    (choices.amountUnit ?? 'dong') === 'dong' &&
    !choices.constants &&
    !choices.mapping
  );
}

async function readOnce(
  db: DataSource,
  actor: Actor,
  batch: ImportBatch,
  messageId: number,
  plain: boolean,
): Promise<void> {
  const progress = progressOf(db, batch.id);
  try {
    await auditedTransaction(db, actor, async (tx, record) => {
      if (!(await claimMessage(tx, messageId))) return;
      const sender = await actorByName(db, batch.createdBy, { via: 'job' });
      await tx.query('DELETE FROM import_row WHERE batch_id = $1', [batch.id]);
      await clearStaged(tx, batch.id);
      const read = plain
        ? await readPlainFile(tx, batch, fileBytes(db, batch.id), progress.tell)
        : await readForeignFile(tx, sender, batch, fileBytes(db, batch.id), progress.tell);
      await progress.stop();
      await finish(tx, sender, batch, read, record);
      await completeMessage(tx, messageId);
    });
  } finally {
    await progress.stop();
  }
}

export interface FileRead {
  reading: ImportReading;
  layouts: Record<string, number>[];
  rows: number;
  /** Rows that the reader refused stand among the staged ones, for their cells' sake. */
  hasBroken: boolean;
  /** Two rows may speak of one cell. */
  mayRepeat: boolean;
  /** What the rows name, each once, where the reader gathered it. */
  codes?: NamedCodes;
}

/** The quick way: bytes are decoded and checked while the database takes the rows before them. */
async function readPlainFile(
  tx: EntityManager,
  batch: ImportBatch,
  bytes: AsyncIterable<Buffer>,
  tell: (rows: number, bytes: number) => void,
): Promise<FileRead> {
  const sink = await stagingSink(tx);
  const ended = finished(sink);
  ended.catch(() => undefined);
  try {
    const write = async (text: string): Promise<void> => {
      if (!sink.write(text)) await Promise.race([once(sink, 'drain'), ended]);
    };
    const read = await copyCanonicalDisbursements(batch.id, bytes, write, tell);
    if (read.vouchers && batch.choices.cumulative) throw new DomainError('import-vouchers-cumulative');
    sink.end();
    await ended;
    return {
      rows: read.rows,
      hasBroken: false,
      mayRepeat: read.mayRepeat,
      codes: read.codes,
      layouts: [read.columns],
      reading: {
        format: 'csv',
        sheet: null,
        mode: read.vouchers ? 'vouchers' : 'totals',
        amountUnit: 'dong',
        amountUnitStatedAt: { row: 1, column: read.header.indexOf('amount_vnd'), text: 'amount_vnd' },
        headerRows: [1],
        columns: read.header.map((title, column) => ({ column, title, field: title, use: 'field' })),
        cumulative: batch.choices.cumulative ?? false,
        stated: {},
        assumed: {},
        ignored: { titles: 0, groups: 0, totals: 0, withoutAmount: 0 },
        ambiguousAmounts: 0,
        hiddenRows: 0,
        formulas: 0,
      },
    };
  } catch (error) {
    // The connection takes no other statement, not even the rollback, until the COPY has ended.
    sink.destroy();
    await ended.catch(() => undefined);
    throw error;
  }
}

async function finish(
  tx: EntityManager,
  sender: Actor,
  { id }: ImportBatch,
  { reading, layouts, rows, hasBroken, mayRepeat, codes }: FileRead,
  record: RecordAudit,
): Promise<void> {
  const batch = await tx.findOneOrFail(ImportBatch, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (batch.state !== 'waiting' && batch.state !== 'reading') {
    // Given up meanwhile.
    await tx.query('DELETE FROM import_row WHERE batch_id = $1', [id]);
    await clearStaged(tx, id);
    return;
  }
  Object.assign(batch, { reading, layouts, rowsRead: rows, bytesRead: batch.bytes });
  if (batch.kind === 'disbursements') {
    batch.planYears = codes ? planYearsOf(codes) : await stagedPlanYears(tx, id);
    batch.booksVersion = await booksVersion(tx, sender, batch.planYears);
  }
  batch.difference = await compareBatch(tx, sender, batch, { isAgain: false, hasBroken, mayRepeat, codes });
  batch.state = 'ready';
  batch.readAt = systemClock.now();
  await tx.save(batch);
  record({ action: 'import.read', objectType: 'import', objectId: id, after: { rows, difference: batch.difference } });
}

async function refuse(db: DataSource, actor: Actor, id: number, messageId: number, error: DomainError): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    if (!(await claimMessage(tx, messageId))) return;
    const failure = {
      code: error.code,
      facts: error.facts,
      problems: error instanceof FileRefused ? error.problemsFound : [],
    };
    const { affected } = await tx
      .createQueryBuilder()
      .update(ImportBatch)
      .set({
        state: 'failed',
        failure,
        reading: error instanceof FileRefused ? error.reading : null,
        readAt: systemClock.now(),
      })
      .where("id = :id AND state IN ('waiting', 'reading')", { id })
      .execute();
    await completeMessage(tx, messageId);
    if (affected) record({ action: 'import.refuse', objectType: 'import', objectId: id, after: failure });
  });
}

/** Writes how far the reading is, now and then and outside its transaction, so that others see it. */
function progressOf(
  db: DataSource,
  id: number,
): { tell: (rows: number, bytes: number) => void; stop: () => Promise<void> } {
  let last = 0;
  let writing: Promise<unknown> = Promise.resolve();
  let busy = false;
  let stopped = false;
  return {
    tell: (rows, bytes) => {
      const now = Date.now();
      if (stopped || busy || now - last < PROGRESS_EVERY_MS) return;
      [last, busy] = [now, true];
      writing = db
        .query(
          `UPDATE import_batch SET state = 'reading', rows_read = $2, bytes_read = least($3, bytes)
           WHERE id = $1 AND state IN ('waiting', 'reading')`,
          [id, rows, bytes],
        )
        // Only a display: the reading itself says what is wrong with the database.
        .catch(() => undefined)
        .finally(() => (busy = false));
    },
    stop: async () => {
      stopped = true;
      await writing;
    },
  };
}
