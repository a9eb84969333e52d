export { DifficultiesModule } from './difficulties.module.js';
export { Difficulty, DifficultyCategory, DifficultyStep } from './difficulty.entity.js';
export { DIFFICULTY_STATES, isOver, NEXT_STATES, type DifficultyState } from './difficulty-states.rule.js';
export {
  findDifficulty,
  listCategories,
  listDifficulties,
  type DifficultyFilter,
  type DifficultyRow,
  type StateTotal,
} from './difficulty-queries.js';
export type { DifficultyErrorCode } from './errors.js';
export {
  advanceDifficulty,
  advanceWithin,
  changeDifficulty,
  recordDifficulty,
  type Advance,
  type DifficultyFields,
  type NewDifficulty,
} from './record-difficulty.js';
