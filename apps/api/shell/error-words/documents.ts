import type { DocumentsErrorCode } from '#libs/documents';
import { say, type Refusals } from './refusal-words.js';

export const DOCUMENTS_WORDS: Refusals<DocumentsErrorCode> = {
  'document-unknown': say(
    404,
    ({ document }) => `Không có văn bản số ${document}.`,
    ({ document }) => `There is no document ${document}.`,
  ),
  'document-issued': say(
    409,
    () => 'Văn bản này đã có số và không đổi được nữa. Cần sửa thì ra thông báo đính chính.',
    () => 'This document has its number and changes no more. To mend it, issue a correction notice.',
  ),
  'document-not-released': say(
    409,
    () => 'Dự thảo chưa được người duyệt thứ hai phát hành nên chưa lấy số được.',
    () => 'The draft was not released by a second approver yet, so it gets no number.',
  ),
  'document-outdated': say(
    409,
    () => 'Tháng này đã đóng lại lần khác sau khi soạn. Soạn văn bản của lần mới rồi lấy số.',
    () => 'The month was closed anew after this was composed. Compose the document of the new version.',
  ),
  'document-recipient-unknown': say(
    422,
    ({ recipient }) => `“${recipient}” không có trong danh sách nhận văn bản này của tháng.`,
    ({ recipient }) => `“${recipient}” is not among those that this document of the month goes to.`,
  ),
  'document-kind-not-composed': say(
    422,
    () => 'Cần nêu tháng hoặc cuộc họp mà văn bản này nói đến.',
    () => 'Say which month or meeting the document is about.',
  ),
  'document-number-taken': say(
    409,
    ({ number, symbol, year }) => `Số ${number}/${symbol} năm ${year} đã cấp cho văn bản khác.`,
    ({ number, symbol, year }) => `Number ${number}/${symbol} of ${year} was given to another document.`,
  ),
  'document-date-future': say(
    422,
    ({ date, today }) => `Ngày ${date} sau ngày làm việc hiện tại (${today}).`,
    ({ date, today }) => `${date} is after the present business day (${today}).`,
  ),
  'document-changed': say(
    409,
    () => 'Dự thảo đã được soạn lại sau khi mở. Xem bản mới rồi lấy số.',
    () => 'The draft was composed again meanwhile. Look at the new one, then number it.',
  ),
  'document-not-issued': say(
    409,
    () => 'Văn bản chưa có số. Cấp số trước, rồi gửi bản đã ký hoặc đã sửa.',
    () => 'The document has no number yet. Number it first, then send the signed or edited file.',
  ),
  'document-version-unknown': say(
    404,
    ({ version }) => `Văn bản này không có bản phát hành số ${version}.`,
    ({ version }) => `The document has no issued version ${version}.`,
  ),
  'document-version-kind': say(
    422,
    ({ file }) => `Tệp “${file}” không phải .docx hay PDF. Gửi bản Word đã sửa hoặc bản PDF đã ký.`,
    ({ file }) => `“${file}” is neither .docx nor PDF. Send the edited Word file or the signed PDF.`,
  ),
  'document-version-unreadable': say(
    422,
    ({ file }) => `Không đọc được tệp “${file}”. Mở lại trong Word hoặc trình đọc PDF, lưu rồi gửi lại.`,
    ({ file }) => `“${file}” cannot be read. Open it in Word or a PDF reader, save it and send it again.`,
  ),
  'nothing-to-correct': say(
    409,
    ({ month }) => `Tháng ${month} chưa có thông báo nào phát hành trước lần này nên không có gì để đính chính.`,
    ({ month }) => `Nothing was announced of month ${month} before this version, so there is nothing to correct.`,
  ),
  'template-changed': say(
    409,
    () => 'Mẫu văn bản đã được người khác sửa. Mở lại mẫu rồi sửa tiếp.',
    () => 'Somebody else edited the template meanwhile. Open it again.',
  ),
  'template-unchanged': say(
    409,
    () => 'Mẫu gửi lên giống hệt mẫu đang dùng.',
    () => 'The template sent is the present one.',
  ),
};
