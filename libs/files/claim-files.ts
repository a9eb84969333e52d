import { In, type DataSource, type EntityManager } from 'typeorm';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import type { FilesErrorCode } from './errors.js';
import type { FileFacts } from './receive-file.js';
import { StoredFile, UploadedFile, type MediaType } from './stored-file.entity.js';

/**
 * Takes uploads of the actor's own for what `attachedTo` names (`answer 12`), each once. Anything else (another
 * person's, attached already, swept) is `attachment-unknown`: the caller's transaction then does nothing. The row that owns
 * the files keeps their ids and decides who may read them.
 */
export async function claimFiles(
  tx: EntityManager,
  actor: Actor,
  ids: readonly number[],
  attachedTo: string,
): Promise<FileFacts[]> {
  if (ids.length === 0) return [];
  const found = await tx.find(UploadedFile, {
    where: { id: In([...ids]), uploadedBy: actor.username },
    lock: { mode: 'pessimistic_write' },
  });
  const free = found.filter((file) => file.attachedTo === null);
  const [lacking] = ids.filter((id, i) => ids.indexOf(id) < i || !free.some((file) => file.id === id));
  if (lacking !== undefined) throw new DomainError<FilesErrorCode>('attachment-unknown', { file: lacking });
  await tx.update(UploadedFile, { id: In([...ids]) }, { attachedTo, attachedAt: systemClock.now() });
  const facts = await fileFacts(tx, ids);
  return ids.map((id) => facts.get(id) as FileFacts);
}

/** What lists show of files, by id. Who may see them is decided by whoever owns the attachment. */
export async function fileFacts(
  db: DataSource | EntityManager,
  ids: readonly number[],
): Promise<Map<number, FileFacts>> {
  const rows: FileFacts[] = await db.query(
    `SELECT u.id, u.name, s.size, s.media_type AS "mediaType", u.hash
     FROM uploaded_file AS u JOIN stored_file AS s ON s.hash = u.hash WHERE u.id = ANY($1)`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

export interface OpenedFile {
  name: string;
  mediaType: MediaType;
  size: number;
  hash: string;
  bytes: Buffer;
}

/** The bytes of a file. The caller has checked that its attachment may be read. */
export async function openFile(db: DataSource | EntityManager, id: number): Promise<OpenedFile> {
  const tx = 'manager' in db ? db.manager : db;
  const upload = await tx.findOneBy(UploadedFile, { id });
  const stored = upload && (await tx.findOneBy(StoredFile, { hash: upload.hash }));
  if (!stored) throw new DomainError<FilesErrorCode>('attachment-unknown', { file: id });
  return { ...stored, name: upload.name };
}
