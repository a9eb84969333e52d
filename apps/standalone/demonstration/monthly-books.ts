import type { Dong } from '#libs/kernel';
import type { Decision, DemonstrationMonth, Entry } from './demonstration.js';
import type { PlanCell } from './plan-cells.js';
import { seededRandom } from './seeded-random.js';
import { wholeThousands, type SpendingCell } from './spread-over-projects.js';
import { openMonthEntries, unitEntries, type UnnumberedEntry } from './unit-entries.js';
import { isLate, LATE_REPORTS, UNIT_TARGETS } from './unit-targets.js';
import { workingDaysOf } from './working-days-2024.js';

/** The last working day up to the 9th of the next month; September on the business day itself. */
const CLOSED_ON = [
  '2024-02-07',
  '2024-03-08',
  '2024-04-08',
  '2024-05-08',
  '2024-06-07',
  '2024-07-08',
  '2024-08-08',
  '2024-09-09',
  '2024-10-07',
];

export const OPEN_MONTH = 10;
const BUSINESS_DAY = 7;

/** The year as it is booked, month after month. */
export function monthlyBooks(
  planCells: readonly PlanCell[],
  decisions: readonly (Decision & { month: number })[],
): DemonstrationMonth[] {
  const cells = planCells.map((cell) => ({ ...cell, planNow: 0n, spent: 0n, advanceLeft: 0n }));
  const carriedOver = new Map<string, CarriedOver>();
  return [...CLOSED_ON.keys(), OPEN_MONTH - 1].map((index) => {
    const month = index + 1;
    const decided = decisions.filter((decision) => decision.month === month);
    takeEffect(decided, cells, carriedOver);
    const workingDays = workingDaysOf(month, month === OPEN_MONTH ? BUSINESS_DAY : undefined);
    const entries = UNIT_TARGETS.flatMap((target) => {
      const own = cells.filter(({ unit }) => unit === target.code);
      return month === OPEN_MONTH ? openMonthEntries(own, workingDays) : unitEntries(target, month, own, workingDays);
    });
    const ofLastYear = [...carriedOver.values()].flatMap((line) => carriedOverEntry(line, month, workingDays));
    return {
      month,
      closedOn: CLOSED_ON[index] ?? null,
      decisions: decided.map(({ month: _month, ...decision }) => decision),
      entries: numbered([...entries, ...ofLastYear]),
      reports: month === OPEN_MONTH ? [] : reportsOf(month),
    };
  });
}

interface CarriedOver {
  unit: string;
  project: string;
  source: string;
  plan: Dong;
  spent: Dong;
}

/** Only province lines make a plan; the Prime Minister's repeat a part of them. */
function takeEffect(
  decisions: readonly Decision[],
  cells: readonly SpendingCell[],
  carriedOver: Map<string, CarriedOver>,
): void {
  for (const line of decisions.flatMap(({ lines }) => lines)) {
    const { unit, project, source } = line;
    if (line.basis !== 'province' || project === null) continue;
    if (line.carriedOver) {
      carriedOver.set(`${project} ${source}`, { unit, project, source, plan: line.amount, spent: 0n });
      continue;
    }
    const cell = cells.find((candidate) => candidate.project === project && candidate.source === source);
    if (!cell) throw new Error(`no plan cell for ${project}, ${source}`);
    cell.planNow += line.amount;
  }
}

/** Last year's capital is spent sooner: 8 to 16 % of it in most months from April to September. */
function carriedOverEntry(line: CarriedOver, month: number, workingDays: readonly string[]): UnnumberedEntry[] {
  const random = seededRandom(`carried over ${line.project} ${month}`);
  if (month < 4 || month === OPEN_MONTH || isLate(line.unit, month) || random.chance(15)) return [];
  const amount = wholeThousands((line.plan * BigInt(random.between(8, 16))) / 100n);
  line.spent += amount;
  return [
    {
      unit: line.unit,
      project: line.project,
      source: line.source,
      kind: 'payment',
      carriedOver: true,
      basis: 'actual',
      amount,
      document: `carried over ${line.unit}`,
      documentDate: workingDays[random.below(workingDays.length)] as string,
      reason: null,
    },
  ];
}

/** Treasury-like numbers KB-MMDD-NNN, counted up within the day with gaps: others have documents too. */
function numbered(entries: readonly UnnumberedEntry[]): Entry[] {
  const counters = new Map<string, number>();
  const numbers = new Map<string, string>();
  return [...entries]
    .sort((a, b) => (a.documentDate < b.documentDate ? -1 : a.documentDate > b.documentDate ? 1 : 0))
    .map(({ document, ...entry }) => {
      let documentNo = numbers.get(document);
      if (documentNo === undefined) {
        const day = entry.documentDate;
        const count = (counters.get(day) ?? 0) + seededRandom(`document ${day} ${document}`).between(1, 9);
        counters.set(day, count);
        const prefix = entry.basis === 'estimate' ? 'UOC' : 'KB';
        documentNo = `${prefix}-${day.slice(5, 7)}${day.slice(8)}-${String(count).padStart(3, '0')}`;
        numbers.set(document, documentNo);
      }
      return { ...entry, documentNo };
    });
}

/** On working days from the first after the month's end until the day before it closes, then what came too late. */
function reportsOf(month: number): DemonstrationMonth['reports'] {
  const closedOn = CLOSED_ON[month - 1] as string;
  const days = workingDaysOf(month + 1).filter((day) => day < closedOn);
  const onTime = UNIT_TARGETS.filter(({ code }) => !isLate(code, month)).map(({ code }) => ({
    unit: code,
    submittedOn: days[seededRandom(`report ${code} ${month}`).below(days.length)] as string,
  }));
  const late = LATE_REPORTS.filter((report) => report.month === month).map(({ unit, submittedOn }) => ({
    unit,
    submittedOn,
  }));
  return [...onTime, ...late].sort((a, b) =>
    a.submittedOn < b.submittedOn ? -1 : a.submittedOn > b.submittedOn ? 1 : 0,
  );
}
