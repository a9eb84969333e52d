export { exportEvaluation } from './export-evaluation.js';
export type { ExportErrorCode } from './errors.js';
export {
  EXPORTABLE_LISTS,
  exportList,
  MOST_EXPORTED_ROWS,
  type ExportableList,
  type ExportedFile,
} from './lists/index.js';
