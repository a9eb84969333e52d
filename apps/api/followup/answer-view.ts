import type { DataSource } from 'typeorm';
import { dayKinds, workingDaysUntil, type DayKinds } from '#libs/calendar';
import type { AnswerWithFiles } from '#libs/followup';
import { dongToJson, Month, type IsoDate } from '#libs/kernel';
import { businessDate } from '#libs/platform';
import type { AnswerDto } from './answer.dto.js';

export async function answerViews(db: DataSource, answers: readonly AnswerWithFiles[]): Promise<AnswerDto[]> {
  const today = await businessDate(db);
  const days = [today, ...answers.map(({ dueOn }) => dueOn)].sort();
  const kinds = await dayKinds(db, days[0] as IsoDate, days.at(-1) as IsoDate);
  return answers.map((answer) => answerView(answer, today, kinds));
}

function answerView(answer: AnswerWithFiles, today: IsoDate, kinds: DayKinds): AnswerDto {
  const { unitCode, unitName, sentAt, decidedAt, dueOn, entryId, reopeningId } = answer;
  return {
    id: answer.id,
    noticeId: answer.noticeId,
    caseId: answer.caseId,
    unit: { code: unitCode, name: unitName },
    kind: answer.kind,
    contested: contestedView(answer),
    text: answer.text,
    files: answer.files,
    sentAt: sentAt.toISOString(),
    sentBy: answer.sentBy,
    dueOn,
    daysLeft: workingDaysUntil(today, dueOn, kinds),
    overdue: answer.state === 'open' && today > dueOn,
    state: answer.state,
    reason: answer.reason,
    leadsTo: reopeningId !== null ? 'reopening' : entryId !== null ? 'correction' : null,
    entryId,
    decidedAt: decidedAt?.toISOString() ?? null,
    decidedBy: answer.decidedBy,
  };
}

function contestedView(answer: AnswerWithFiles): AnswerDto['contested'] {
  const { planYear, month, figure, stated, claimed, projectCode, sourceCode } = answer;
  if (planYear === null || month === null || figure === null || stated === null || claimed === null) return null;
  return {
    month: Month.of(planYear, month).toString(),
    figure,
    project: projectCode === null ? null : { code: projectCode, name: answer.projectName ?? projectCode },
    source: sourceCode === null ? null : { code: sourceCode, name: answer.sourceName ?? sourceCode },
    statedDong: dongToJson(stated),
    claimedDong: dongToJson(claimed),
  };
}
