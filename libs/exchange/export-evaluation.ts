import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import type { DataSource } from 'typeorm';
import { DomainError, type Month } from '#libs/kernel';
import { frozenEvaluation } from '#libs/insight';
import type { Evaluation, MonitoringErrorCode } from '#libs/monitoring';
import { instanceSetting } from '#libs/platform';
import { evaluateFolder } from './folder/index.js';

const ROWS_A_READ = 10_000;
const ILLUSTRATIVE_MARK = 'SO-LIEU-MINH-HOA.txt';

interface FrozenInputs {
  units: { code: string; kind: string; group: string; valid_from: string; valid_to: string }[];
  reports: { month: number; unit: string }[] | null;
}

/**
 * Writes the frozen inputs of a month's evaluation as a folder of csv files, with the very lines and entries they
 * were summed from, and proves it: the rule on the folder must give the three frozen hashes, else
 * `evaluation-not-replayed`. Units added or ended since, and whatever was booked since, are left out.
 */
export async function exportEvaluation(db: DataSource, month: Month, folder: string): Promise<Evaluation> {
  const { evaluation } = await frozenEvaluation(db, month);
  const inputs = JSON.parse(evaluation.inputs) as FrozenInputs;
  await mkdir(folder, { recursive: true });
  await writeUnits(db, folder, inputs);
  await writeAllocations(db, folder, evaluation, inputs);
  await writeDisbursements(db, folder, evaluation, inputs);
  await writeCsv(
    join(folder, 'reports.csv'),
    ['plan_year', 'month', 'unit_code'],
    [(inputs.reports ?? []).map(({ month: number, unit }) => [month.planYear, number, unit])],
  );
  await writeFile(join(folder, 'policy.json'), `${evaluation.policy}\n`);
  await mark(db, folder);

  const replayed = await evaluateFolder(folder);
  const same =
    'output' in replayed &&
    replayed.output.inputHash === evaluation.inputHash &&
    replayed.output.policyHash === evaluation.policyHash &&
    replayed.output.resultHash === evaluation.resultHash;
  if (!same) throw new DomainError<MonitoringErrorCode>('evaluation-not-replayed', { month: month.toString() });
  return evaluation;
}

async function writeUnits(db: DataSource, folder: string, { units }: FrozenInputs): Promise<void> {
  const named: { code: string; name: string }[] = await db.query('SELECT code, name FROM unit WHERE code = ANY($1)', [
    units.map(({ code }) => code),
  ]);
  const nameOf = new Map(named.map(({ code, name }) => [code, name]));
  await writeCsv(
    join(folder, 'units.csv'),
    ['code', 'kind', 'group', 'name_vi', 'valid_from', 'valid_to'],
    [
      units.map(({ code, kind, group, valid_from: from, valid_to: to }) => [
        code,
        kind,
        group,
        nameOf.get(code) ?? '',
        from,
        to,
      ]),
    ],
  );
}

async function writeAllocations(
  db: DataSource,
  folder: string,
  { planYear, month, lastLineId }: Evaluation,
  { units }: FrozenInputs,
): Promise<void> {
  const pages = rowsInPages(
    db,
    `SELECT l.id, l.plan_year, d.number, d.decision_date::text AS decision_date,
            d.effective_date::text AS effective_date, l.basis, l.carried_over::int AS carried_over, l.unit_code,
            l.project_code, l.source_code, l.amount
     FROM allocation_line AS l JOIN allocation_decision AS d ON d.id = l.decision_id
     WHERE l.plan_year = $1 AND l.effective_month <= $2 AND l.id <= $3 AND l.unit_code = ANY($4) AND l.id > $5
     ORDER BY l.id LIMIT $6`,
    [planYear, month, lastLineId, units.map(({ code }) => code)],
  );
  await writeCsv(
    join(folder, 'allocations.csv'),
    [
      'plan_year',
      'decision_no',
      'decision_date',
      'effective_date',
      'basis',
      'carried_over',
      'unit_code',
      'project_code',
      'source_code',
      'amount_vnd',
    ],
    pages,
  );
}

async function writeDisbursements(
  db: DataSource,
  folder: string,
  { planYear, month, lastEntryId }: Evaluation,
  { units }: FrozenInputs,
): Promise<void> {
  const pages = rowsInPages(
    db,
    `SELECT e.id, e.plan_year, e.month, e.unit_code, e.project_code, e.source_code, e.kind,
            e.carried_over::int AS carried_over, e.basis, e.amount, e.document_no,
            e.document_date::text AS document_date, e.reason, e.corrects
     FROM disbursement_entry AS e
     WHERE e.plan_year = $1 AND e.month <= $2 AND e.id <= $3 AND e.unit_code = ANY($4) AND e.id > $5
     ORDER BY e.id LIMIT $6`,
    [planYear, month, lastEntryId, units.map(({ code }) => code)],
  );
  await writeCsv(
    join(folder, 'disbursements.csv'),
    [
      'plan_year',
      'month',
      'unit_code',
      'project_code',
      'source_code',
      'kind',
      'carried_over',
      'basis',
      'amount_vnd',
      'document_no',
      'document_date',
      'reason',
      'corrects',
    ],
    pages,
  );
}

/** Reads by id, page after page; the id itself is left out of what is written. */
async function* rowsInPages(db: DataSource, sql: string, values: unknown[]): AsyncGenerator<Cell[][]> {
  let after = 0;
  for (;;) {
    const rows: ({ id: number } & Record<string, Cell>)[] = await db.query(sql, [...values, after, ROWS_A_READ]);
    yield rows.map(({ id: _id, ...cells }) => Object.values(cells));
    if (rows.length < ROWS_A_READ) return;
    after = rows.at(-1)?.id ?? after;
  }
}

type Cell = string | number | null;

async function writeCsv(
  path: string,
  header: string[],
  pages: AsyncIterable<Cell[][]> | Iterable<Cell[][]>,
): Promise<void> {
  const file = createWriteStream(path, { encoding: 'utf8' });
  const finished = once(file, 'finish');
  file.write(`${header.join(',')}\r\n`);
  for await (const rows of pages)
    if (!file.write(rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join(''))) await once(file, 'drain');
  file.end();
  await finished;
}

function csvCell(value: Cell): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The mark travels with every figure; csv headers leave it no room, a file of its own does. */
async function mark(db: DataSource, folder: string): Promise<void> {
  const path = join(folder, ILLUSTRATIVE_MARK);
  if ((await instanceSetting(db)).illustrative)
    await writeFile(
      path,
      'SỐ LIỆU MINH HOẠ: do chương trình sinh ra để trình diễn, không phải số công bố.\n' +
        'ILLUSTRATIVE DATA: made up by the program for demonstration, not published figures.\n',
    );
  else await rm(path, { force: true });
}
