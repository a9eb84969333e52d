import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import type { Actor, RowOutcome } from '#libs/kernel';
import { differences, rejected, RowReader, type BeforeValues } from './file-rows.js';

type Field = 'year' | 'ordinal' | 'project_code' | 'name_vi' | 'capital_type' | 'origin';

/** A row of a year's list of key projects as the file states it. */
export type KeyProjectRow = Partial<Record<Field, string>>;

const CAPITAL_TYPES = ['public', 'ppp', 'non-budget', 'unknown'] as const;
const ORIGINS = ['new', 'carried-over', 'unexplained'] as const;

/** Values in the columns of the file; numbers stay numbers, '' where empty. */
type Values = Omit<Record<Field, string>, 'year' | 'ordinal'> & { year: number; ordinal: number };

/**
 * Adds and changes places on the lists of key projects by year and number, in the caller's transaction. A year
 * without a list gets one that declares as many as the file has. A named project must be in the register.
 */
export async function applyKeyProjectRows(
  tx: EntityManager,
  actor: Actor,
  rows: readonly KeyProjectRow[],
  record: RecordAudit,
): Promise<RowOutcome[]> {
  const projects = await knownProjects(tx, actor, rows);
  const readings = rows.map((cells) => read(cells, projects));
  const booked = await bookedPlaces(tx, [...new Set(readings.map(({ values }) => values.year))]);
  const seen = new Map<string, number>();
  const written: { values: Values; before: BeforeValues | undefined }[] = [];
  const outcomes = readings.map(({ reader, values }, row): RowOutcome => {
    const key = `${values.year} ${values.ordinal}`;
    const first = seen.get(key);
    const isRepeated = first !== undefined && JSON.stringify(readings[first]?.values) === JSON.stringify(values);
    if (first !== undefined && !isRepeated) reader.refuse('ordinal', 'row-twice', { row: first + 1 });
    if (reader.problems.length > 0) return rejected(row, reader.problems);
    if (isRepeated) return { row, outcome: 'same', problems: [] };
    seen.set(key, row);
    const before = booked.get(key);
    const differing = before && differences({ ...values }, before);
    if (differing && Object.keys(differing).length === 0) return { row, outcome: 'same', problems: [] };
    written.push({ values, before });
    return differing
      ? { row, outcome: 'changed', before: differing, problems: [] }
      : { row, outcome: 'new', problems: [] };
  });
  await write(
    tx,
    written.map(({ values }) => values),
  );
  for (const year of new Set(written.map(({ values }) => values.year))) {
    const ofYear = written.filter(({ values }) => values.year === year);
    record({
      action: 'key-projects.import',
      objectType: 'key-project-list',
      objectId: year,
      before: ofYear.flatMap(({ before }) => (before ? [before] : [])),
      after: ofYear.map(({ values }) => values),
    });
  }
  return outcomes;
}

function read(
  cells: KeyProjectRow,
  projects: ReadonlyMap<string, string>,
): { reader: RowReader<Field>; values: Values } {
  const reader = new RowReader<Field>(cells);
  const year = /^[12][0-9]{3}$/.test(reader.text('year')) ? Number(reader.text('year')) : 0;
  if (year === 0) reader.refuse('year', 'cell-malformed');
  const ordinal = /^[0-9]{1,4}$/.test(reader.text('ordinal')) ? Number(reader.text('ordinal')) : 0;
  if (ordinal === 0) reader.refuse('ordinal', 'cell-malformed');
  const projectCode = reader.text('project_code');
  const registered = projects.get(projectCode);
  if (projectCode !== '' && registered === undefined) reader.refuse('project_code', 'project-not-known');
  const name = reader.text('name_vi') || (registered ?? '');
  if (name === '') reader.refuse('name_vi', 'cell-malformed');
  return {
    reader,
    values: {
      year,
      ordinal,
      project_code: projectCode,
      name_vi: name,
      capital_type: reader.choice('capital_type', CAPITAL_TYPES, 'unknown'),
      origin: reader.choice('origin', ORIGINS, 'unexplained'),
    },
  };
}

async function knownProjects(
  tx: EntityManager,
  actor: Actor,
  rows: readonly KeyProjectRow[],
): Promise<Map<string, string>> {
  const found: { code: string; name: string }[] = await tx.query(
    `SELECT code, name FROM project AS p WHERE code = ANY($1)
       AND ($2::text[] IS NULL OR EXISTS (
         SELECT FROM project_unit AS h WHERE h.project_code = p.code AND h.unit_code = ANY($2)))`,
    [
      rows.map(({ project_code: code }) => (code ?? '').trim().normalize('NFC')),
      actor.units === 'all' ? null : actor.units,
    ],
  );
  return new Map(found.map(({ code, name }) => [code, name]));
}

async function bookedPlaces(tx: EntityManager, years: readonly number[]): Promise<Map<string, BeforeValues>> {
  const rows: (BeforeValues & { year: number; ordinal: number })[] = await tx.query(
    `SELECT year, ordinal, coalesce(project_code, '') AS project_code, name AS name_vi, capital_type, origin
     FROM key_project WHERE year = ANY($1)`,
    [years],
  );
  return new Map(rows.map((row) => [`${row.year} ${row.ordinal}`, row]));
}

async function write(tx: EntityManager, written: readonly Values[]): Promise<void> {
  if (written.length === 0) return;
  const given = JSON.stringify(written);
  await tx.query(
    `INSERT INTO key_project_list (year, declared_count, note_vi, note_en)
     SELECT year, count(*), '', '' FROM jsonb_to_recordset($1::jsonb) AS g (year int) GROUP BY year
     ON CONFLICT DO NOTHING`,
    [given],
  );
  await tx.query(
    `INSERT INTO key_project (year, ordinal, project_code, name, capital_type, origin)
     SELECT year, ordinal, nullif(project_code, ''), name_vi, capital_type, origin
     FROM jsonb_to_recordset($1::jsonb)
       AS g (year int, ordinal int, project_code text, name_vi text, capital_type text, origin text)
     ON CONFLICT (year, ordinal) DO UPDATE SET project_code = excluded.project_code, name = excluded.name,
       capital_type = excluded.capital_type, origin = excluded.origin`,
    [given],
  );
}
