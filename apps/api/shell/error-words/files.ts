import type { FilesErrorCode } from '#libs/files';
import { say, type Refusals } from './refusal-words.js';

export const FILES_WORDS: Refusals<FilesErrorCode> = {
  'attachment-unknown': say(
    404,
    ({ file }) => `Không có tệp ${file} để đính kèm. Gửi lại tệp rồi lưu.`,
    ({ file }) => `There is no file ${file} to attach. Send the file again and save.`,
  ),
  'attachment-missing': say(
    400,
    () => 'Chưa có tệp: gửi đúng một tệp trong trường "file".',
    () => 'There is no file: send exactly one in the field "file".',
  ),
  'attachment-empty': say(
    422,
    ({ file }) => `Tệp ${file} trống. Chọn lại tệp rồi gửi.`,
    ({ file }) => `The file ${file} is empty. Choose the file again and send it.`,
  ),
  'attachment-too-big': say(
    413,
    ({ file, megabytes }) =>
      `Tệp ${file} lớn hơn ${megabytes} MB. Giảm độ phân giải ảnh, hoặc chia tệp PDF thành nhiều phần rồi gửi từng phần.`,
    ({ file, megabytes }) =>
      `The file ${file} is larger than ${megabytes} MB. Lower the resolution of its pictures, or send a PDF in parts.`,
  ),
  'attachment-kind': say(
    422,
    ({ file }) => `Không nhận loại tệp này: ${file}. Gửi PDF, .docx, .xlsx, hoặc ảnh JPEG, PNG, HEIC.`,
    ({ file }) => `Files of this kind are not taken: ${file}. Send PDF, .docx, .xlsx, or a JPEG, PNG or HEIC picture.`,
  ),
  'attachment-old-office': say(
    422,
    ({ file }) => `${file} là tệp Word hoặc Excel kiểu cũ. Mở tệp, lưu lại thành .docx, .xlsx hoặc PDF rồi gửi.`,
    ({ file }) => `${file} is an old Word or Excel file. Open it, save it as .docx, .xlsx or PDF, and send that.`,
  ),
  'attachment-macros': say(
    422,
    ({ file }) => `${file} có chứa macro nên không nhận. Lưu lại thành .docx, .xlsx hoặc PDF không có macro rồi gửi.`,
    ({ file }) =>
      `${file} contains macros and is not taken. Save it as .docx, .xlsx or PDF without macros and send it.`,
  ),
  'attachment-locked': say(
    422,
    ({ file }) => `${file} có mật khẩu. Bỏ mật khẩu rồi gửi lại.`,
    ({ file }) => `${file} has a password. Remove the password and send it again.`,
  ),
};
