export type DifficultyErrorCode =
  | 'difficulty-unknown'
  | 'difficulty-subject'
  | 'difficulty-category-unknown'
  | 'difficulty-changed-meanwhile'
  | 'difficulty-over'
  | 'difficulty-way';
