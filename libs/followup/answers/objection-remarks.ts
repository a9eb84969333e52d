import type { DraftRemarks } from '#libs/documents';
import { dateInProvince, Month } from '#libs/kernel';
import { vietnameseDay } from '#libs/notices';
import { openObjections, type AnswerRow } from './answer-queries.js';
import { contestedWords } from './answer-words.js';

/** An open objection stands on each draft that tells of its unit: the letter, the team's sheet, what goes to all. */
export const objectionRemarks: DraftRemarks = async (db, { kind, planYear, month, recipient }) => {
  if (planYear === null || month === null) return [];
  const open = await openObjections(db, Month.of(planYear, month));
  if (open.length === 0) return [];
  if (kind === 'unit-letter') return open.filter(({ unitCode }) => unitCode === recipient).map(sentence);
  if (kind !== 'team-assignment') return open.map(sentence);
  const ofTeam: { unit: string }[] = await db.query(
    `SELECT DISTINCT l.unit_code AS unit FROM notice AS n JOIN notice_line AS l ON l.notice_id = n.id
     WHERE n.audience = 'team' AND n.recipient = $1 AND n.plan_year = $2 AND n.month = $3`,
    [recipient, planYear, month],
  );
  return open.filter(({ unitCode }) => ofTeam.some(({ unit }) => unit === unitCode)).map(sentence);
};

function sentence(answer: AnswerRow): string {
  const sent = vietnameseDay(dateInProvince(answer.sentAt));
  return `${answer.unitName} kiến nghị xem lại ${contestedWords(answer)}, gửi ngày ${sent}, chưa trả lời.`;
}
