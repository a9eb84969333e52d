import type { ErrorFacts } from '#libs/kernel';

export type Language = 'vi' | 'en';

type Words = (facts: ErrorFacts) => string;

/** A refusal's HTTP status and its sentence: what is wrong, where, and what to do. */
export interface Refusal {
  status: number;
  vi: Words;
  en: Words;
}

/** The words of every code of one module; a forgotten one does not compile. */
export type Refusals<Code extends string> = Record<Code, Refusal>;

export const say = (status: number, vi: Words, en: Words): Refusal => ({ status, vi, en });

/** yyyy-mm-dd as people write it. */
export function day(date: string | number | undefined): string {
  return String(date ?? '')
    .split('-')
    .reverse()
    .join('/');
}
