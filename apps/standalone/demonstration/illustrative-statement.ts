import type { Dong, IsoDate } from '#libs/kernel';
import type { Entry } from './demonstration.js';
import { illustrativeNationalCode } from './illustrative-numbers.js';

/** The Treasury's statement of the open month, made up so that it differs from the books in every known way. */
export interface IllustrativeStatement {
  asOf: IsoDate;
  documentNo: string;
  lines: StatementLine[];
}

interface StatementLine {
  nationalCode: string;
  projectName: string;
  source: string;
  carriedOver: boolean;
  amount: Dong;
  advance: Dong;
  advanceRecovered: Dong;
}

/** Chosen by hand, all made up: what the statement says of a project instead of what the books have. */
const OTHERWISE: Record<string, Partial<StatementLine> | 'absent'> = {
  'MH-70': { source: 'NSDP-CD' },
  'MH-01': { amount: 289_894_000n },
  'MH-10': { amount: 247_317_000n, advanceRecovered: 120_000_000n },
  'MH-55': 'absent',
};

/** Lines that the books of the month lack. The first two amounts are all that September, June have of the cell. */
const BEYOND_THE_BOOKS: { project: string; source: string; month: number | null; amount: Dong }[] = [
  { project: 'MH-45', source: 'CTMTQG-DTTS', month: 9, amount: 0n },
  { project: 'MH-50', source: 'NSDP-CD', month: 6, amount: 0n },
  { project: 'MH-22', source: 'CTMTQG-NTM', month: null, amount: 152_400_000n },
];

/** A code of no project of the register. */
const UNKNOWN = { nationalCode: '9999901', projectName: 'Dự án minh hoạ ngoài danh mục', amount: 61_250_000n };

/**
 * Made from the books: the lines of the open month's payments, some of them otherwise, and some beyond them. A project
 * without a national code cannot stand in a statement.
 */
export function illustrativeStatement(
  months: readonly { month: number; entries: readonly Entry[] }[],
  openMonth: number,
): IllustrativeStatement {
  const entriesOf = (month: number): readonly Entry[] => months.find((each) => each.month === month)?.entries ?? [];
  const ofBooks = entriesOf(openMonth).flatMap(({ project, source, carriedOver, amount }) => {
    const otherwise = OTHERWISE[project];
    const line = lineOf(project, source, amount);
    return otherwise === 'absent' || !line ? [] : [{ ...line, carriedOver, ...otherwise }];
  });
  const beyond = BEYOND_THE_BOOKS.flatMap(({ project, source, month, amount }) => {
    const own = (month === null ? [] : entriesOf(month)).filter(
      (entry) => entry.project === project && entry.source === source && !entry.carriedOver,
    );
    return (
      lineOf(
        project,
        source,
        own.reduce((sum, entry) => sum + entry.amount, amount),
      ) ?? []
    );
  });
  const { nationalCode, projectName, amount } = UNKNOWN;
  return {
    asOf: '2024-10-07',
    documentNo: 'BK-MINH-HOA-10/2024',
    lines: [
      ...ofBooks,
      ...beyond,
      { nationalCode, projectName, source: 'NSDP-CD', carriedOver: false, amount, advance: 0n, advanceRecovered: 0n },
    ],
  };
}

function lineOf(project: string, source: string, amount: Dong): StatementLine | undefined {
  const nationalCode = illustrativeNationalCode(project);
  return nationalCode === null
    ? undefined
    : {
        nationalCode,
        projectName: `DA minh hoa ${project.slice(3)}`,
        source,
        carriedOver: false,
        amount,
        advance: 0n,
        advanceRecovered: 0n,
      };
}
