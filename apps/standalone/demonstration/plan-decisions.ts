import type { Dong } from '#libs/kernel';
import type { Decision, DecisionLine } from './demonstration.js';
import { RESERVE } from './lang-son-places.js';
import { MILLION, portions, type PlanCell } from './plan-cells.js';
import { CARRIED_OVER, PLAN_CHANGES, type PlanChange } from './plan-changes.js';

/** The Prime Minister's part on 30/9/2024, made up. */
const PM_PLAN = 3_621_200n * MILLION;

/** Of land-use revenue the Prime Minister assigns a part only; every other source is his plan in full. */
const PARTLY_PM = 'NSDP-DAT';

const LAST_CLOSED_MONTH = 9;

type DatedDecision = Decision & { month: number };
type PlanChangeBasis = DecisionLine['basis'];

/**
 * All decisions in booking order. The plan of the first day is the September plan less what the year changed, so that
 * the lines add up to the published total whatever the changes are. What no unit holds is the reserve.
 */
export function planDecisions(cells: readonly PlanCell[], planTotal: Dong): DatedDecision[] {
  const reserve = planTotal - cells.reduce((sum, cell) => sum + cell.septemberPlan, 0n);
  const changesOf = (of: (line: DecisionLine) => boolean): Dong =>
    PLAN_CHANGES.filter(({ month, bases }) => month <= LAST_CLOSED_MONTH && bases.includes('province'))
      .flatMap(({ changes }) => changes.map((change) => changeLine(change, cells)))
      .reduce((sum, line) => (of(line) ? sum + line.amount : sum), 0n);

  const initial: DecisionLine[] = cells.map((cell) => ({
    ...lineOf(cell),
    amount: cell.septemberPlan - changesOf((line) => line.project === cell.project && line.source === cell.source),
  }));
  const ofReserve: DecisionLine = {
    basis: 'province',
    carriedOver: false,
    unit: RESERVE,
    project: null,
    source: PARTLY_PM,
    amount: reserve - changesOf((line) => line.unit === RESERVE),
  };
  return [
    {
      month: 1,
      number: 'MH-01/QĐ-TTg',
      decisionDate: '2023-12-08',
      effectiveDate: '2024-01-01',
      level: 'central',
      kind: 'initial',
      note: 'Giao kế hoạch đầu tư công năm 2024 (minh hoạ)',
      lines: pmLines(initial, cells),
    },
    {
      month: 1,
      number: 'MH-02/QĐ-UBND',
      decisionDate: '2023-12-15',
      effectiveDate: '2024-01-01',
      level: 'province',
      kind: 'initial',
      note: 'Giao chi tiết kế hoạch đầu tư công năm 2024 của tỉnh (minh hoạ)',
      lines: [...initial, ofReserve],
    },
    {
      month: 3,
      number: 'MH-03/QĐ-UBND',
      decisionDate: '2024-03-12',
      effectiveDate: '2024-03-12',
      level: 'province',
      kind: 'carried-over',
      note: 'Cho phép kéo dài thời gian thực hiện và giải ngân vốn năm 2023 sang năm 2024 (minh hoạ)',
      lines: CARRIED_OVER.map((change) => ({ ...changeLine(change, cells), carriedOver: true })),
    },
    ...PLAN_CHANGES.map(({ changes, bases, inAll, ...decision }) => ({
      ...decision,
      totals: Object.entries(inAll ?? {}).map(([source, million]) => ({
        basis: bases[0] as PlanChangeBasis,
        source,
        amount: BigInt(million) * MILLION,
      })),
      lines: bases.flatMap((basis) =>
        changes
          .map((change) => ({ ...changeLine(change, cells), basis }))
          .filter(({ source }) => basis === 'province' || source !== PARTLY_PM),
      ),
    })),
  ];
}

/** The part that the Prime Minister assigned, line by line: what is left of it after the other sources is land. */
function pmLines(initial: readonly DecisionLine[], cells: readonly PlanCell[]): DecisionLine[] {
  const otherSources = cells.reduce(
    (sum, { source, septemberPlan }) => (source === PARTLY_PM ? sum : sum + septemberPlan),
    0n,
  );
  const land = initial.filter(({ source }) => source === PARTLY_PM);
  const landParts = portions(
    PM_PLAN - otherSources,
    land.map(({ amount }) => amount),
  );
  return initial.map((line) => {
    const i = land.indexOf(line);
    return { ...line, basis: 'pm', amount: i === -1 ? line.amount : (landParts[i] as Dong) };
  });
}

function changeLine({ unit, source, million }: PlanChange, cells: readonly PlanCell[]): DecisionLine {
  const amount = BigInt(million) * MILLION;
  if (unit === RESERVE) return { basis: 'province', carriedOver: false, unit, project: null, source, amount };
  const candidates = cells.filter((cell) => cell.unit === unit && cell.source === source);
  if (candidates.length === 0) throw new Error(`${unit} has no project of source ${source}`);
  const largest = candidates.reduce((a, b) => (b.septemberPlan > a.septemberPlan ? b : a));
  return { ...lineOf(largest), amount };
}

function lineOf({ unit, project, source }: PlanCell): Omit<DecisionLine, 'amount'> & { project: string } {
  return { basis: 'province', carriedOver: false, unit, project, source };
}
