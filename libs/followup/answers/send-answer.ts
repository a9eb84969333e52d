import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { addWorkingDays, dayKinds } from '#libs/calendar';
import { claimFiles } from '#libs/files';
import { addDays, DomainError, type Actor, type Dong } from '#libs/kernel';
import { WarningCase } from '#libs/monitoring';
import { advanceNotice, Notice, NoticeLine, type NoticesErrorCode } from '#libs/notices';
import { businessDate, businessNow } from '#libs/platform';
import { Answer, AnswerFile, type AnswerKind } from './answer.entity.js';
import type { AnswersErrorCode } from './errors.js';
import { statedFigure, type FigureKey } from './stated-figure.js';
import { tellOfAnswer, type AnswerMail } from './tell-answer.js';

export interface NewAnswer {
  /** The unit's letter, or else its case. */
  noticeId: number | null;
  caseId: number | null;
  kind: AnswerKind;
  contested: (FigureKey & { claimed: Dong }) | null;
  text: string;
  fileIds: readonly number[];
}

export interface AnswerConfig extends AnswerMail {
  objectionDeadlineWorkingDays: number;
}

/**
 * A unit answers its letter or its case. What stands for the contested figure is read here and kept beside what the
 * unit says it should be; the day by which the department decides is kept too, and it is told. A second objection to the same figure
 * waits until the first is decided.
 */
export async function sendAnswer(db: DataSource, actor: Actor, sent: NewAnswer, config: AnswerConfig): Promise<number> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const { unitCode, caseId, noticeId } = await aboutWhat(tx, actor, sent);
    // Two of one unit's reporters answer one after the other.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`answer ${unitCode}`]);
    const contested = await contestedOf(tx, unitCode, sent);
    const { identifiers } = await tx.insert(Answer, {
      noticeId,
      caseId,
      unitCode,
      kind: sent.kind,
      ...contested,
      text: sent.text,
      sentAt: await businessNow(tx),
      sentBy: actor.username,
      dueOn: await dueDay(tx, config),
    });
    const { id } = identifiers[0] as { id: number };
    const files = await claimFiles(tx, actor, sent.fileIds, `answer ${id}`);
    if (files.length > 0)
      await tx.insert(
        AnswerFile,
        files.map((file) => ({ answerId: id, fileId: file.id })),
      );
    await answerLetter(tx, actor, noticeId, sent.text, record);
    await tellOfAnswer(tx, config, id);
    record({
      action: 'answer.send',
      objectType: 'answer',
      objectId: id,
      after: { unitCode, noticeId, caseId, kind: sent.kind, ...contested, text: sent.text, files },
    });
    return id;
  });
}

async function aboutWhat(
  tx: EntityManager,
  actor: Actor,
  { noticeId, caseId }: NewAnswer,
): Promise<{ unitCode: string; caseId: number | null; noticeId: number | null }> {
  const isOwn = (unitCode: string): boolean => actor.units !== 'all' && actor.units.includes(unitCode);
  if (noticeId !== null) {
    const notice = await tx.findOneBy(Notice, { id: noticeId });
    if (!notice || notice.audience !== 'unit' || notice.state === 'draft' || !isOwn(notice.recipient))
      throw new DomainError<NoticesErrorCode>('notice-unknown', { notice: noticeId });
    const line = await tx.findOneBy(NoticeLine, { noticeId, unitCode: notice.recipient });
    return { unitCode: notice.recipient, caseId: line?.caseId ?? null, noticeId };
  }
  const found = caseId === null ? null : await tx.findOneBy(WarningCase, { id: caseId });
  if (!found || !isOwn(found.unitCode))
    throw new DomainError<AnswersErrorCode>('answer-about-nothing', { case: caseId ?? '' });
  return { unitCode: found.unitCode, caseId: found.id, noticeId: null };
}

/** The letter is answered from its first answer on; one that is resolved or closed already stays so. */
async function answerLetter(
  tx: EntityManager,
  actor: Actor,
  noticeId: number | null,
  because: string,
  record: RecordAudit,
): Promise<void> {
  if (noticeId === null) return;
  const { state } = await tx.findOneByOrFail(Notice, { id: noticeId });
  if (state === 'issued' || state === 'delivered' || state === 'acknowledged')
    await advanceNotice(tx, record, actor, noticeId, 'answered', { because });
}

type Contested = Pick<Answer, 'planYear' | 'month' | 'figure' | 'projectCode' | 'sourceCode' | 'stated' | 'claimed'>;

async function contestedOf(tx: EntityManager, unitCode: string, sent: NewAnswer): Promise<Partial<Contested>> {
  const { contested, kind } = sent;
  if (!contested) {
    if (kind === 'objection') throw new DomainError<AnswersErrorCode>('answer-figure-missing');
    return {};
  }
  const { month, figure, projectCode, sourceCode, claimed } = contested;
  const stated = await statedFigure(tx, unitCode, contested);
  if (stated === null) throw new DomainError<AnswersErrorCode>('answer-figure-unknown', { month: month.toString() });
  if (stated === claimed) throw new DomainError<AnswersErrorCode>('answer-figure-the-same', { dong: String(stated) });
  const key = { planYear: month.planYear, month: month.number, figure, projectCode, sourceCode };
  const [before]: { id: number }[] = await tx.query(
    `SELECT id FROM answer WHERE state = 'open' AND kind = 'objection' AND unit_code = $1 AND plan_year = $2
       AND month = $3 AND figure = $4 AND project_code IS NOT DISTINCT FROM $5 AND source_code IS NOT DISTINCT FROM $6`,
    [unitCode, ...Object.values(key)],
  );
  if (before && kind === 'objection')
    throw new DomainError<AnswersErrorCode>('answer-objection-open', { answer: before.id });
  return { ...key, stated, claimed };
}

async function dueDay(tx: EntityManager, { objectionDeadlineWorkingDays }: AnswerConfig): Promise<string> {
  const today = await businessDate(tx);
  // Longest stretch without a working day is about ten days: the lunar new year.
  const kinds = await dayKinds(tx, today, addDays(today, objectionDeadlineWorkingDays * 3 + 14));
  return addWorkingDays(today, objectionDeadlineWorkingDays, kinds);
}
