import { ArrayContains, IsNull, type DataSource, type EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { canonicalJson, Month, type Actor } from '#libs/kernel';
import { Unit } from '#libs/organisation';
import { claimMessage, completeMessage, instanceSetting, type Config } from '#libs/platform';
import { advanceNotice } from '../advance-notice.js';
import { Notice, NoticeLine } from '../notice.entity.js';
import { dueClock, noticeDue } from '../notice-due.js';
import type { FollowUpDeadlines } from '../notice-duties.js';
import { NoticeStep } from '../notice-step.entity.js';
import { stepMessage } from './message-words.js';
import { orderDelivery, orderMessages } from './order-delivery.js';
import { receiversOf, topicOf } from './receivers.js';
import { Webhook } from './webhook.entity.js';

export type DeliveryConfig = Pick<Config, 'smtpUrl' | 'publicUrl'> & FollowUpDeadlines;

/**
 * Decides who is told of a step over which channel, each once, in one transaction; asked again it adds nothing. With
 * the first inbox that a notice reaches it counts as delivered; one that reaches nobody stays issued.
 */
export async function tellStep(
  db: DataSource,
  actor: Actor,
  config: DeliveryConfig,
  { stepId, messageId }: { stepId: number; messageId?: number },
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    if (messageId !== undefined && !(await claimMessage(tx, messageId))) return;
    const step = await tx.findOneByOrFail(NoticeStep, { id: stepId });
    const notice = await tx.findOneOrFail(Notice, {
      where: { id: step.noticeId },
      lock: { mode: 'pessimistic_write' },
    });
    const subject = `notice ${notice.id} ${step.what}`;
    const receivers = await receiversOf(tx, step.what, notice);
    // The announcement is public: it stands in inboxes, and fills nobody's mail.
    const channels = notice.audience === 'announcement' ? { smtpUrl: undefined } : config;
    if (receivers.length > 0)
      await orderMessages(tx, channels, subject, notice.id, await message(tx, config, step, notice), receivers);
    await callWebhooks(tx, subject, step, notice);
    if (step.what === 'issued' && receivers.length > 0 && notice.state === 'issued')
      await advanceNotice(tx, record, actor, notice.id, 'delivered', {
        because: `Vào hộp thư: ${receivers.map(({ displayName }) => displayName).join(', ')}`,
      });
    if (messageId !== undefined) await completeMessage(tx, messageId);
  });
}

async function message(
  tx: EntityManager,
  config: DeliveryConfig,
  step: NoticeStep,
  notice: Notice,
): Promise<ReturnType<typeof stepMessage>> {
  const lines = await tx.find(NoticeLine, { where: { noticeId: notice.id }, order: { ordinal: 'ASC' } });
  const units = await tx
    .createQueryBuilder(Unit, 'unit')
    .where('unit.code = ANY(:codes)', { codes: lines.map(({ unitCode }) => unitCode) })
    .getMany();
  const nameOf = new Map(units.map(({ code, name }) => [code, name]));
  const named = lines.map(({ kind, gap, unitCode }) => ({ kind, gap, name: nameOf.get(unitCode) ?? unitCode }));
  const due = noticeDue(notice, await dueClock(tx, config));
  const { illustrative } = await instanceSetting(tx);
  return stepMessage(step, notice, named, due?.day, { illustrative, publicUrl: config.publicUrl });
}

async function callWebhooks(tx: EntityManager, subject: string, step: NoticeStep, notice: Notice): Promise<void> {
  const topic = topicOf(step.what);
  if (!topic) return;
  const hooks = await tx.findBy(Webhook, { endedAt: IsNull(), topics: ArrayContains([topic]) });
  const { illustrative } = await instanceSetting(tx);
  for (const { id: webhookId, url } of hooks)
    await orderDelivery(tx, {
      subject,
      noticeId: notice.id,
      channel: 'webhook',
      address: `${webhookId} ${url}`,
      accountId: null,
      webhookId,
      title: `notice.${topic}`,
      body: canonicalJson({
        type: `notice.${topic}`,
        timestamp: step.at.toISOString(),
        illustrative,
        data: {
          notice: notice.id,
          month: Month.of(notice.planYear, notice.month).toString(),
          monthVersion: notice.monthVersion,
          audience: notice.audience,
          recipient: { code: notice.recipient, name: notice.recipientName },
          subject: notice.subject,
          step: step.what,
          because: step.because,
        },
      }),
    });
}
