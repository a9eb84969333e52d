import type { ImportErrorCode, ImportProblemCode } from '#libs/exchange';
import { say, type Refusals } from './refusal-words.js';

export const IMPORT_WORDS: Refusals<ImportErrorCode | ImportProblemCode> = {
  'import-unknown': say(
    404,
    ({ import: id }) => `Không có lần nhập ${id}.`,
    ({ import: id }) => `There is no import ${id}.`,
  ),
  'import-kind-not-yours': say(
    403,
    () => 'Đơn vị chỉ nhập giải ngân, báo cáo và tiến độ của mình; các loại tệp khác gửi cho phòng chuyên môn.',
    () => 'Units import their own disbursements, reports and progress; send other files to the department.',
  ),
  'import-choices-malformed': say(
    400,
    ({ field, found }) => `Lựa chọn ${field} không đọc được: ${found}. Chọn lại rồi gửi lại tệp.`,
    ({ field, found }) => `The choice ${field} cannot be read: ${found}. Choose again and send the file again.`,
  ),
  'import-file-missing': say(
    400,
    () => 'Chưa có tệp: gửi đúng một tệp .xlsx hoặc .csv trong trường "file".',
    () => 'There is no file: send exactly one .xlsx or .csv in the field "file".',
  ),
  'import-file-too-big': say(
    413,
    ({ megabytes }) =>
      `Tệp từ ${megabytes} MB trở lên không nhận. Xoá ảnh và trang tính thừa, hoặc chia theo tháng hay đơn vị rồi gửi từng tệp.`,
    ({ megabytes }) =>
      `Files of ${megabytes} MB and more are not taken. Remove pictures and spare sheets, or send a file per month or unit.`,
  ),
  'import-file-empty': say(
    422,
    ({ file }) => `Tệp ${file} không có dòng số liệu nào.`,
    ({ file }) => `The file ${file} has no rows.`,
  ),
  'import-vouchers-cumulative': say(
    422,
    () => 'Tệp có số chứng từ nên mỗi dòng là một khoản chi, không thể là số luỹ kế. Chọn "số của tháng" rồi gửi lại.',
    () => 'The file has document numbers, so its rows are payments and cannot be cumulative. Choose "of the month".',
  ),
  'import-cumulative-conflict': say(
    422,
    () => 'Tiêu đề cột của tệp ghi "luỹ kế" mà bạn chọn số của tháng. Chọn lại cho đúng rồi gửi lại tệp.',
    () =>
      'The heading of the file says cumulative ("luỹ kế") and you chose figures of the month. Choose again and send it.',
  ),
  'import-not-ready': say(
    409,
    () => 'Tệp đang được đọc; chờ đọc xong rồi ghi sổ.',
    () => 'The file is being read; commit it when it is done.',
  ),
  'import-refused': say(
    409,
    () => 'Tệp này đã bị từ chối, không có gì để ghi sổ. Sửa tệp rồi gửi lại.',
    () => 'This file was refused and has nothing to commit. Mend it and send it again.',
  ),
  'import-discarded': say(
    409,
    () => 'Lần nhập này đã bỏ. Gửi lại tệp nếu vẫn cần.',
    () => 'This import was given up. Send the file again if it is still needed.',
  ),
  'import-committed': say(
    409,
    () => 'Lần nhập này đã ghi sổ, không bỏ được. Số sai thì nhập tệp đúng hoặc ghi bút toán điều chỉnh.',
    () => 'This import is booked and cannot be given up. Import the right file or book a correction.',
  ),
  'import-has-rejected': say(
    409,
    ({ rows }) => `Có ${rows} dòng bị loại. Sửa tệp rồi gửi lại, hoặc chọn ghi sổ không có các dòng đó.`,
    ({ rows }) => `${rows} rows are rejected. Mend the file and send it again, or commit without them.`,
  ),
  'import-reason-missing': say(
    422,
    ({ rows }) => `Có ${rows} số giảm mà tệp không ghi lý do. Nhập một lý do chung rồi ghi sổ.`,
    ({ rows }) => `${rows} figures fall and the file gives no reason. Give one reason for them and commit.`,
  ),
  'import-moved': say(
    409,
    () => 'Sổ đã thay đổi sau khi bạn xem; chưa ghi gì. Xem lại phần khác biệt mới rồi ghi sổ.',
    () => 'The books moved since you looked; nothing was booked. Look at the new difference and commit again.',
  ),
  'import-waits-already': say(
    409,
    () => 'Bạn đã có một lần nhập khác của đúng tệp này với đúng các lựa chọn này. Mở lần nhập đó, hoặc bỏ nó trước.',
    () => 'You have another import of this very file with these very choices. Open that one, or give it up first.',
  ),
  'cell-incomplete': say(
    422,
    ({ row }) => `Dòng ${row} của cùng ô số liệu bị loại, nên tổng của ô này sẽ sai; sửa dòng đó trước.`,
    ({ row }) => `Row ${row} of the same cell is rejected, so this total would be wrong; mend that row first.`,
  ),
  'document-missing': say(
    422,
    () => 'Tệp theo chứng từ: dòng này thiếu số chứng từ.',
    () => 'The file goes by documents: this row has no document number.',
  ),
};
