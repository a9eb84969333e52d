import { formatDong } from './amount';

/** A difference in whole đồng, its side always written: +1.240 (the books have more), −720, 0. */
export function signedDong(amountDong: number): string {
  return amountDong > 0 ? `+${formatDong(amountDong)}` : formatDong(amountDong);
}

/** What a person types as đồng: 1.234.567, -5000, −5 000; undefined when it is no whole number within 2^53. */
export function dongTyped(text: string): number | undefined {
  const bare = text.replace(/[\s.\u00a0\u202f]/g, '').replace(/^\u2212/, '-');
  if (!/^-?[0-9]{1,16}$/.test(bare)) return undefined;
  const amount = Number(bare);
  return Number.isSafeInteger(amount) ? amount : undefined;
}
