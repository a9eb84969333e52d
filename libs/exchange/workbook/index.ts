export {
  cellOf,
  tableWorkbook,
  titleCell,
  type ColumnFormat,
  type TableColumn,
  type TableSheet,
} from './table-workbook.js';
