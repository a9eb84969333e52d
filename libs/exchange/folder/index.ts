export { csvRecords, type CsvRecord } from './csv-records.js';
export { evaluateFolder } from './evaluate-folder.js';
export { readEvaluationFolder, type EvaluationFolder } from './evaluation-folder.js';
export type { ProblemLine } from './folder-table.js';
