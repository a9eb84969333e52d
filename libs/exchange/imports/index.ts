export { commitImport, type CommitChoices } from './commit-import.js';
export type { ImportErrorCode, ImportProblemCode } from './errors.js';
export {
  ImportBatch,
  ImportFileChunk,
  ImportMapping,
  ImportRow,
  type ImportChoices,
  type ImportDifference,
  type ImportReading,
  type ImportRowProblem,
  type ImportState,
  type OutcomeCount,
} from './import-batch.entity.js';
export { handOverImports, openImportsOf } from './hand-over-imports.js';
export {
  discardImport,
  findImport,
  importRows,
  listImports,
  type FoundImport,
  type ImportedRow,
} from './import-queries.js';
export { MOST_CSV_ROWS, MOST_FILE_BYTES, MOST_WORKBOOK_ROWS } from './limits.js';
export { offeredKinds, type OfferedField, type OfferedKind } from './offered-kinds.js';
export { rereadImport } from './reread-import.js';
export { sweepImports, type KeepingTime, type SweptImports } from './sweep-imports.js';
export { importTemplate, markedFile, type Workbook } from './workbooks.js';
export { readImport, type ImportOrder } from './read-import.js';
export { IMPORT_RECEIVED, receiveImport, type NewImport } from './receive-import.js';
