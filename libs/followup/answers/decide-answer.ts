import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, Month, type Actor } from '#libs/kernel';
import { DisbursementEntry, MonthReopening, reopenMonth, ReportingMonth } from '#libs/ledger';
import { businessNow } from '#libs/platform';
import { Answer } from './answer.entity.js';
import type { AnswersErrorCode } from './errors.js';
import { tellOfDecision, type AnswerMail } from './tell-answer.js';

export interface AnswerDecision {
  decision: 'accepted' | 'rejected';
  reason: string | null;
  /**
   * Where an accepted objection leads: to the reopening of its closed month (asked for here unless somebody has), or
   * to an entry of the books that corrects it.
   */
  leadsTo: 'reopening' | { entryId: number } | null;
}

/** The department decides about an answer, once: a second decision is refused, naming who decided. The unit is told. */
export async function decideAnswer(
  db: DataSource,
  actor: Actor,
  id: number,
  made: AnswerDecision,
  mail: AnswerMail,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const answer = await tx.findOne(Answer, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!answer) throw new DomainError<AnswersErrorCode>('answer-unknown', { answer: id });
    if (answer.state !== 'open')
      throw new DomainError<AnswersErrorCode>('answer-decided', { answer: id, by: answer.decidedBy ?? '' });
    if (made.decision === 'rejected' && made.reason === null)
      throw new DomainError<AnswersErrorCode>('answer-reason-missing', { answer: id });
    const leads =
      made.decision === 'accepted' && answer.kind === 'objection' ? await wayOf(tx, actor, answer, made) : {};
    const after = { state: made.decision, reason: made.reason, ...leads };
    await tx.update(Answer, { id }, { ...after, decidedAt: await businessNow(tx), decidedBy: actor.username });
    record({
      action: made.decision === 'accepted' ? 'answer.accept' : 'answer.reject',
      objectType: 'answer',
      objectId: id,
      before: { state: 'open' },
      after,
    });
    await tellOfDecision(tx, mail, id);
  });
}

async function wayOf(
  tx: EntityManager,
  actor: Actor,
  answer: Answer,
  { leadsTo, reason }: AnswerDecision,
): Promise<Pick<Answer, 'reopeningId'> | Pick<Answer, 'entryId'>> {
  if (leadsTo === null) throw new DomainError<AnswersErrorCode>('answer-way-missing', { answer: answer.id });
  if (leadsTo !== 'reopening') return { entryId: await fittingEntry(tx, answer, leadsTo.entryId) };
  const month = Month.of(answer.planYear as number, answer.month as number);
  const key = { planYear: month.planYear, month: month.number };
  const [newest] = await tx.find(MonthReopening, { where: key, order: { id: 'DESC' }, take: 1 });
  const { state } = await tx.findOneByOrFail(ReportingMonth, key);
  if (newest && (newest.state === 'requested' || (newest.state === 'approved' && state === 'reopened')))
    return { reopeningId: newest.id };
  if (state !== 'closed')
    throw new DomainError<AnswersErrorCode>('answer-month-not-closed', { month: month.toString() });
  const asked = await reopenMonth(tx, actor, month, reason ?? answer.text.slice(0, 1000));
  return { reopeningId: asked.id };
}

/** An entry of the unit and year, of the contested project and source, booked after the objection was sent. */
async function fittingEntry(tx: EntityManager, answer: Answer, entryId: number): Promise<number> {
  const entry = await tx.findOneBy(DisbursementEntry, { id: entryId });
  const fits =
    entry?.unitCode === answer.unitCode &&
    entry.planYear === answer.planYear &&
    (answer.projectCode === null || entry.projectCode === answer.projectCode) &&
    (answer.sourceCode === null || entry.sourceCode === answer.sourceCode);
  if (!fits) throw new DomainError<AnswersErrorCode>('answer-entry-unfit', { entry: entryId });
  return entryId;
}
