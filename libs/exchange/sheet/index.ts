export * from './sheet.js';
export * from './errors.js';
export { KIND_SPECS } from './kind-specs.js';
export { openSheet } from './open-sheet.js';
export { columnLetters } from './sheet-rows.js';
export { problemFacts } from './problem-facts.js';
export { readRows } from './read-rows.js';
export { markedWorkbook, MAX_MARKED_ROWS, REASON_TITLE, type MarkedOptions } from './marked-workbook.js';
export { templateWorkbook, type TemplateLists } from './template-workbook.js';
