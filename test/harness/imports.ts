import type { DataSource } from 'typeorm';
import { readImport } from '#libs/exchange';
import { systemActor } from '#libs/kernel';
import type { Caller } from './running-api.js';

/** An import as it is sent, as far as tests look at it. */
export interface SentImport {
  id: number;
  kind: string;
  state: string;
  reading: { mode: string; format: string; cumulative: boolean; amountUnit: string } | null;
  difference: Record<'new' | 'changed' | 'same' | 'rejected', Count> & { withoutReason: number };
  failure: { code: string; detail: string; problems: { column: number | null; code: string }[] } | null;
  repeatOf: { id: number; committedBy: string } | null;
  progress: { rowsRead: number; rowsTotal: number | null; percent: number };
  entries: number;
  rowsHash: string | null;
}
interface Count {
  cells: number;
  rows: number;
  dong: number;
  differenceDong: number;
}

export interface SentRow {
  row: number;
  rows: number;
  outcome: string;
  values: Record<string, string>;
  before: Record<string, string> | null;
  dong: number | null;
  differenceDong: number | null;
  needsReason: boolean;
  problems: { field: string | null; code: string; detail: string }[];
}

/** `new 2 cells 30, changed 1 cell 5` …: what is not there is left out. */
export function told({ difference }: SentImport): string {
  return (['new', 'changed', 'same', 'rejected'] as const)
    .filter((outcome) => difference[outcome].cells > 0)
    .map((outcome) => `${outcome} ${difference[outcome].cells}: ${difference[outcome].differenceDong}`)
    .join(', ');
}

export const DISBURSEMENT_COLUMNS =
  'plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount_vnd';

/** A csv with the header of product.md. */
export function disbursementCsv(rows: readonly string[], more = ''): string {
  return [`${DISBURSEMENT_COLUMNS}${more}`, ...rows, ''].join('\n');
}

/** Reads every file that waits, as the worker does when the outbox hands it over. */
export async function readWaiting(db: DataSource): Promise<void> {
  const due: { id: number; payload: { importId: number } }[] = await db.query(
    "SELECT id, payload FROM outbox_message WHERE topic = 'import-received' AND done_at IS NULL ORDER BY id",
  );
  for (const { id, payload } of due) await readImport(db, systemActor('job'), { ...payload, messageId: id });
}

/** Sends a file, lets it be read, and returns what the sender then sees. */
export async function importFile(
  db: DataSource,
  caller: Caller,
  content: string | Buffer,
  { kind = 'disbursements', name = 'giai-ngan.csv', fields = {} as Record<string, string> } = {},
): Promise<SentImport> {
  const { body } = await caller.upload(`/imports?kind=${kind}`, { name, content }, fields).expect(202);
  await readWaiting(db);
  return (await caller.get(`/imports/${(body as SentImport).id}`).expect(200)).body as SentImport;
}
