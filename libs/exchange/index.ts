export { ExchangeModule } from './exchange.module.js';
export { exportEvaluation } from './export-evaluation.js';
export * from './imports/index.js';
export { IMPORT_KINDS, type ImportKind } from './sheet/index.js';
export type { ExportErrorCode } from './errors.js';
export {
  EXPORTABLE_LISTS,
  exportList,
  MOST_EXPORTED_ROWS,
  type ExportableList,
  type ExportedFile,
} from './lists/index.js';
export { exportMonthlyForm } from './monthly-form/index.js';
