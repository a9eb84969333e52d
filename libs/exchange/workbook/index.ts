export {
  cellOf,
  OFFICE_FONT,
  ruled,
  tableWorkbook,
  titleCell,
  type ColumnFormat,
  type TableColumn,
  type TableSheet,
} from './table-workbook.js';
