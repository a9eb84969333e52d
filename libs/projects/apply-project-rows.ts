import type { EntityManager } from 'typeorm';
import { recordRowChanges, type RecordAudit } from '#libs/audit';
import { isStorableDong, parseDong, slicesOf, type Actor, type RowOutcome } from '#libs/kernel';
import { businessDate, byIndex } from '#libs/platform';
import { differences, rejected, RowReader, type BeforeValues } from './file-rows.js';
import { loadKnownProjects, type KnownProjects } from './known-projects.js';

/** Columns of projects.csv (product.md). */
const FIELDS = [
  'code',
  'national_code',
  'name_vi',
  'parent_code',
  'unit_code',
  'investor_name',
  'capital_type',
  'programme',
  'places',
  'total_investment_vnd',
] as const;
type Field = (typeof FIELDS)[number];

/** A row as the file states it; a column that the file does not have is absent and leaves the register as it is. */
export type ProjectFileRow = Partial<Record<Field, string>>;

const CAPITAL_TYPES = ['public', 'ppp', 'non-budget', 'unknown'] as const;
const PROGRAMMES = ['none', 'NTM', 'GNBV', 'DTTS'] as const;

/** The columns of a project as they are compared and written; amounts in digits, places sorted, '' where empty. */
type Values = Record<Field, string>;

interface Reading {
  row: number;
  reader: RowReader<Field>;
  values: Values;
  before: BeforeValues | null;
}

/** A statement takes its rows as one text of bounded length. */
const ROWS_A_STATEMENT = 10_000;

/**
 * Adds and changes projects by code in the caller's transaction, whose commit or roll-back decides. Parents may stand
 * after their components. A project that holds capital or money keeps its unit: moving it is a reorganisation.
 */
export async function applyProjectRows(
  tx: EntityManager,
  actor: Actor,
  rows: readonly ProjectFileRow[],
  record: RecordAudit,
): Promise<RowOutcome[]> {
  const known = await loadKnownProjects(tx, rows, await businessDate(tx));
  const outcomes: RowOutcome[] = rows.map((_, row) => ({ row, outcome: 'same', problems: [] }));
  const byCode = new Map<string, Reading>();
  const owners = ownersAfter(rows, known);
  rows.forEach((cells, row) => {
    const reading = read(cells, row, known);
    const first = byCode.get(reading.values.code);
    if (first && JSON.stringify(first.values) !== JSON.stringify(reading.values))
      reading.reader.refuse('code', 'row-twice', { row: first.row + 1 });
    checkCodes(reading, known, owners, actor);
    if (reading.reader.problems.length > 0) outcomes[row] = rejected(row, reading.reader.problems);
    else if (!first) byCode.set(reading.values.code, reading);
  });
  rejectDependent(byCode, known, outcomes);
  const changed: Reading[] = [];
  for (const reading of byCode.values()) {
    const { row, values, before } = reading;
    const differing = before && differences(values, before);
    if (differing && Object.keys(differing).length === 0) continue;
    changed.push(reading);
    outcomes[row] = differing
      ? { row, outcome: 'changed', before: differing, problems: [] }
      : { row, outcome: 'new', problems: [] };
  }
  await byIndex(tx, () => write(tx, changed));
  recordRowChanges(
    record,
    'project',
    changed.map(({ values, before }) => ({ id: values.code, before: before ?? undefined, after: values })),
  );
  return outcomes;
}

