import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import type { FilesErrorCode } from './errors.js';
import { mediaTypeOf, properName } from './media-type.js';
import { UploadedFile, type MediaType } from './stored-file.entity.js';

export interface NewFile {
  /** Known once the file began; asked for after the bytes. */
  fileName: () => string;
  bytes: AsyncIterable<Buffer>;
}

export interface FileFacts {
  id: number;
  name: string;
  /** bytes */
  size: number;
  mediaType: MediaType;
  /** SHA-256, hex */
  hash: string;
}

/** The largest file in bytes: `FILE_MEGABYTES`. */
export function mostFileBytes({ fileMegabytes }: { fileMegabytes: number }): number {
  return fileMegabytes * 1024 * 1024;
}

/** Keeps a file that somebody is about to attach. The same bytes are stored once, whoever sends them how often. */
export async function receiveFile(
  db: DataSource,
  actor: Actor,
  sent: NewFile,
  limits: { fileMegabytes: number },
): Promise<FileFacts> {
  const bytes = await wholeFile(sent, limits);
  const sentName = sent.fileName();
  if (bytes.length === 0) throw new DomainError<FilesErrorCode>('attachment-empty', { file: sentName });
  const mediaType = await mediaTypeOf(bytes, sentName);
  const name = properName(sentName, mediaType);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return auditedTransaction(db, actor, async (tx, record) => {
    await tx.query(
      'INSERT INTO stored_file (hash, bytes, size, media_type) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [hash, bytes, bytes.length, mediaType],
    );
    // The sweep of another file with these bytes waits, and finds them in use.
    await tx.query('SELECT FROM stored_file WHERE hash = $1 FOR KEY SHARE', [hash]);
    const { identifiers } = await tx.insert(UploadedFile, {
      hash,
      name,
      uploadedAt: systemClock.now(),
      uploadedBy: actor.username,
    });
    const { id } = identifiers[0] as { id: number };
    record({ action: 'file.upload', objectType: 'file', objectId: id, after: { name, hash, size: bytes.length } });
    return { id, name, size: bytes.length, mediaType, hash };
  });
}

async function wholeFile({ bytes, fileName }: NewFile, limits: { fileMegabytes: number }): Promise<Buffer> {
  const most = mostFileBytes(limits);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > most)
      throw new DomainError<FilesErrorCode>('attachment-too-big', {
        file: fileName(),
        megabytes: limits.fileMegabytes,
      });
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
