import { ReadableFailure } from '#libs/platform';

/**
 * A backup is a gzipped tar, with a key inside an age file:
 *   header.json                      what a restore must know before the first row
 *   data/<schema>.<table>/<n>.copy   the rows in PostgreSQL's COPY text, in the order of the primary key; the pieces of
 *                                    a table follow each other and are cut anywhere
 *   manifest.json                    the header again, and what is known only after the last row
 * Tar wants the size of a piece before its bytes: pieces are cut so that one fits in memory.
 */
export const FORMAT = 'public-investment-tracker backup';
export const FORMAT_VERSION = 1;
export const HEADER = 'header.json';
export const MANIFEST = 'manifest.json';

export interface BackupHeader {
  format: typeof FORMAT;
  formatVersion: number;
  /** ISO 8601: when the snapshot was taken. */
  takenAt: string;
  postgresVersion: string;
  province: string;
  /** The data are a demonstration. */
  illustrative: boolean;
  /** Names of the migrations the database had seen, in the order in which they ran. */
  migrations: string[];
  tables: { name: string; columns: string[] }[];
  omitted: { name: string; reason: string }[];
}

export interface BackupManifest {
  header: BackupHeader;
  tables: { name: string; rows: number; bytes: number; sha256: string }[];
  sequences: { name: string; lastValue: string; isCalled: boolean }[];
  audit: { seq: string; hash: string; brokenAt: string | null };
}

export const pieceName = (table: string, piece: number): string =>
  `data/${table}/${String(piece).padStart(6, '0')}.copy`;

/** The table whose rows the entry holds. */
export function tableOfPiece(entry: string): string | undefined {
  return /^data\/([^/]+)\/[0-9]+\.copy$/.exec(entry)?.[1];
}

/** Refuses what is no backup of ours, or one of a later program, in one sentence. */
export function readHeader(text: string): BackupHeader {
  const header = JSON.parse(text) as Partial<BackupHeader>;
  if (header.format !== FORMAT) throw new ReadableFailure('The file is not a backup of this program.');
  if (header.formatVersion !== FORMAT_VERSION)
    throw new ReadableFailure(
      `The backup has format ${String(header.formatVersion)}, this program reads format ${FORMAT_VERSION}: restore it with the version that made it.`,
    );
  return header as BackupHeader;
}