function read(cells: ProjectFileRow, row: number, known: KnownProjects): Reading {
  const reader = new RowReader<Field>(cells);
  const code = reader.text('code');
  const before = known.projects.get(code) ?? null;
  // What the file has no column for stays as the register has it.
  const kept = (field: Field, given: () => string): string =>
    reader.isGiven(field) || !before ? given() : String(before[field] ?? '');
  const total = reader.text('total_investment_vnd');
  const dong = total === '' ? 0n : parseDong(total);
  if (dong === undefined || dong < 0n || !isStorableDong(dong)) reader.refuse('total_investment_vnd', 'cell-malformed');
  const nationalCode = reader.text('national_code');
  if (nationalCode !== '' && !/^[0-9]{7}$/.test(nationalCode)) reader.refuse('national_code', 'cell-malformed');
  if (code === '' || code.length > 60) reader.refuse('code', 'cell-malformed');
  const name = kept('name_vi', () => reader.text('name_vi'));
  if (name === '') reader.refuse('name_vi', 'cell-malformed');
  const places = reader
    .text('places')
    .split(/[;|, ]+/)
    .filter(Boolean);
  return {
    row,
    reader,
    before,
    values: {
      code,
      national_code: kept('national_code', () => nationalCode),
      name_vi: name,
      parent_code: kept('parent_code', () => reader.text('parent_code')),
      unit_code: kept('unit_code', () => reader.text('unit_code')),
      investor_name: kept('investor_name', () => reader.text('investor_name')),
      capital_type: kept('capital_type', () => reader.choice('capital_type', CAPITAL_TYPES, 'public')),
      programme: kept('programme', () => reader.choice('programme', PROGRAMMES, 'none')),
      places: kept('places', () => [...new Set(places)].sort().join(';')),
      total_investment_vnd: kept('total_investment_vnd', () => (total === '' ? '' : String(dong))),
    },
  };
}

/** Who has which national code when projects that the file gives another one have let go of theirs. */
function ownersAfter(rows: readonly ProjectFileRow[], known: KnownProjects): Map<string, string> {
  const given = new Set(
    rows.flatMap(({ code, national_code: national }) => (national === undefined ? [] : (code ?? ''))),
  );
  return new Map([...known.nationalCodes].filter(([, owner]) => !given.has(owner)));
}

function checkCodes(
  { reader, values, before }: Reading,
  known: KnownProjects,
  owners: Map<string, string>,
  actor: Actor,
): void {
  const { code, unit_code: unit, parent_code: parent, national_code: nationalCode } = values;
  const mayHold = (each: string): boolean => actor.units === 'all' || actor.units.includes(each);
  const isOfOthers = before !== null && !mayHold(String(before['unit_code']));
  if (unit === '' ? actor.units !== 'all' : !known.units.has(unit) || !mayHold(unit) || isOfOthers)
    reader.refuse('unit_code', 'unit-not-known');
  else if (before && before['unit_code'] !== unit && known.funded.has(code))
    reader.refuse('unit_code', 'project-unit-fixed', { unit: String(before['unit_code']) });
  for (const place of values.places.split(';').filter(Boolean))
    if (!known.places.has(place)) reader.refuse('places', 'place-unknown', { place });
  const owner = nationalCode === '' ? undefined : owners.get(nationalCode);
  if (owner !== undefined && owner !== code) reader.refuse('national_code', 'national-code-in-use', { project: owner });
  else if (nationalCode !== '' && code !== '') owners.set(nationalCode, code);
  if (parent !== '' && parent !== before?.['parent_code'] && known.funded.has(parent))
    reader.refuse('parent_code', 'parent-holds-capital', { project: parent });
}

/**
 * What rests on a row that was rejected: a parent is in the register or a good row of the file, no chain of parents
 * comes back to where it began, and a national code was let go of by whoever has it.
 */
function rejectDependent(byCode: Map<string, Reading>, known: KnownProjects, outcomes: RowOutcome[]): void {
  for (let found = true; found;) {
    found = false;
    for (const [code, { row, reader, values }] of byCode) {
      const { parent_code: parent, national_code: nationalCode } = values;
      const owner = known.nationalCodes.get(nationalCode) ?? code;
      if (owner !== code && !byCode.has(owner))
        reader.refuse('national_code', 'national-code-in-use', { project: owner });
      else if (parent === '') continue;
      else if (!byCode.has(parent) && !known.projects.has(parent)) reader.refuse('parent_code', 'parent-unknown');
      else if (isInCircle(code, byCode, known)) reader.refuse('parent_code', 'parent-in-circle');
      else continue;
      outcomes[row] = rejected(row, reader.problems);
      byCode.delete(code);
      found = true;
    }
  }
}

