import type { EntityManager } from 'typeorm';
import { recordRowChanges, type RecordAudit, type RowChange } from '#libs/audit';
import { slicesOf, systemClock, type Actor, type FieldProblem, type RowOutcome } from '#libs/kernel';
import type { UnitKind } from '#libs/monitoring/rule';
import type { OrganisationErrorCode, OrganisationProblemCode } from './errors.js';
import { Unit } from './unit.entity.js';

type UnitRow = Readonly<Record<string, string>>;

const ROWS_A_STATEMENT = 10_000;

/**
 * Adds or changes units by their code, as units.csv states them (product.md): code, kind, group, name_vi, valid_from,
 * valid_to. A column the file does not have, or leaves empty for the group, keeps what stands there. The kind of a unit
 * never changes: its rating would. Writes what is right; the outcomes say which rows were not.
 */
export async function applyUnitRows(
  tx: EntityManager,
  actor: Actor,
  rows: readonly UnitRow[],
  record: RecordAudit,
): Promise<RowOutcome[]> {
  const codes = [...new Set(rows.map(({ code }) => code ?? ''))];
  const known = new Map(
    (
      await tx
        .createQueryBuilder(Unit, 'unit')
        .where('unit.code = ANY(:codes)', { codes })
        .orderBy('unit.code')
        .setLock('pessimistic_write')
        .getMany()
    ).map((unit) => [unit.code, unit]),
  );
  const firstRowOf = new Map<string, number>();
  const outcomes: RowOutcome[] = [];
  const changes: (RowChange & { after: StatedUnit })[] = [];
  for (const [row, values] of rows.entries()) {
    const code = values['code'] ?? '';
    const before = known.get(code);
    const problems = unitProblems(values, before, firstRowOf.get(code));
    if (actor.units !== 'all' && !actor.units.includes(code))
      problems.unshift(problem('code', 'unit-unknown', { unit: code }));
    if (!firstRowOf.has(code)) firstRowOf.set(code, row);
    if (problems.length > 0) {
      outcomes.push({ row, outcome: 'rejected', problems });
      continue;
    }
    const unit = stated(values, before);
    if (before && sameUnit(before, unit)) {
      outcomes.push({ row, outcome: 'same', problems: [] });
      continue;
    }
    changes.push({ id: code, before, after: unit });
    outcomes.push(
      before ? { row, outcome: 'changed', before: asRow(before), problems: [] } : { row, outcome: 'new', problems: [] },
    );
  }
  const at = systemClock.now();
  for (const some of slicesOf(changes, ROWS_A_STATEMENT))
    await write(
      tx,
      some.map(({ after }) => after),
      at,
    );
  recordRowChanges(record, 'unit', changes);
  return outcomes;
}

/** Each code once. */
async function write(tx: EntityManager, units: readonly StatedUnit[], at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO unit (code, kind, unit_group, name, short_name, valid_from, valid_to, updated_at)
     SELECT u.*, $8::timestamptz
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::date[]) AS u
     ON CONFLICT (code) DO UPDATE SET unit_group = excluded.unit_group, name = excluded.name,
       short_name = excluded.short_name, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
       updated_at = excluded.updated_at`,
    [
      units.map(({ code }) => code),
      units.map(({ kind }) => kind),
      units.map(({ group }) => group),
      units.map(({ name }) => name),
      units.map(({ shortName }) => shortName),
      units.map(({ validFrom }) => validFrom),
      units.map(({ validTo }) => validTo),
      at,
    ],
  );
}

type StatedUnit = Pick<Unit, 'code' | 'kind' | 'group' | 'name' | 'shortName' | 'validFrom' | 'validTo'>;

/** What a new unit's group is when the file does not say: the one its kind is compared in. */
const GROUP_OF: Record<UnitKind, string> = {
  investor: 'provincial',
  reserve: 'provincial',
  district: 'district',
  commune: 'district',
};

function stated(values: UnitRow, before: Unit | undefined): StatedUnit {
  const kind = values['kind'] as UnitKind;
  const name = values['name_vi'] ?? '';
  const keptName = before !== undefined && before.name === name;
  return {
    code: values['code'] ?? '',
    kind,
    group: values['group'] || before?.group || GROUP_OF[kind],
    name,
    shortName: keptName ? before.shortName : name,
    validFrom: dateOf(values['valid_from'], before?.validFrom),
    validTo: dateOf(values['valid_to'], before?.validTo),
  };
}

/** An empty cell states that there is no limit; a column that is not there states nothing. */
function dateOf(cell: string | undefined, before: string | null | undefined): string | null {
  return cell === undefined ? (before ?? null) : cell === '' ? null : cell;
}

function sameUnit(before: Unit, unit: StatedUnit): boolean {
  return (Object.keys(unit) as (keyof StatedUnit)[]).every((field) => before[field] === unit[field]);
}

function asRow(unit: StatedUnit): Record<string, string> {
  return {
    group: unit.group,
    name_vi: unit.name,
    valid_from: unit.validFrom ?? '',
    valid_to: unit.validTo ?? '',
  };
}

function unitProblems(values: UnitRow, before: Unit | undefined, firstRow: number | undefined): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const code = values['code'] ?? '';
  if (firstRow !== undefined) problems.push(problem('code', 'unit-twice', { unit: code }));
  if (before && before.kind !== values['kind'])
    problems.push(problem('kind', 'unit-kind-fixed', { unit: code, kind: before.kind }));
  const [validFrom, validTo] = [
    dateOf(values['valid_from'], before?.validFrom),
    dateOf(values['valid_to'], before?.validTo),
  ];
  if (validFrom && validTo && validFrom > validTo)
    problems.push(problem('valid_from', 'unit-dates-crossed', { validFrom, validTo }));
  return problems;
}

function problem(
  field: string,
  code: OrganisationErrorCode | OrganisationProblemCode,
  facts: Record<string, string>,
): FieldProblem {
  return { pointer: `/${field}`, code, facts };
}
