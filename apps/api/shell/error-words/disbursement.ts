import type { ErrorFacts } from '#libs/kernel';
import type { WarningCode } from '#libs/ledger';
import { say, type Refusals } from './refusal-words.js';

type DisbursementCode =
  | 'reasons-needed'
  | 'correction-of-another-series'
  | 'corrects-missing'
  | 'corrects-another-series'
  | 'advance-exceeded'
  | WarningCode;

/** Refusals of entries that name others, recover advances, or are unusual. */
export const DISBURSEMENT_WORDS: Refusals<DisbursementCode> = {
  'reasons-needed': say(
    422,
    ({ month, entries }) =>
      `Chưa ghi vào tháng ${month}: ${entries} bút toán khác thường. Ghi lý do ở từng bút toán rồi gửi lại.`,
    ({ month, entries }) =>
      `Nothing was booked in month ${month}: ${entries} of the entries are unusual. Give each its reason and send again.`,
  ),
  'correction-of-another-series': say(
    422,
    () => 'Bút toán điều chỉnh phải nêu bút toán cùng đơn vị, dự án, nguồn vốn, loại vốn (kéo dài hay không) và năm.',
    () => 'A correction names an entry of the same unit, project, source, series (carried over or not) and plan year.',
  ),
  'corrects-missing': say(
    422,
    ({ project }) => `Hoàn trả và điều chỉnh phải nêu bút toán của dự án ${project} mà nó sửa.`,
    ({ project }) => `A refund or correction names the entry of project ${project} that it corrects.`,
  ),
  'corrects-another-series': say(
    422,
    ({ entry }) =>
      `Bút toán ${entry} thuộc đơn vị, dự án, nguồn vốn hoặc loại vốn khác. Chọn bút toán cùng đơn vị, dự án, nguồn vốn.`,
    ({ entry }) =>
      `Entry ${entry} is of another unit, project, source or series. Name one of the same unit, project and source.`,
  ),
  'advance-exceeded': say(
    422,
    ({ recovery, unrecovered, project, source }) =>
      `Thu hồi ${dong(recovery)} nhưng dự án ${project}, nguồn ${source} chỉ còn ${dong(unrecovered)} tạm ứng chưa thu hồi.`,
    ({ recovery, unrecovered, project, source }) =>
      `Recovers ${dong(recovery)}, but project ${project}, source ${source} has only ${dong(unrecovered)} of advances unrecovered.`,
  ),
  'over-plan': say(
    422,
    ({ found, comparedWith, project, source }) =>
      `Luỹ kế ${dong(found)} của dự án ${project}, nguồn ${source} vượt kế hoạch ${dong(comparedWith)}. Ghi lý do.`,
    ({ found, comparedWith, project, source }) =>
      `The cumulative ${dong(found)} of project ${project}, source ${source} exceed the plan of ${dong(comparedWith)}. Give the reason.`,
  ),
  'no-plan': say(
    422,
    ({ project, source }) => `Dự án ${project}, nguồn ${source} chưa có kế hoạch vốn đến cuối tháng này. Ghi lý do.`,
    ({ project, source }) =>
      `Project ${project}, source ${source} has no plan at the end of this month. Give the reason.`,
  ),
  'over-usual': say(
    422,
    ({ found, comparedWith, project }) =>
      `Tháng này dự án ${project} giải ngân ${dong(found)}, hơn ba lần mức thường thấy ${dong(comparedWith)}. Ghi lý do.`,
    ({ found, comparedWith, project }) =>
      `Project ${project} disburses ${dong(found)} this month, over three times its usual ${dong(comparedWith)}. Give the reason.`,
  ),
  'december-spike': say(
    422,
    ({ found, comparedWith, project }) =>
      `Riêng tháng 12 dự án ${project} giải ngân ${dong(found)}, hơn 30 % kế hoạch ${dong(comparedWith)}. Ghi lý do.`,
    ({ found, comparedWith, project }) =>
      `In December alone project ${project} disburses ${dong(found)}, over 30 % of its plan of ${dong(comparedWith)}. Give the reason.`,
  ),
  'cumulative-falls': say(
    422,
    ({ project, source }) => `Luỹ kế của dự án ${project}, nguồn ${source} giảm so với tháng trước. Ghi lý do.`,
    ({ project, source }) => `The cumulative figure of project ${project}, source ${source} falls. Give the reason.`,
  ),
};

/** 1.234.567 đồng */
function dong(digits: ErrorFacts[string] | undefined): string {
  return `${String(digits).replace(/\B(?=(\d{3})+$)/g, '.')} đồng`;
}
