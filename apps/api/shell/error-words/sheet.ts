import type { ErrorFacts } from '#libs/kernel';
import type { CellProblemCode, SheetErrorCode } from '#libs/exchange/sheet';
import { say, type Refusals } from './refusal-words.js';
import { grouped, SHEET_FILE_WORDS } from './sheet-file.js';

const UNITS_VI: Readonly<Record<string, string>> = {
  dong: 'đồng',
  'nghin-dong': 'nghìn đồng',
  'trieu-dong': 'triệu đồng',
  'ty-dong': 'tỷ đồng',
};
const unitVi = (unit: string | number | undefined): string => UNITS_VI[String(unit)] ?? String(unit);
const UNITS_EN: Readonly<Record<string, string>> = {
  dong: 'đồng',
  'nghin-dong': 'thousand đồng',
  'trieu-dong': 'million đồng',
  'ty-dong': 'billion đồng',
};
const unitEn = (unit: string | number | undefined): string => UNITS_EN[String(unit)] ?? String(unit);

const dong = (digits: string | number | undefined): string => `${grouped(digits, '.')} đồng`;
const dongEn = (digits: string | number | undefined): string => `${grouped(digits, ',')} đồng`;

const isAmount = (field: string | number | undefined): boolean => String(field).endsWith('_vnd');

/** "Dòng 7, cột C (Số tiền): " */
function at({ row, column, title }: ErrorFacts): string {
  if (row === undefined) return '';
  const where = column === undefined ? '' : `, cột ${column}${title === undefined ? '' : ` (${title})`}`;
  return `Dòng ${row}${where}: `;
}
function atEn({ row, column, title }: ErrorFacts): string {
  if (row === undefined) return '';
  const where = column === undefined ? '' : `, column ${column}${title === undefined ? '' : ` (${title})`}`;
  return `Row ${row}${where}: `;
}

/** A sentence about a cell or a row: its place in front. */
const cell = (vi: (facts: ErrorFacts) => string, en: (facts: ErrorFacts) => string) =>
  say(
    422,
    (facts) => at(facts) + vi(facts),
    (facts) => atEn(facts) + en(facts),
  );

