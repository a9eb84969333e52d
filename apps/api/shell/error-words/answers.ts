import type { AnswersErrorCode } from '#libs/followup';
import { say, type Refusals } from './refusal-words.js';

export const ANSWERS_WORDS: Refusals<AnswersErrorCode> = {
  'answer-unknown': say(
    404,
    ({ answer }) => `Không có giải trình hay kiến nghị số ${answer}.`,
    ({ answer }) => `There is no explanation or objection ${answer}.`,
  ),
  'answer-about-nothing': say(
    404,
    ({ case: id }) => `Không có trường hợp cảnh báo ${id} của đơn vị. Mở văn bản đôn đốc rồi trả lời từ đó.`,
    ({ case: id }) => `There is no warning case ${id} of your unit. Open the letter and answer from there.`,
  ),
  'answer-figure-missing': say(
    422,
    () => 'Kiến nghị xem lại phải nêu số liệu: tháng, kế hoạch hay giải ngân, và số đúng theo đơn vị.',
    () => 'An objection names its figure: the month, plan or disbursed, and what the unit holds to be right.',
  ),
  'answer-figure-unknown': say(
    422,
    ({ month }) =>
      `Không có số liệu như vậy của đơn vị đến tháng ${month}. Chọn tháng đã công bố, dự án và nguồn vốn của đơn vị.`,
    ({ month }) =>
      `Your unit has no such figure up to month ${month}. Choose a published month, a project and a source of yours.`,
  ),
  'answer-figure-the-same': say(
    422,
    ({ dong }) => `Số của đơn vị đúng bằng số đang ghi (${dong} đồng), không có gì để xem lại.`,
    ({ dong }) => `Your figure is the one that stands (${dong} đồng): there is nothing to review.`,
  ),
  'answer-objection-open': say(
    409,
    ({ answer }) => `Kiến nghị số ${answer} về đúng số liệu này chưa được trả lời. Chờ trả lời rồi gửi tiếp.`,
    ({ answer }) => `Objection ${answer} to this very figure is not decided yet. Wait for its answer.`,
  ),
  'answer-decided': say(
    409,
    ({ answer, by }) => `Giải trình, kiến nghị số ${answer} đã được ${by} trả lời.`,
    ({ answer, by }) => `${by} has decided about answer ${answer} already.`,
  ),
  'answer-reason-missing': say(
    422,
    () => 'Không chấp nhận thì phải nêu lý do để đơn vị biết.',
    () => 'A rejection gives its reason to the unit.',
  ),
  'answer-way-missing': say(
    422,
    () => 'Chấp nhận kiến nghị thì chọn cách sửa: mở lại tháng, hoặc bút toán điều chỉnh đã ghi.',
    () => 'An accepted objection says how: the month is reopened, or an entry that corrects it.',
  ),
  'answer-month-not-closed': say(
    409,
    ({ month }) => `Tháng ${month} đang mở, không cần mở lại: ghi bút toán điều chỉnh rồi chọn bút toán đó.`,
    ({ month }) => `Month ${month} is open and needs no reopening: book the correction and name its entry.`,
  ),
  'answer-entry-unfit': say(
    422,
    ({ entry }) => `Bút toán ${entry} không phải của đơn vị, dự án, nguồn vốn và năm kế hoạch trong kiến nghị.`,
    ({ entry }) => `Entry ${entry} is not of the unit, project, source and plan year of the objection.`,
  ),
};
