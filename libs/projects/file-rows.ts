import type { ErrorFacts, FieldProblem, RowOutcome } from '#libs/kernel';
import type { ProjectsProblemCode } from './errors.js';

/** Reads the cells of one row: trimmed, NFC, an absent column told apart from an empty cell. */
export class RowReader<Field extends string> {
  readonly problems: FieldProblem[] = [];

  constructor(private readonly cells: Partial<Record<Field, string>>) {}

  /** The cell, '' when it is empty or its column is not in the file. */
  text(field: Field): string {
    return (this.cells[field] ?? '').trim().normalize('NFC');
  }

  isGiven(field: Field): boolean {
    return this.cells[field] !== undefined;
  }

  /** One of the choices, or the one that stands for an empty cell. */
  choice<Choice extends string>(field: Field, choices: readonly Choice[], byDefault: Choice): Choice {
    const value = this.text(field);
    if (value === '') return byDefault;
    if ((choices as readonly string[]).includes(value)) return value as Choice;
    this.refuse(field, 'cell-malformed');
    return byDefault;
  }

  refuse(field: Field, code: ProjectsProblemCode, facts: ErrorFacts = {}): void {
    this.problems.push({ pointer: `/${field}`, code, facts: { found: this.text(field), ...facts } });
  }
}

export type BeforeValues = Record<string, string | number | null>;

/** What of a row differs from the books, by field name, with the value that stands in the books. */
export function differences(
  given: BeforeValues,
  booked: Readonly<Record<string, string | number | null>>,
): BeforeValues {
  return Object.fromEntries(
    Object.entries(given).flatMap(([field, value]) =>
      booked[field] === value ? [] : [[field, booked[field] ?? null]],
    ),
  );
}

export function rejected(row: number, problems: FieldProblem[]): RowOutcome {
  return { row, outcome: 'rejected', problems };
}
