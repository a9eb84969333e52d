import type { DataSource } from 'typeorm';
import { Month, systemActor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { registerKeyProjects } from '#libs/projects';
import { actorFor, bookMonth, closeMonth, UNITS } from './small-office.js';

/**
 * Three closed months of the small office. A pays 6, B 14, C 6, D 14 đồng a month of 100: the pool is at 30 of 100 after
 * month 3, A and C are flagged with 18. D did not report month 3. T1 looks after A and B, T2 after C, nobody after D.
 */
export async function flaggedMonths(db: DataSource): Promise<void> {
  const project = (code: string) => ({
    ordinal: UNITS.indexOf(code as 'A') + 1,
    projectCode: `P-${code}`,
    name: `Dự án của ${code}`,
    capitalType: 'public' as const,
    origin: 'new' as const,
  });
  await registerKeyProjects(
    db,
    systemActor('command-line'),
    { year: 2024, declaredCount: 33, noteVi: '', noteEn: '' },
    UNITS.slice(0, 3).map(project),
    [{ projectCode: 'P-D', likelihood: 'unknown', sourceNote: 'báo' }],
  );
  for (const month of [1, 2, 3]) {
    const reporting = month === 3 ? ['A', 'B', 'C'] : UNITS;
    await bookMonth(db, month, { A: 6n, B: 14n, C: 6n, D: 14n }, reporting);
    await closeMonth(db, actorFor('approver'), Month.of(2024, month));
    const evaluation = await evaluateMonth(db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
    await issueNotices(db, systemActor('job'), evaluation?.id ?? 0);
  }
}
