/** A limit on everything: what one import may weigh. */
export const MAX_CSV_BYTES = 80 * 1024 * 1024;
export const MAX_XLSX_BYTES = 30 * 1024 * 1024;
export const MAX_CSV_ROWS = 500_000;
export const MAX_XLSX_ROWS = 50_000;
/** Titles, header and totals beside the rows themselves. */
export const ROWS_BESIDE = 200;
export const MAX_COLUMNS = 300;
/** What one cell of Excel holds. */
export const MAX_CELL_LENGTH = 32_767;

/** Of a workbook unpacked: parts, bytes of one part and of all. */
export const MAX_PARTS = 2_000;
export const MAX_PART_BYTES = 300 * 1024 * 1024;
export const MAX_UNPACKED_BYTES = 400 * 1024 * 1024;
/** Sheets of honest workbooks shrink 5 to 40 times; a bomb a thousand times. */
export const MAX_RATIO = 200;
/** Below this size the ratio says nothing. */
export const RATIO_FROM_BYTES = 2 * 1024 * 1024;
export const MAX_SHARED_TEXT = 100_000_000;

/** Rows that travel together. */
export const BATCH_ROWS = 1_000;
