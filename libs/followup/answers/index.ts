export {
  ANSWER_KINDS,
  ANSWER_STATES,
  Answer,
  AnswerFile,
  CONTESTED_FIGURES,
  type AnswerKind,
  type AnswerState,
  type ContestedFigure,
} from './answer.entity.js';
export {
  findAnswer,
  listAnswers,
  openAnswerFile,
  openObjections,
  type AnswerFilter,
  type AnswerRow,
  type AnswerWithFiles,
} from './answer-queries.js';
export { ANSWER_KIND_NAMES } from './answer-words.js';
export { AnswersModule } from './answers.module.js';
export { decideAnswer, type AnswerDecision } from './decide-answer.js';
export type { AnswersErrorCode } from './errors.js';
export { sendAnswer, type NewAnswer } from './send-answer.js';
