export {
  dayWords,
  EXPORTABLE_LISTS,
  exportList,
  ILLUSTRATIVE_LINE,
  MOST_EXPORTED_ROWS,
  type ExportableList,
  type ExportedFile,
} from './export-list.js';
