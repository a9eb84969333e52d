const FIRST_SLOTS = 1 << 16;

/** What is kept of a text: 64 bits of two multiplicative hashes (cyrb53). */
export interface KeyPart {
  a: number;
  b: number;
}

/**
 * Tells whether any two of the keys added may be equal: never "no" where two are. A key is a text and a whole number.
 * It keeps 53 bits for a key, so that half a million take 16 MB, and not the texts.
 */
export class RepeatedKeys {
  private slots = new Float64Array(FIRST_SLOTS);
  private kept = 0;
  /** Whether some key may have come twice. */
  found = false;

  add(text: KeyPart, number: number): void {
    if (this.found) return;
    if (this.kept * 2 >= this.slots.length) this.grow();
    this.found = !this.keep(mixed(text, number));
  }

  private keep(hash: number): boolean {
    const { slots } = this;
    const mask = slots.length - 1;
    for (let at = hash % slots.length; ; at = (at + 1) & mask) {
      if (slots[at] === hash) return false;
      if (slots[at] !== 0) continue;
      slots[at] = hash;
      this.kept++;
      return true;
    }
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 4);
    this.kept = 0;
    for (const hash of before) if (hash !== 0) this.keep(hash);
  }
}

export function keyPart(text: string): KeyPart {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x9e3779b1);
    b = Math.imul(b ^ code, 0x5f356495);
  }
  return { a, b };
}

/** 53 bits, never 0. */
function mixed(text: KeyPart, number: number): number {
  let a = Math.imul(text.a ^ number, 0x9e3779b1);
  let b = Math.imul(text.b ^ Math.imul(number, 0x27d4eb2f), 0x5f356495);
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return 4294967296 * (0x1fffff & b) + (a >>> 0) || 1;
}
