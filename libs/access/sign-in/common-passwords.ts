import { dictionary } from '@zxcvbn-ts/language-common';

/** The most used passwords of published leaks, about 49,000, in lower case (@zxcvbn-ts/language-common). */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** Digits and signs that people put around a word to make it longer. */
const AROUND = /^[\p{N}\p{P}\p{S}\s]+|[\p{N}\p{P}\p{S}\s]+$/gu;

/**
 * Whether a password is one of the common ones, one of them with digits and signs around it (`Password12345!`), or
 * one of them over and over. Few common passwords are as long as ours must be: these are what they become.
 */
export function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  const core = lower.replace(AROUND, '');
  // Only digits and signs: what is left of a phone number is nothing to compare with.
  return COMMON.has(lower) || (core.length >= 4 && COMMON.has(core)) || COMMON.has(unitOf(lower));
}

/** The shortest text that gives the whole when repeated. */
function unitOf(text: string): string {
  // A text found within its double before its own end repeats itself.
  const length = (text + text).indexOf(text, 1);
  return text.slice(0, length);
}