const CELL_WORDS: Refusals<CellProblemCode> = {
  'header-not-found': say(
    422,
    ({ titles }) =>
      `Không tìm thấy dòng tiêu đề. Bảng cần các cột: ${titles}. Dùng biểu mẫu, hoặc chỉ ra cột nào là gì.`,
    ({ titles }) =>
      `No header row was found. The table needs the columns: ${titles}. Use the template, or say which column is which.`,
  ),
  'column-missing': say(
    422,
    ({ title, field }) =>
      `Thiếu cột "${title}" (${field}). Thêm cột này, chọn cột tương ứng, hoặc nhập một giá trị chung cho cả tệp.`,
    ({ title, field }) =>
      `The column "${title}" (${field}) is missing. Add it, map a column to it, or give one value for the whole file.`,
  ),
  'column-double': cell(
    ({ other }) => `cột này trùng ý nghĩa với cột ${other}. Bỏ bớt một cột, hoặc chọn cột nào được dùng.`,
    ({ other }) => `this column says the same as column ${other}. Remove one, or choose which is used.`,
  ),
  'column-not-understood': cell(
    ({ part }) =>
      `không hiểu "${part}" trong cột số tiền này, nên có thể sót tiền. Chọn nguồn vốn hoặc tháng cho cột, hoặc bỏ qua cột.`,
    ({ part }) =>
      `"${part}" in this column of amounts is not understood, so money might be left out. Map the column, or pass it over.`,
  ),
  'mapping-unknown': cell(
    ({ mapping }) => `cách ghép cột "${mapping}" không có trong loại tệp này. Chọn lại cột.`,
    ({ mapping }) => `the mapping "${mapping}" is nothing this kind of file has. Choose again.`,
  ),
  'constant-wrong': say(
    422,
    ({ title, field, found }) => `Giá trị chung "${found}" cho ${title ?? field} không hợp lệ. Nhập lại.`,
    ({ title, field, found }) => `The value "${found}" given for ${title ?? field} is not valid. Give another.`,
  ),
  'amount-unit-twice': cell(
    ({ first, second }) => `đơn vị tính ghi hai kiểu: "${first}" và "${second}". Giữ lại một.`,
    ({ first, second }) => `the unit of amounts is stated in two ways: "${first}" and "${second}". Keep one.`,
  ),
  'amount-unit-conflict': cell(
    ({ text, chosen }) =>
      `tệp ghi "${text}" nhưng người nộp chọn ${unitVi(chosen)}. Chọn lại đơn vị tính hoặc sửa tệp.`,
    ({ text, chosen }) => `the file says "${text}", the sender chose ${unitEn(chosen)}. Choose again or mend the file.`,
  ),
  'value-missing': cell(
    ({ title, field, under }) =>
      under !== undefined
        ? `chưa có ${title ?? field}: "${under}" ở dòng nhóm phía trên không có trong danh mục. Sửa tên nhóm, hoặc thêm cột mã.`
        : `chưa có ${title ?? field}. Điền vào ô này${isAmount(field) ? '; nếu không phát sinh tiền thì ghi 0' : ''}.`,
    ({ title, field, under }) =>
      under !== undefined
        ? `${title ?? field} is missing: "${under}" of the group row above is not in the lists. Mend that name, or add a column of codes.`
        : `${title ?? field} is missing. Fill it in${isAmount(field) ? '; where no money moved write 0' : ''}.`,
  ),
  'amount-malformed': cell(
    ({ found }) => `"${found}" không phải số tiền. Chỉ ghi chữ số, ví dụ 1.234.567; không ghi chữ kèm theo.`,
    ({ found }) => `"${found}" is not an amount. Write digits only, for example 1.234.567, without words.`,
  ),
  'amount-ambiguous': cell(
    ({ found, unit }) =>
      `"${found}" (${unitVi(unit)}) có thể hiểu hai cách: dấu phân cách hàng nghìn hay dấu thập phân. Chọn dấu thập phân của tệp, hoặc ghi rõ như 1234 hay 1,2340.`,
    ({ found, unit }) =>
      `"${found}" (${unitEn(unit)}) can be read in two ways: a thousands separator or a decimal sign. Choose the file's decimal sign, or write 1234 or 1,2340.`,
  ),
  'amount-not-whole': cell(
    ({ found, unit }) =>
      `${found} ${unitVi(unit)} không tròn đồng. Làm tròn đến đồng; kiểm tra công thức hoặc đơn vị tính.`,
    ({ found, unit }) =>
      `${found} ${unitEn(unit)} is not a whole đồng. Round it to đồng; check the formula or the unit.`,
  ),
  'amount-too-large': cell(
    ({ found, unit }) => `${found} ${unitVi(unit)} vượt giới hạn 9.007.199.254.740.991 đồng. Kiểm tra đơn vị tính.`,
    ({ found, unit }) => `${found} ${unitEn(unit)} is beyond 9,007,199,254,740,991 đồng. Check the unit.`,
  ),
  'date-malformed': cell(
    ({ found }) => `"${found}" không phải ngày. Ghi ngày/tháng/năm đủ bốn số năm, ví dụ 30/09/2024.`,
    ({ found }) => `"${found}" is not a date. Write day/month/year with four digits, for example 30/09/2024.`,
  ),
  'date-impossible': cell(
    ({ found }) => `không có ngày "${found}" (ghi ngày trước, tháng sau). Sửa lại ngày.`,
    ({ found }) => `there is no day "${found}" (day first, then month). Mend the date.`,
  ),
  'month-unreadable': cell(
    ({ found }) => `"${found}" không phải kỳ báo cáo. Ghi 1 đến 13 (13 là tháng 01 năm sau).`,
    ({ found }) => `"${found}" is not a reporting month. Write 1 to 13 (13 is January of the next year).`,
  ),
  'year-malformed': cell(
    ({ found }) => `"${found}" không phải năm. Ghi bốn chữ số, ví dụ 2024.`,
    ({ found }) => `"${found}" is not a year. Write four digits, for example 2024.`,
  ),
  'count-malformed': cell(
    ({ found }) => `"${found}" không phải số thứ tự. Ghi số nguyên từ 1.`,
    ({ found }) => `"${found}" is not an ordinal. Write a whole number from 1.`,
  ),
  'percent-malformed': cell(
    ({ found }) => `"${found}" không phải tỷ lệ phần trăm. Ghi ví dụ 45,5.`,
    ({ found }) => `"${found}" is not a percentage. Write for example 45.5.`,
  ),
  'choice-unknown': cell(
    ({ found, allowed }) => `"${found}" không có trong các lựa chọn: ${allowed}.`,
    ({ found, allowed }) => `"${found}" is not one of: ${allowed}.`,
  ),
  'code-malformed': cell(
    ({ found }) => `"${found}" không phải mã. Định dạng cột là Văn bản (Text) rồi gõ lại mã.`,
    ({ found }) => `"${found}" is not a code. Format the column as Text and type the code again.`,
  ),
  'code-lost-zeros': cell(
    ({ found, code }) =>
      `"${found}" đã mất số 0 ở đầu (mã đúng có thể là ${code}). Định dạng cột là Văn bản (Text) rồi gõ lại mã.`,
    ({ found, code }) =>
      `"${found}" has lost its leading zeros (perhaps ${code}). Format the column as Text and type the code again.`,
  ),
  'code-scientific': cell(
    ({ found }) =>
      `mã đã bị Excel đổi thành dạng "${found}", không còn đủ chữ số. Định dạng cột là Văn bản (Text) rồi gõ lại mã.`,
    ({ found }) =>
      `Excel turned the code into "${found}" and digits are lost. Format the column as Text and type the code again.`,
  ),
  'name-unknown': cell(
    ({ name }) => `không có "${name}" trong danh mục. Kiểm tra tên, hoặc ghi mã thay cho tên.`,
    ({ name }) => `"${name}" is not in the lists. Check the name, or write the code instead.`,
  ),
  'name-ambiguous': cell(
    ({ name, codes }) => `"${name}" là tên của nhiều mã: ${codes}. Ghi mã thay cho tên.`,
    ({ name, codes }) => `"${name}" is the name of several codes: ${codes}. Write the code instead.`,
  ),
  'text-starts-formula': cell(
    ({ found }) => `"${found}" bắt đầu bằng dấu = + - hoặc @ nên có thể thành công thức. Bỏ dấu đó ở đầu ô.`,
    ({ found }) => `"${found}" begins with = + - or @ and could become a formula. Remove that sign.`,
  ),
  'text-too-long': cell(
    ({ length, limit }) => `nội dung dài ${length} ký tự, nhiều nhất ${limit}. Rút gọn lại.`,
    ({ length, limit }) => `the text has ${length} characters, at most ${limit} are taken. Shorten it.`,
  ),
  'text-legacy-font': cell(
    ({ found }) => `"${found}" viết bằng bảng mã cũ (TCVN3, phông .VnTime). Chuyển sang Unicode rồi nộp lại.`,
    ({ found }) => `"${found}" is in a legacy encoding (TCVN3, .VnTime fonts). Convert it to Unicode and send again.`,
  ),
  'cell-error-value': cell(
    ({ found }) => `ô báo lỗi ${found}. Sửa công thức hoặc ghi thẳng giá trị.`,
    ({ found }) => `the cell shows the error ${found}. Mend the formula or write the value itself.`,
  ),
  'formula-without-value': cell(
    () => 'công thức chưa được tính. Mở tệp bằng Excel, tính lại, lưu rồi nộp; hoặc dán giá trị (Paste Values).',
    () => 'the formula was never computed. Open the file in Excel, recalculate, save and send it; or paste values.',
  ),
  'formula-outside-file': cell(
    () => 'công thức lấy số từ tệp khác hoặc từ mạng. Dán giá trị (Paste Values) thay cho công thức.',
    () => 'the formula takes its value from another file or the network. Paste the value instead.',
  ),
  'cells-merged': cell(
    ({ range }) => `ô ${range} bị gộp nên không rõ số nào của dòng nào. Bỏ gộp ô (Unmerge) và điền đủ từng dòng.`,
    ({ range }) =>
      `the cells ${range} are merged, so it is not clear what belongs to which row. Unmerge them and fill every row.`,
  ),
  'quote-text-after': cell(
    () => 'có chữ sau dấu ngoặc kép đóng. Viết đôi dấu "" bên trong ô, rồi nộp lại.',
    () => 'text follows a closing quote. Double the quotes within the cell and send it again.',
  ),
  'cell-beyond-header': cell(
    ({ found, last }) =>
      `"${found}" nằm ngoài bảng (cột cuối có tiêu đề là ${last}). Số có dấu phẩy trong csv phải đặt trong ngoặc kép.`,
    ({ found, last }) =>
      `"${found}" lies beyond the table (its last column is ${last}). In csv an amount with a comma must be in quotes.`,
  ),
  'total-column-mismatch': cell(
    ({ stated, summed, columns }) =>
      `ghi tổng ${dong(stated)} nhưng các cột ${columns} cộng lại là ${dong(summed)}. Sửa cột sai.`,
    ({ stated, summed, columns }) =>
      `the total says ${dongEn(stated)}, the columns ${columns} sum to ${dongEn(summed)}. Mend the wrong one.`,
  ),
  'total-mismatch': cell(
    ({ name, stated, summed }) =>
      `"${name}" ghi ${dong(stated)} nhưng các dòng cộng lại là ${dong(summed)}. Sửa dòng sai hoặc dòng tổng.`,
    ({ name, stated, summed }) =>
      `"${name}" says ${dongEn(stated)}, its lines sum to ${dongEn(summed)}. Mend the wrong line or the total.`,
  ),
};

export const SHEET_WORDS: Refusals<SheetErrorCode | CellProblemCode> = { ...SHEET_FILE_WORDS, ...CELL_WORDS };
