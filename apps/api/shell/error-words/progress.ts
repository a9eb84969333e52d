import type { LedgerErrorCode, LedgerProblemCode } from '#libs/ledger';
import type { ProgressErrorCode } from '#libs/projects';
import { say, type Refusals } from './refusal-words.js';

export const PROGRESS_WORDS: Refusals<Exclude<ProgressErrorCode, LedgerErrorCode | LedgerProblemCode>> = {
  'progress-changed-meanwhile': say(
    412,
    ({ project, month }) =>
      `Tiến độ tháng ${month} của dự án ${project} vừa được người khác ghi. Tải lại, xem rồi ghi tiếp.`,
    ({ project, month }) =>
      `Somebody else has just recorded the progress of project ${project} in month ${month}. Load it again first.`,
  ),
  'progress-refused': say(
    422,
    ({ project }) => `Chưa ghi tiến độ của dự án ${project} vì có ô sai.`,
    ({ project }) => `The progress of project ${project} was not recorded because some fields are wrong.`,
  ),
  'progress-negative': say(
    422,
    ({ found }) => `Phải là số đồng từ 0 đến 9.007.199.254.740.991, nhận được ${found}.`,
    ({ found }) => `Must be đồng from 0 to 9,007,199,254,740,991, found ${found}.`,
  ),
  'progress-percent-malformed': say(
    422,
    ({ found }) => `Tỷ lệ phải từ 0 đến 100, nhiều nhất bốn chữ số thập phân, ví dụ 45.5; nhận được ${found}.`,
    ({ found }) => `A percentage is 0 to 100 with at most four decimals, for example 45.5; found ${found}.`,
  ),
  'row-repeated': say(
    422,
    ({ project, month }) => `Dự án ${project}, tháng ${month} có hai dòng với số khác nhau. Giữ lại một dòng.`,
    ({ project, month }) => `Project ${project}, month ${month} stands twice with other figures. Keep one row.`,
  ),
};
