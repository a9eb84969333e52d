import type { SheetErrorCode } from '#libs/exchange/sheet';
import { say, type Refusals } from './refusal-words.js';

/** 1234567 → 1.234.567 */
export const grouped = (digits: string | number | undefined, sign: '.' | ','): string =>
  String(digits).replaceAll(/\B(?=(?:\d{3})+$)/g, sign);
const UNLESS_XLSX =
  'Mở bằng Excel hoặc LibreOffice, chọn Lưu thành (Save As) → Excel Workbook (.xlsx), rồi nộp tệp mới.';
const UNLESS_XLSX_EN = 'Open it in Excel or LibreOffice, save it as Excel Workbook (.xlsx) and send that file.';

/** Files that cannot be taken at all: each sentence says what to send instead. */
export const SHEET_FILE_WORDS: Refusals<SheetErrorCode> = {
  'file-empty': say(
    422,
    ({ file }) => `Tệp ${file} rỗng (0 byte). Kiểm tra lại tệp đã lưu rồi nộp lại.`,
    ({ file }) => `The file ${file} is empty (0 bytes). Check what was saved and send it again.`,
  ),
  'file-too-large': say(
    413,
    ({ limit }) =>
      `Tệp lớn hơn ${limit} MB. Bỏ ảnh và các trang không cần, chia theo tháng hoặc theo đơn vị; trên 50.000 dòng thì lưu dạng csv UTF-8.`,
    ({ limit }) =>
      `The file is larger than ${limit} MB. Remove pictures and other sheets, split it by month or unit; beyond 50,000 rows save it as csv UTF-8.`,
  ),
  'file-type-unknown': say(
    415,
    ({ file }) => `Tệp ${file} không phải bảng tính. Chỉ nhận .xlsx và .csv (UTF-8); tải biểu mẫu để điền.`,
    ({ file }) =>
      `The file ${file} is no table. Only .xlsx and .csv (UTF-8) are taken; download the template to fill in.`,
  ),
  'file-type-wrong': say(
    415,
    ({ file }) => `Tệp ${file} là loại khác, không phải bảng tính Excel. Chỉ nhận .xlsx và .csv (UTF-8).`,
    ({ file }) => `The file ${file} is of another type, not an Excel workbook. Only .xlsx and .csv (UTF-8) are taken.`,
  ),
  'file-old-xls': say(
    415,
    ({ file }) => `Tệp ${file} là Excel đời cũ (.xls). ${UNLESS_XLSX}`,
    ({ file }) => `The file ${file} is an old Excel file (.xls). ${UNLESS_XLSX_EN}`,
  ),
  'file-binary-xlsb': say(
    415,
    ({ file }) => `Tệp ${file} là Excel nhị phân (.xlsb). ${UNLESS_XLSX}`,
    ({ file }) => `The file ${file} is a binary workbook (.xlsb). ${UNLESS_XLSX_EN}`,
  ),
  'file-ods': say(
    415,
    ({ file }) => `Tệp ${file} là OpenDocument (.ods). ${UNLESS_XLSX}`,
    ({ file }) => `The file ${file} is an OpenDocument sheet (.ods). ${UNLESS_XLSX_EN}`,
  ),
  'file-pdf': say(
    415,
    ({ file }) => `Tệp ${file} là PDF, không đọc được số liệu. Nộp bảng tính gốc (.xlsx) hoặc .csv.`,
    ({ file }) =>
      `The file ${file} is a PDF; figures cannot be read from it. Send the original workbook (.xlsx) or .csv.`,
  ),
  'file-word': say(
    415,
    ({ file }) => `Tệp ${file} là văn bản Word. Chép bảng sang biểu mẫu Excel (.xlsx) rồi nộp.`,
    ({ file }) => `The file ${file} is a Word document. Copy its table into the Excel template (.xlsx) and send that.`,
  ),
  'file-html': say(
    415,
    ({ file }) => `Tệp ${file} là trang web (HTML) mang tên bảng tính. ${UNLESS_XLSX}`,
    ({ file }) => `The file ${file} is a web page (HTML) named like a workbook. ${UNLESS_XLSX_EN}`,
  ),
  'file-with-macros': say(
    415,
    ({ file }) => `Tệp ${file} chứa macro (.xlsm, VBA) nên không nhận. ${UNLESS_XLSX}`,
    ({ file }) => `The file ${file} contains macros (.xlsm, VBA) and is not taken. ${UNLESS_XLSX_EN}`,
  ),
  'file-password': say(
    422,
    ({ file }) =>
      `Tệp ${file} đặt mật khẩu. Trong Excel vào Tệp → Thông tin → Bảo vệ sổ làm việc, bỏ mật khẩu, lưu và nộp lại.`,
    ({ file }) =>
      `The file ${file} is protected by a password. Remove it (File → Info → Protect Workbook), save and send again.`,
  ),
  'file-damaged': say(
    422,
    () => `Tệp hỏng hoặc không đúng chuẩn .xlsx. ${UNLESS_XLSX}`,
    () => `The file is damaged or not a proper .xlsx. ${UNLESS_XLSX_EN}`,
  ),
  'file-zip-bomb': say(
    422,
    ({ file }) =>
      `Tệp ${file} giải nén ra quá lớn so với bảng số liệu thật nên không mở. Chép riêng bảng cần nộp sang một tệp .xlsx mới.`,
    ({ file }) =>
      `The file ${file} unpacks to far more than a table of figures and was not opened. Copy the table into a new .xlsx file.`,
  ),
  'file-not-utf-8': say(
    422,
    ({ file }) =>
      `Tệp ${file} không phải văn bản UTF-8 (có thể là UTF-16, Windows-1258 hoặc TCVN3). Trong Excel chọn Lưu thành → CSV UTF-8, hoặc nộp .xlsx.`,
    ({ file }) =>
      `The file ${file} is not UTF-8 text (perhaps UTF-16, Windows-1258 or TCVN3). In Excel save it as CSV UTF-8, or send the .xlsx.`,
  ),
  'file-legacy-font': say(
    422,
    () =>
      'Chữ trong tệp dùng bảng mã cũ (TCVN3 – phông .VnTime, hoặc VNI), không phải Unicode. Chuyển mã sang Unicode (Unikey: Ctrl+Shift+F6) rồi nộp lại.',
    () =>
      'The text is in a legacy encoding (TCVN3 of the .VnTime fonts, or VNI), not Unicode. Convert it to Unicode (Unikey: Ctrl+Shift+F6) and send it again.',
  ),
  'file-garbled': say(
    422,
    () =>
      'Chữ tiếng Việt trong tệp đã vỡ (UTF-8 bị mở bằng mã khác rồi lưu lại). Xuất lại từ tệp gốc, chọn CSV UTF-8 hoặc .xlsx.',
    () =>
      'The Vietnamese text is garbled (UTF-8 opened as another encoding and saved). Export it anew as CSV UTF-8 or .xlsx.',
  ),
  'file-quote-unclosed': say(
    422,
    ({ row }) =>
      `Dòng ${row}: dấu ngoặc kép mở mà không đóng, từ đây không còn biết ô nào. Sửa dấu " ở dòng này rồi nộp lại.`,
    ({ row }) =>
      `Row ${row}: a quote is opened and never closed, so cells can no longer be told apart. Mend it and send again.`,
  ),
  'file-too-many-rows': say(
    422,
    ({ limit }) =>
      `Bảng có hơn ${grouped(limit, '.')} dòng. Chia tệp theo tháng hoặc đơn vị, hoặc dùng csv (đến 500.000 dòng).`,
    ({ limit }) =>
      `The table has more than ${grouped(limit, ',')} rows. Split it by month or unit, or use csv (up to 500,000 rows).`,
  ),
  'file-too-many-columns': say(
    422,
    ({ row, limit }) => `Dòng ${row} có hơn ${limit} cột. Xoá các cột thừa bên phải bảng rồi nộp lại.`,
    ({ row, limit }) => `Row ${row} has more than ${limit} columns. Delete what is beside the table and send it again.`,
  ),
  'file-cell-too-long': say(
    422,
    ({ row, limit }) =>
      `Dòng ${row} có ô dài hơn ${grouped(limit, '.')} ký tự. Rút gọn ô đó, hoặc kiểm tra dấu ngoặc kép trong csv.`,
    ({ row, limit }) =>
      `Row ${row} has a cell longer than ${grouped(limit, ',')} characters. Shorten it, or check the quotes of the csv.`,
  ),
  'file-sheet-empty': say(
    422,
    ({ sheet }) => `Trang đầu "${sheet}" không có số liệu. Chuyển bảng lên trang đầu tiên rồi nộp lại.`,
    ({ sheet }) => `The first sheet "${sheet}" holds nothing. Move the table to the first sheet and send it again.`,
  ),
};