function isInCircle(code: string, byCode: Map<string, Reading>, known: KnownProjects): boolean {
  const seen = new Set<string>([code]);
  for (let at = code; ;) {
    const parent = byCode.get(at)?.values.parent_code ?? String(known.projects.get(at)?.['parent_code'] ?? '');
    if (parent === '') return false;
    if (seen.has(parent)) return true;
    seen.add(parent);
    at = parent;
  }
}

async function write(tx: EntityManager, changed: readonly Reading[]): Promise<void> {
  if (changed.length === 0) return;
  await tx.query(`CREATE TEMPORARY TABLE given_project (code text, national_code text, name text, parent_code text,
    unit_code text, investor_name text, capital_type text, programme text, places text[], total_investment bigint,
    is_new boolean) ON COMMIT DROP`);
  for (const some of slicesOf(changed, ROWS_A_STATEMENT))
    await tx.query(
      `INSERT INTO given_project
       SELECT code, nullif(national_code, ''), name_vi, nullif(parent_code, ''), nullif(unit_code, ''),
              nullif(investor_name, ''), capital_type, programme, string_to_array(nullif(places, ''), ';'),
              nullif(total_investment_vnd, '')::bigint, is_new
       FROM jsonb_to_recordset($1::jsonb) AS g (${FIELDS.map((field) => `${field} text`).join(', ')}, is_new boolean)`,
      [JSON.stringify(some.map(({ values, before }) => ({ ...values, is_new: before === null })))],
    );
  await tx.query('ANALYZE given_project');
  await tx.query(`
    INSERT INTO project (code, national_code, name, parent_code, investor_name, capital_type, programme, total_investment)
    SELECT code, national_code, name, parent_code, investor_name, capital_type, programme, total_investment
    FROM given_project WHERE is_new ORDER BY code`);
  // First without their old codes: two projects may swap them.
  await tx.query(`
    UPDATE project AS p SET national_code = NULL FROM given_project AS g
    WHERE g.code = p.code AND NOT g.is_new AND p.national_code IS DISTINCT FROM g.national_code`);
  await tx.query(`
    UPDATE project AS p SET national_code = g.national_code, name = g.name, parent_code = g.parent_code,
      investor_name = g.investor_name, capital_type = g.capital_type, programme = g.programme,
      total_investment = g.total_investment, updated_at = now()
    FROM given_project AS g WHERE g.code = p.code AND NOT g.is_new`);
  await tx.query(`
    DELETE FROM project_unit AS h USING given_project AS g
    WHERE h.project_code = g.code AND NOT EXISTS (
      SELECT FROM project_unit AS k WHERE k.project_code = g.code AND k.unit_code = g.unit_code)
      AND NOT EXISTS (SELECT FROM allocation_line AS l WHERE l.project_code = g.code)
      AND NOT EXISTS (SELECT FROM disbursement_entry AS e WHERE e.project_code = g.code)`);
  await tx.query(`
    INSERT INTO project_unit (project_code, unit_code)
    SELECT g.code, g.unit_code FROM given_project AS g
    WHERE g.unit_code IS NOT NULL AND NOT EXISTS (SELECT FROM project_unit AS h WHERE h.project_code = g.code)`);
  await tx.query(`
    DELETE FROM project_place AS h USING given_project AS g
    WHERE h.project_code = g.code AND NOT h.place_code = ANY(coalesce(g.places, '{}'))`);
  await tx.query(`
    INSERT INTO project_place (project_code, place_code)
    SELECT g.code, place FROM given_project AS g, unnest(g.places) AS place ON CONFLICT DO NOTHING`);
  await tx.query('DROP TABLE given_project');
}
