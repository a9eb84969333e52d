import { In, LessThan, Not, type DataSource } from 'typeorm';
import type { Month } from '#libs/kernel';
import { ReportingMonth } from '#libs/ledger';
import type { Audience } from './life-cycle.rule.js';
import { Notice } from './notice.entity.js';

/** What went out of the present version of a month, reminders apart; a draft went to nobody. */
export async function releasedNotices(
  db: DataSource,
  { planYear, number }: Month,
  audiences: readonly Audience[],
): Promise<Notice[]> {
  const month = await db.manager.findOneBy(ReportingMonth, { planYear, month: number });
  if (!month) return [];
  return db.manager.find(Notice, {
    where: {
      planYear,
      month: number,
      monthVersion: month.version,
      step: '',
      audience: In([...audiences]),
      state: Not('draft'),
    },
    order: { id: 'ASC' },
  });
}

/** The newest version before the month's present one whose announcement was released; null: nothing was announced. */
export async function releasedVersionBefore(db: DataSource, { planYear, number }: Month): Promise<number | null> {
  const month = await db.manager.findOneBy(ReportingMonth, { planYear, month: number });
  const announced = await db.manager.findOne(Notice, {
    where: {
      planYear,
      month: number,
      monthVersion: LessThan(month?.version ?? 0),
      step: '',
      audience: 'announcement',
      state: Not('draft'),
    },
    order: { monthVersion: 'DESC' },
  });
  return announced?.monthVersion ?? null;
}
