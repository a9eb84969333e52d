import type { ValidationError } from 'class-validator';
import type { Language } from './error-words/index.js';

/** A wrong field as it is sent back: a JSON pointer and one sentence. */
export interface FieldAnswer {
  pointer: string;
  detail: string;
  /** The warning that a reason at the pointer would answer. */
  warning?: string;
}

type Sentence = (found: string) => string;

/** By the name of the violated rule; the validator's own English words stand in for a rule without an entry. */
const WORDS: Record<string, Record<Language, Sentence>> = {
  whitelistValidation: { vi: () => 'Không có trường này.', en: () => 'There is no such field.' },
  isDong: {
    vi: (found) => `Phải là số nguyên đồng trong khoảng ±9.007.199.254.740.991, nhận được ${found}.`,
    en: (found) => `Must be a whole number of đồng within ±9,007,199,254,740,991, found ${found}.`,
  },
  isPlainText: {
    vi: () => 'Phải là chữ không rỗng, không có ký tự điều khiển (như NUL), không quá dài.',
    en: () => 'Must be text that is not empty, without control characters (such as NUL), not too long.',
  },
  isReportingMonth: {
    vi: (found) => `Phải là kỳ báo cáo như 2024-09, tháng 01 đến 13, nhận được ${found}.`,
    en: (found) => `Must be a reporting month such as 2024-09, months 01 to 13, found ${found}.`,
  },
  isDay: {
    vi: (found) => `Phải là ngày có thật, viết yyyy-mm-dd, nhận được ${found}.`,
    en: (found) => `Must be a real day, written yyyy-mm-dd, found ${found}.`,
  },
  isPeriodStart: {
    vi: (found) => `Phải là năm đầu của kỳ trung hạn như 2021, 2026, nhận được ${found}.`,
    en: (found) => `Must be the first year of a medium-term period such as 2021 or 2026, found ${found}.`,
  },
  isIn: {
    vi: (found) => `Giá trị ${found} không có trong danh mục.`,
    en: (found) => `${found} is not one of the allowed values.`,
  },
  isInt: {
    vi: (found) => `Phải là số nguyên, nhận được ${found}.`,
    en: (found) => `Must be a whole number, found ${found}.`,
  },
  min: { vi: (found) => `Quá nhỏ: ${found}.`, en: (found) => `Too small: ${found}.` },
  max: { vi: (found) => `Quá lớn: ${found}.`, en: (found) => `Too large: ${found}.` },
  isBoolean: { vi: () => 'Phải là true hoặc false.', en: () => 'Must be true or false.' },
  isString: { vi: () => 'Phải là chữ.', en: () => 'Must be text.' },
  isArray: { vi: () => 'Phải là danh sách.', en: () => 'Must be a list.' },
  arrayMinSize: { vi: () => 'Danh sách còn trống.', en: () => 'The list is empty.' },
  arrayMaxSize: { vi: () => 'Danh sách quá dài.', en: () => 'The list is too long.' },
  isObject: { vi: () => 'Phải là một đối tượng JSON.', en: () => 'Must be a JSON object.' },
  matches: { vi: (found) => `Viết không đúng dạng: ${found}.`, en: (found) => `Not in the right form: ${found}.` },
};

/** Flattens the validator's tree into pointers with sentences. */
export function fieldAnswers(errors: readonly ValidationError[], language: Language, parent = ''): FieldAnswer[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.entries(error.constraints ?? {})
      // What is not there is neither too small nor too large.
      .filter(([rule]) => error.value !== undefined || (rule !== 'min' && rule !== 'max'))
      .map(([rule, words]) => ({ pointer, detail: WORDS[rule]?.[language](shown(error.value, language)) ?? words }));
    return [...own, ...fieldAnswers(error.children ?? [], language, pointer)];
  });
}

const NOTHING: Record<Language, string> = { vi: 'ô trống', en: 'nothing' };

function shown(value: unknown, language: Language): string {
  const text = JSON.stringify(value) ?? NOTHING[language];
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
