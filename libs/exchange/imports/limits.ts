/** What one file may hold; stated here once, said in the refusals and measured by the reader. */
export const MOST_FILE_BYTES = 100_000_000;
export const MOST_CSV_ROWS = 500_000;
export const MOST_WORKBOOK_ROWS = 50_000;
