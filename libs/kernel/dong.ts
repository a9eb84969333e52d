import { DomainError } from './domain-error.js';

/**
 * An amount of money in whole đồng. Sums are unbounded integers; what is stored, sent or printed lies
 * within ±(2^53 − 1), so that every JSON reader sees the same number.
 */
export type Dong = bigint;

export const MAX_DONG: Dong = BigInt(Number.MAX_SAFE_INTEGER);

export function isStorableDong(amount: Dong): boolean {
  return amount <= MAX_DONG && amount >= -MAX_DONG;
}

/** Reads `-?[0-9]+`; anything else, or an amount beyond ±(2^53 − 1) đồng, is undefined. */
export function parseDong(text: string): Dong | undefined {
  if (!/^-?[0-9]+$/.test(text)) return undefined;
  // Longer texts are out of range whatever their digits, unless padded with zeros: then they still parse.
  const amount = BigInt(text);
  return isStorableDong(amount) ? amount : undefined;
}

/** A JSON integer of whole đồng. Throws `amount-out-of-range` rather than lose a đồng. */
export function dongToJson(amount: Dong): number {
  if (!isStorableDong(amount)) throw new DomainError('amount-out-of-range', { amount: amount.toString() });
  return Number(amount);
}
