export * from './sheet.js';
export * from './errors.js';
export { KIND_SPECS } from './kind-specs.js';
export { openSheet } from './open-sheet.js';
export { columnLetters } from './sheet-rows.js';
export { readRows } from './read-rows.js';
