import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { DataSource } from 'typeorm';
import { actorByName } from '#libs/access';
import {
  commitImport,
  findImport,
  IMPORT_KINDS,
  importRows,
  readImport,
  receiveImport,
  type ImportBatch,
  type ImportChoices,
  type ImportKind,
} from '#libs/exchange';
import { may, systemActor, type Actor } from '#libs/kernel';
import { ERROR_WORDS, type ErrorCode } from '../api/shell/error-words/index.js';
import { fromCallerFolder } from './caller-folder.js';
import { withBooks } from './with-database.js';

const MOST_ROWS_TOLD = 20;
const READING_LIMIT_MS = 10 * 60_000;

interface Options {
  kind: ImportKind;
  as: string;
  commit?: boolean;
  withoutRejected?: boolean;
  reason?: string;
  unit?: NonNullable<ImportChoices['amountUnit']>;
  cumulative?: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('read a csv or xlsx, print what it would change, and with --commit book it')
    .argument('<file>', '.csv or .xlsx')
    .addOption(new Option('--kind <kind>', 'what it contains').choices([...IMPORT_KINDS]).makeOptionMandatory())
    .requiredOption('--as <username>', 'whose import it is: staff, or a reporter for its own units')
    .addOption(new Option('--unit <unit>', 'of the amounts').choices(['dong', 'nghin-dong', 'trieu-dong', 'ty-dong']))
    .option('--cumulative', 'amounts run from the start of the plan year')
    .option('--commit', 'book the difference')
    .option('--without-rejected', 'book it without the rejected rows')
    .option('--reason <text>', 'why figures fall or are unusual, for rows that do not say it')
    .action(async (file: string, options: Options) => {
      const path = fromCallerFolder(file);
      await stat(path);
      await withBooks(async (db, config) => {
        const actor = await actorByName(db, options.as, { via: 'command-line' });
        if (!may(actor, 'imports.send')) throw new Error(`${options.as} may not import: staff and reporters do`);
        const batch = await read(db, actor, path, options);
        await tell(db, actor, batch);
        if (!options.commit || batch.state !== 'ready') return;
        const { withoutRejected, reason } = options;
        const committed = await commitImport(db, actor, batch.id, { withoutRejected, reason }, config);
        process.stdout.write(`import ${committed.id} is committed, ${committed.entries} entries written\n`);
      });
    });
}

/** Reads the file here and now; a worker that took the order first is waited for. */
async function read(db: DataSource, actor: Actor, path: string, options: Options): Promise<ImportBatch> {
  const received = await receiveImport(db, actor, {
    kind: options.kind,
    fileName: () => basename(path),
    bytes: createReadStream(path) as AsyncIterable<Buffer>,
    choices: () => ({
      ...(options.unit ? { amountUnit: options.unit } : {}),
      ...(options.cumulative ? { cumulative: true } : {}),
    }),
  });
  const due: { id: number }[] = await db.query(
    `SELECT id FROM outbox_message WHERE topic = 'import-received' AND done_at IS NULL AND payload @> $1`,
    [JSON.stringify({ importId: received.id })],
  );
  for (const { id } of due) await readImport(db, systemActor('command-line'), { importId: received.id, messageId: id });
  const limit = Date.now() + READING_LIMIT_MS;
  for (;;) {
    const { batch } = await findImport(db, actor, received.id);
    if ((batch.state !== 'waiting' && batch.state !== 'reading') || Date.now() > limit) return batch;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function tell(db: DataSource, actor: Actor, batch: ImportBatch): Promise<void> {
  const { difference, failure } = batch;
  if (failure) throw new Error(sentence(failure.code, failure.facts));
  if (!difference) return;
  process.stdout.write(`import ${batch.id}, ${batch.rowsRead} rows\n`);
  if (batch.repeatOf !== null)
    process.stdout.write(`the same file was committed before, as import ${batch.repeatOf}\n`);
  for (const outcome of ['new', 'changed', 'same', 'rejected'] as const) {
    const { cells, rows, dong, differenceDong } = difference[outcome];
    process.stdout.write(`${outcome}: ${cells} (${rows} rows), ${dong} đồng, books ${differenceDong} đồng\n`);
  }
  if (difference.withoutReason > 0)
    process.stdout.write(`${difference.withoutReason} figures fall without a reason: give one with --reason\n`);
  const { items } = await importRows(db, actor, batch.id, { outcome: 'rejected', limit: MOST_ROWS_TOLD });
  for (const { row, problems } of items)
    for (const { field, code, facts } of problems)
      process.stderr.write(`row ${row}${field ? `, ${field}` : ''}: ${sentence(code, facts)}\n`);
}

function sentence(code: string, facts: Record<string, string | number>): string {
  return Object.hasOwn(ERROR_WORDS, code) ? ERROR_WORDS[code as ErrorCode].vi(facts) : code;
}
