/** The one seed of the demonstration: another number gives another, equally illustrative year. */
export const DEMONSTRATION_SEED = 20_241_007;

/** Whole numbers only: money is never multiplied by a fraction of floating point. */
export interface SeededRandom {
  /** 0 … limit − 1; the slight bias of the remainder does not matter here. */
  below(limit: number): number;
  /** least … most, both included. */
  between(least: number, most: number): number;
  /** True in `percent` of a hundred draws. */
  chance(percent: number): boolean;
}

/**
 * mulberry32 (Tommy Ettinger's public-domain generator of 32-bit numbers). Each label has its own stream, so that a
 * change to one unit's table leaves the figures of every other unit as they were.
 */
export function seededRandom(label: string): SeededRandom {
  let state = (DEMONSTRATION_SEED ^ fnv1a(label)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => next() % limit;
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (percent) => below(100) < percent,
  };
}

/** FNV-1a, 32 bits, over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
