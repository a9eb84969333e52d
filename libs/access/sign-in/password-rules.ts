import { DomainError } from '#libs/kernel';
import type { AccessErrorCode } from '../errors.js';
import { isCommon } from './common-passwords.js';

/** ASVS 5.0, 6.2.1: at least eight characters, fifteen recommended; we ask for twelve. */
export const LEAST_PASSWORD_CHARACTERS = 12;
/** 6.2.9: at least 64 are allowed. What is longer is refused and never cut. */
export const MOST_PASSWORD_CHARACTERS = 256;

/** 6.2.11: words that anybody would try first here. The username, the person's name and the province join them. */
const WORDS_OF_THE_PROGRAM = ['giaingan', 'theodoi', 'dautucong', 'dautu', 'vondautu', 'khobac', 'sotaichinh'];
/** So many characters must be left when they are taken away. */
const LEAST_BESIDE_WORDS = 8;
/** Shorter ones would be found in anything. */
const LEAST_WORD = 4;

/** Small letters without marks, signs and spaces: what two spellings of a word have in common. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** What is wrong with a password; no rule asks for kinds of characters (6.2.5). `context`: words of the person. */
export function passwordProblem(
  password: string,
  context: readonly string[],
): DomainError<AccessErrorCode> | undefined {
  const { length } = [...password.normalize('NFC')];
  if (length < LEAST_PASSWORD_CHARACTERS)
    return new DomainError('password-too-short', { least: LEAST_PASSWORD_CHARACTERS });
  if (length > MOST_PASSWORD_CHARACTERS)
    return new DomainError('password-too-long', { most: MOST_PASSWORD_CHARACTERS });
  if (isCommon(password.normalize('NFC'))) return new DomainError('password-common');
  return isOfItsContext(password, context) ? new DomainError('password-of-context') : undefined;
}

function isOfItsContext(password: string, context: readonly string[]): boolean {
  const words = [...WORDS_OF_THE_PROGRAM, ...context.map(fold)].filter((word) => word.length >= LEAST_WORD);
  const folded = fold(password);
  // The longest first: "dautucong" before "dautu".
  const beside = [...new Set(words)]
    .sort((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(word, ''), folded);
  return beside !== folded && beside.length < LEAST_BESIDE_WORDS;
}
