import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from './product-person.js';

const LOOK_EVERY_MS = 150;
const JOB_LIMIT_MS = 60_000;

interface Rated {
  unit: { code: string; name: string };
  status: string;
  flagged: boolean;
  planDong: number;
  disbursedDong: number;
  gapDong: number;
}

/** What the frozen evaluation of a month says of each unit. */
export async function ratedUnits(person: Person, month: string): Promise<Rated[]> {
  const { units } = await person.get<{ units: Rated[] }>(`/evaluations/${month}?limit=100`);
  return units;
}

/**
 * The day comes, each unit that was rated in the month before pays a share of its plan, in thousandths, on the project
 * it last paid for, and everybody reports.
 */
export async function payAndReport(
  staff: Person,
  { before, month, day, perMille }: { before: string; month: string; day: string; perMille(unit: string): number },
): Promise<void> {
  await staff.post('/business-day', { date: day });
  const rated = await ratedUnits(staff, before);
  const entries = await Promise.all(
    rated.map(async ({ unit, planDong }) => {
      const { items } = await staff.get<{ items: { project: { code: string }; source: { code: string } }[] }>(
        `/disbursements?planYear=${month.slice(0, 4)}&unit=${unit.code}&limit=1`,
      );
      return {
        unitCode: unit.code,
        projectCode: items[0]?.project.code,
        sourceCode: items[0]?.source.code,
        kind: 'payment',
        basis: 'actual',
        amountDong: Math.floor((planDong * perMille(unit.code)) / 1000),
        reason: 'Khối lượng nghiệm thu trong tháng',
      };
    }),
  );
  await staff.post('/disbursements', { month, entries: entries.filter(({ amountDong }) => amountDong > 0) });
  for (const { kind, subject } of await missingOf(staff, month))
    if (kind === 'missing-report') await staff.post(`/months/${month}/reports`, { unitCode: subject });
}

interface Missing {
  kind: string;
  subject: string;
  name: string;
  decision: string;
}

async function missingOf(person: Person, month: string): Promise<Missing[]> {
  return (await person.get<{ missing: Missing[] }>(`/months/${month}/closing`)).missing;
}

/** Closes as somebody who decides to go on with whatever is still missing. */
export async function closeAsIs(approver: Person, month: string): Promise<void> {
  const decisions = (await missingOf(approver, month)).map(({ kind, subject, decision }) => ({
    kind,
    [kind === 'not-signed-off' ? 'check' : 'unitCode']: subject,
    decision,
    note: 'Đóng theo số trong sổ.',
  }));
  await approver.post(`/months/${month}/close`, { decisions });
}

/** Waits for what a job does: until the look finds something. */
export async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const limit = Date.now() + JOB_LIMIT_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > limit) throw new Error(`in vain: ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}

/** The job has evaluated the month and written its announcement. */
export async function untilEvaluated(person: Person, month: string): Promise<void> {
  await until(`the announcement of ${month}`, async () => {
    const { announcement } = await person.get<{ announcement: string }>(`/months/${month}`);
    return announcement === 'draft' ? true : undefined;
  });
}
