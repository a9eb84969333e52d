import type { EntityManager } from 'typeorm';
import { officeMessage, ofRoles, orderMessages, reportersOf, vietnameseDay, type Message } from '#libs/notices';
import { instanceSetting, type Config } from '#libs/platform';
import { answerById, type AnswerRow } from './answer-queries.js';
import { contestedWords, ANSWER_KIND_NAMES } from './answer-words.js';

export type AnswerMail = Pick<Config, 'smtpUrl' | 'publicUrl'>;

/** The department hears that a unit has answered, and by when it owes an answer itself. */
export async function tellOfAnswer(tx: EntityManager, mail: AnswerMail, id: number): Promise<void> {
  const answer = await answerById(tx, id);
  const title = `${ANSWER_KIND_NAMES[answer.kind]} của ${answer.unitName}`;
  const message = await written(tx, mail, 'Sở Kế hoạch và Đầu tư', title, [
    about(answer),
    `Nội dung: ${answer.text}`,
    `Hạn trả lời: ${vietnameseDay(answer.dueOn)}.`,
  ]);
  await orderMessages(tx, mail, `answer ${id} sent`, answer.noticeId, message, await ofRoles(tx, ['staff']));
}

/** The unit hears what was decided about its answer, and why. */
export async function tellOfDecision(tx: EntityManager, mail: AnswerMail, id: number): Promise<void> {
  const answer = await answerById(tx, id);
  const outcome = answer.state === 'accepted' ? 'được chấp nhận' : 'không được chấp nhận';
  const message = await written(tx, mail, answer.unitName, `${ANSWER_KIND_NAMES[answer.kind]} ${outcome}`, [
    about(answer),
    answer.reason && `Lý do: ${answer.reason}`,
    way(answer),
  ]);
  const receivers = await reportersOf(tx, answer.unitCode);
  await orderMessages(tx, mail, `answer ${id} decided`, answer.noticeId, message, receivers);
}

async function written(
  tx: EntityManager,
  { publicUrl }: AnswerMail,
  to: string,
  title: string,
  body: readonly (string | null)[],
): Promise<Message> {
  const { illustrative } = await instanceSetting(tx);
  return officeMessage(to, title, body, '/answers', { illustrative, publicUrl });
}

function about(answer: AnswerRow): string | null {
  const contested = contestedWords(answer);
  return contested && `Về ${contested}.`;
}

function way({ reopeningId, entryId }: AnswerRow): string | null {
  if (reopeningId !== null) return 'Tháng có số liệu này đang được xin mở lại.';
  return entryId === null ? null : `Đã ghi bút toán đính chính số ${entryId}.`;
}
