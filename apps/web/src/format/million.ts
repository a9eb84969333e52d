const MOST_DONG = 9_007_199_254_740_991n;

/**
 * Triệu đồng as people type it ("1.250,5", "−3", "0,000001") to whole đồng; null for anything else, finer than one
 * đồng, or beyond what the books hold. Whole-number arithmetic: no figure passes through a float.
 */
export function dongOfMillion(text: string): number | null {
  const [, sign, whole = '', fraction = ''] =
    /^([-\u2212]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,6}))?$/.exec(text.trim()) ?? [];
  if (sign === undefined) return null;
  const dong = BigInt(whole.replaceAll('.', '')) * 1_000_000n + BigInt(fraction.padEnd(6, '0'));
  if (dong > MOST_DONG) return null;
  return Number(sign === '' ? dong : -dong);
}

/** Whole đồng as triệu đồng for an input, to the last đồng: 1250500000 → "1.250,5". */
export function millionOfDong(amountDong: number): string {
  const amount = BigInt(amountDong);
  const positive = amount < 0n ? -amount : amount;
  const whole = (positive / 1_000_000n).toString().replace(/\B(?=(\d{3})+$)/g, '.');
  const fraction = (positive % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${amount < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `,${fraction}`}`;
}
