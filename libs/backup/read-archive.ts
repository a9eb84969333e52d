import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract } from 'tar-stream';
import { ReadableFailure } from '#libs/platform';
import { HEADER, MANIFEST, readHeader, tableOfPiece, type BackupHeader, type BackupManifest } from './backup-file.js';
import { AGE_MAGIC, decrypting, unchanged, type DecryptionKey, type Stage } from './encryption.js';

/** JSON of a header or manifest is a few bytes a table: more is no backup of ours. */
const MOST_JSON_BYTES = 16 * 1024 * 1024;

export interface ArchiveReader {
  header(header: BackupHeader): Promise<void>;
  rows(table: string, bytes: AsyncIterable<Buffer>): Promise<void>;
  /** Called last, when the file has been read and authenticated to its end. */
  manifest(manifest: BackupManifest): Promise<void>;
}

/** Reads a backup from its first byte to its last, in constant memory. What is damaged or cut short is refused. */
export async function readArchive(path: string, key: DecryptionKey | undefined, reader: ArchiveReader): Promise<void> {
  const decryption = await decryptionFor(path, key);
  const archive = extract();
  const read = pipeline(createReadStream(path), decryption, createGunzip(), archive);
  const handled = handle(archive, reader).catch((error: Error) => {
    archive.destroy(error);
    throw error;
  });
  const [reading, handling] = await Promise.allSettled([read, handled]);
  // Each side ends the other: what is said is the database's or our own refusal, else what is wrong with the file.
  if (handling.status === 'rejected' && isRefusal(handling.reason)) throw handling.reason;
  if (reading.status === 'rejected') throw isRefusal(reading.reason) ? reading.reason : damaged(path, reading.reason);
  if (handling.status === 'rejected') throw damaged(path, handling.reason);
  if (!handling.value) throw damaged(path, 'its manifest is missing');
  await reader.manifest(handling.value);
}

/** One of our sentences, an error of PostgreSQL, or a lost connection to it. */
function isRefusal(error: unknown): boolean {
  const { severity, message } = (error ?? {}) as { severity?: string; message?: string };
  return (
    error instanceof ReadableFailure || severity !== undefined || /^(Connection terminated|Client )/.test(message ?? '')
  );
}

function damaged(path: string, error: unknown): ReadableFailure {
  const reason = typeof error === 'string' ? error : (error as Error).message;
  return new ReadableFailure(`${path} is damaged or cut short (${reason}): nothing was restored.`);
}

async function decryptionFor(path: string, key: DecryptionKey | undefined): Promise<Stage> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new ReadableFailure(`${path} cannot be read (${error.code}).`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(AGE_MAGIC.length), 0, AGE_MAGIC.length, 0);
    if (buffer.equals(AGE_MAGIC)) {
      if (!key) throw new ReadableFailure(`${path} is encrypted: give its key with --key-file or --identity.`);
      return decrypting(key);
    }
    if (bytesRead >= 2 && buffer[0] === 0x1f && buffer[1] === 0x8b) return unchanged;
    throw new ReadableFailure(`${path} is not a backup of this program.`);
  } finally {
    await file.close();
  }
}

async function handle(archive: Extract, reader: ArchiveReader): Promise<BackupManifest | undefined> {
  let header: BackupHeader | undefined;
  let manifest: BackupManifest | undefined;
  for await (const entry of archive) {
    const { name } = entry.header;
    const bytes = entry as AsyncIterable<Buffer>;
    const table = tableOfPiece(name);
    if (manifest) throw new Error(`${name} follows the manifest`);
    if (!header) {
      if (name !== HEADER) throw new ReadableFailure('The file is not a backup of this program.');
      header = readHeader(await textOf(name, bytes));
      await reader.header(header);
    } else if (table) await reader.rows(table, bytes);
    else if (name === MANIFEST) manifest = JSON.parse(await textOf(name, bytes)) as BackupManifest;
    else throw new Error(`unknown entry ${name}`);
  }
  return manifest;
}

async function textOf(name: string, entry: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of entry) {
    bytes += chunk.length;
    if (bytes > MOST_JSON_BYTES) throw new Error(`${name} is too long`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
