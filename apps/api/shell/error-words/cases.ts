import type { CaseErrorCode } from '#libs/followup';
import { say, type Refusals } from './refusal-words.js';

export const CASE_WORDS: Refusals<CaseErrorCode> = {
  'warning-case-unknown': say(
    404,
    (facts) => `Không có cảnh báo số ${facts['case']}.`,
    (facts) => `There is no warning case ${facts['case']}.`,
  ),
};
