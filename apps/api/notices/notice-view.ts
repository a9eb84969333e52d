import type { DataSource } from 'typeorm';
import { dongToJson, Month } from '#libs/kernel';
import { frozenEvaluationById, lineRate, points, unitCells, type FrozenEvaluation } from '#libs/insight';
import { EvaluationLine } from '#libs/monitoring';
import { policyInMonth } from '#libs/monitoring/rule';
import {
  dueClock,
  noticeDue,
  noticeFates,
  noticeTimelines,
  type FollowUpDeadlines,
  type NoticeWithLines,
} from '#libs/notices';
import { Unit } from '#libs/organisation';
import { instanceSetting } from '#libs/platform';
import { averageRate } from '../insight/unit-insight-view.js';
import { cellView } from '../insight/overview-view.js';
import type { NoticeDto } from './notice.dto.js';

/** Notices as they are sent, each line with the months behind it, out of the evaluation that the notice rests on. */
export async function noticeViews(
  db: DataSource,
  notices: readonly NoticeWithLines[],
  deadlines: FollowUpDeadlines,
): Promise<NoticeDto[]> {
  const { illustrative } = await instanceSetting(db);
  const units = await unitsOf(db, notices);
  const evaluations = new Map<number, FrozenEvaluation>();
  for (const id of new Set(notices.map(({ evaluationId }) => evaluationId)))
    if (id !== null) evaluations.set(id, await frozenEvaluationById(db, id));
  const history = await linesOf(db, notices);
  const fates = await noticeFates(db, notices);
  const timelines = await noticeTimelines(db, notices);
  const clock = await dueClock(db, deadlines);

  return notices.map((notice): NoticeDto => {
    const frozen = notice.evaluationId === null ? undefined : evaluations.get(notice.evaluationId);
    const average = frozen?.averages.find(({ month, group }) => month === notice.month && group === '*');
    const due = noticeDue(notice, clock);
    return {
      id: notice.id,
      month: Month.of(notice.planYear, notice.month).toString(),
      monthVersion: notice.monthVersion,
      audience: notice.audience,
      recipient: { code: notice.recipient, name: notice.recipientName },
      fallback: notice.isFallback,
      state: notice.state,
      subject: notice.subject,
      step: notice.step,
      corrects: notice.corrects,
      replacedBy: fates.get(notice.id)?.replacedBy ?? null,
      superseded: fates.get(notice.id)?.superseded ?? false,
      createdAt: notice.createdAt.toISOString(),
      issuedAt: notice.issuedAt?.toISOString() ?? null,
      releasedBy: notice.releasedBy,
      acknowledgedAt: notice.acknowledgedAt?.toISOString() ?? null,
      acknowledgedBy: notice.acknowledgedBy,
      acknowledgementNote: notice.acknowledgementNote,
      due: due ? { duty: due.duty, on: due.day, daysLeft: due.daysLeft, overdue: due.isOverdue } : null,
      timeline: (timelines.get(notice.id) ?? []).map(({ what, at, byName, because, month }) => ({
        what,
        at: at.toISOString(),
        by: byName,
        because,
        month: month === null ? null : Month.of(notice.planYear, month).toString(),
      })),
      illustrative,
      average: averageRate(average),
      thresholdMonths: frozen ? policyInMonth(frozen.policy, notice.month).thresholdMonths : null,
      lines: notice.lines.map(({ ordinal, kind, unitCode, caseId, streak, plan, disbursed, gap }) => {
        const unit = units.get(unitCode);
        const rate = frozen ? lineRate({ plan, disbursed, status: 'below' }) : null;
        const months = history.get(`${notice.evaluationId} ${unitCode}`) ?? [];
        return {
          ordinal,
          kind,
          unit: { code: unitCode, name: unit?.name ?? unitCode, shortName: unit?.shortName ?? unitCode },
          caseId,
          streak,
          planDong: dongToJson(plan),
          disbursedDong: dongToJson(disbursed),
          gapDong: dongToJson(gap),
          rate,
          differencePoints: points(rate, frozen?.averageFor(unitCode, notice.month)),
          cells: frozen ? unitCells(unitCode, months, frozen).map(cellView) : [],
        };
      }),
    };
  });
}

async function unitsOf(db: DataSource, notices: readonly NoticeWithLines[]): Promise<Map<string, Unit>> {
  const codes = [...new Set(notices.flatMap(({ lines }) => lines.map(({ unitCode }) => unitCode)))];
  const units = await db.manager.createQueryBuilder(Unit, 'unit').where('unit.code = ANY(:codes)', { codes }).getMany();
  return new Map(units.map((unit) => [unit.code, unit]));
}

async function linesOf(db: DataSource, notices: readonly NoticeWithLines[]): Promise<Map<string, EvaluationLine[]>> {
  const lines = await db.manager
    .createQueryBuilder(EvaluationLine, 'line')
    .where('line.evaluation_id = ANY(:ids)', {
      ids: notices.map(({ evaluationId }) => evaluationId).filter((id) => id !== null),
    })
    .andWhere('line.unit_code = ANY(:codes)', {
      codes: notices.flatMap(({ lines: own }) => own.map(({ unitCode }) => unitCode)),
    })
    .orderBy('line.month')
    .getMany();
  const grouped = new Map<string, EvaluationLine[]>();
  for (const line of lines) {
    const key = `${line.evaluationId} ${line.unitCode}`;
    const months = grouped.get(key);
    if (months) months.push(line);
    else grouped.set(key, [line]);
  }
  return grouped;
}
