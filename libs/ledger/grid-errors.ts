export type GridErrorCode = 'cells-refused' | 'cells-in-conflict' | 'comment-refused' | 'plan-year-not-opened';

/** Codes of problems of single cells. */
export type GridProblemCode = 'cell-changed' | 'cell-twice' | 'difference-out-of-range';
