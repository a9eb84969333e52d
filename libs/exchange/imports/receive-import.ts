import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { canonicalJson, DomainError, isDuplicate, sha256, systemClock, type Actor } from '#libs/kernel';
import { enqueue, instanceSetting } from '#libs/platform';
import type { ImportKind } from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';
import { ImportBatch, ImportFileChunk, type ImportChoices } from './import-batch.entity.js';
import { requireKind } from './import-kinds.js';
import { MOST_FILE_BYTES } from './limits.js';

/** The message that a received file leaves in the outbox. */
export const IMPORT_RECEIVED = 'import-received';

export interface NewImport {
  kind: ImportKind;
  /** Known once the file began; asked for after the bytes. */
  fileName: () => string;
  bytes: AsyncIterable<Buffer>;
  /** Form fields may follow the file: asked for after the bytes. */
  choices: () => ImportChoices;
}

const CHUNK_BYTES = 1024 * 1024;

/**
 * Keeps the file and orders its reading. The bytes go to the database piece by piece outside a transaction, so that a
 * slow line holds no connection; the import exists from the one transaction that follows. A file that the same person
 * sent before with the same choices, and that is not committed yet, is that import again.
 */
export async function receiveImport(db: DataSource, actor: Actor, sent: NewImport): Promise<ImportBatch> {
  requireKind(actor, sent.kind);
  await sweepUnfinished(db);
  const { identifiers } = await db.manager.insert(ImportBatch, {
    kind: sent.kind,
    fileName: '',
    choices: {},
    createdAt: systemClock.now(),
    createdBy: actor.username,
  });
  const { id } = identifiers[0] as { id: number };
  try {
    const file = await keepBytes(db, id, sent.bytes);
    if (file.bytes === 0) throw new DomainError<ImportErrorCode>('import-file-empty', { file: sent.fileName() });
    const choices = sent.choices();
    const importKey = importKeyOf({ kind: sent.kind, choices, contentHash: file.contentHash });
    return await order(db, actor, id, { ...file, choices, importKey, fileName: sent.fileName() });
  } catch (error) {
    await db.manager.delete(ImportBatch, { id });
    if (error instanceof SentBefore) return error.batch;
    throw error;
  }
}

/** Same bytes, kind and choices are the same import. */
export function importKeyOf({
  kind,
  choices,
  contentHash,
}: Pick<ImportBatch, 'kind' | 'choices' | 'contentHash'>): string {
  return sha256(canonicalJson({ kind, choices, content: contentHash }));
}

/** The last committed import of the key. */
export async function committedBefore(tx: EntityManager, importKey: string): Promise<number | null> {
  const before = await tx.findOne(ImportBatch, { where: { importKey, state: 'committed' }, order: { id: 'DESC' } });
  return before?.id ?? null;
}

class SentBefore extends Error {
  constructor(readonly batch: ImportBatch) {
    super('sent before');
  }
}

type Received = Pick<ImportBatch, 'bytes' | 'contentHash' | 'choices' | 'fileName'> & { importKey: string };

async function order(db: DataSource, actor: Actor, id: number, received: Received): Promise<ImportBatch> {
  const { importKey, fileName, bytes, contentHash, choices } = received;
  const pending = (): Promise<ImportBatch | null> =>
    db.manager
      .createQueryBuilder(ImportBatch, 'batch')
      .where(
        "batch.import_key = :importKey AND batch.created_by = :by AND batch.state IN ('waiting', 'reading', 'ready')",
        {
          importKey,
          by: actor.username,
        },
      )
      .getOne();
  const before = await pending();
  if (before) throw new SentBefore(before);
  return auditedTransaction(db, actor, async (tx, record) => {
    await tx.update(
      ImportBatch,
      { id },
      {
        ...received,
        state: 'waiting',
        repeatOf: await committedBefore(tx, importKey),
        isIllustrative: (await instanceSetting(tx)).illustrative,
      },
    );
    await enqueue(tx, IMPORT_RECEIVED, { importId: id });
    record({
      action: 'import.receive',
      objectType: 'import',
      objectId: id,
      after: { fileName, bytes, contentHash, choices },
    });
    return tx.findOneByOrFail(ImportBatch, { id });
  }).catch(async (error: unknown) => {
    const winner = isDuplicate(error, 'import_batch_pending_once_index') ? await pending() : null;
    throw winner ? new SentBefore(winner) : error;
  });
}

async function keepBytes(
  db: DataSource,
  batchId: number,
  pieces: AsyncIterable<Buffer>,
): Promise<{ bytes: number; contentHash: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let ordinal = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const keep = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    const chunk = Buffer.concat(waiting);
    [waiting, waitingBytes] = [[], 0];
    await db.query('INSERT INTO import_file_chunk (batch_id, ordinal, bytes) VALUES ($1, $2, $3)', [
      batchId,
      ordinal++,
      chunk,
    ]);
  };
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    if (bytes >= MOST_FILE_BYTES)
      throw new DomainError<ImportErrorCode>('import-file-too-big', { megabytes: MOST_FILE_BYTES / 1e6 });
    waiting.push(piece);
    waitingBytes += piece.length;
    if (waitingBytes >= CHUNK_BYTES) await keep();
  }
  await keep();
  return { bytes, contentHash: hash.digest('hex') };
}

/** What was cut off while it was sent leaves pieces behind; nobody ever saw it as an import. */
async function sweepUnfinished(db: DataSource): Promise<void> {
  await db.query("DELETE FROM import_batch WHERE state = 'receiving' AND created_at < now() - interval '1 hour'");
}

/** The file's bytes in order, one piece in memory at a time. */
export async function* fileBytes(db: DataSource, batchId: number): AsyncGenerator<Buffer> {
  const piece = (ordinal: number): Promise<ImportFileChunk | null> =>
    db.manager.findOneBy(ImportFileChunk, { batchId, ordinal });
  let next = piece(0);
  for (let ordinal = 1; ; ordinal++) {
    const chunk = await next;
    if (!chunk) return;
    next = piece(ordinal);
    // Looked at when its turn comes; without this a failure meanwhile would count as unhandled.
    next.catch(() => undefined);
    yield chunk.bytes;
  }
}
