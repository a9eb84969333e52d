import { cursorAfter, keyOfCursor } from './cursor.js';
import { refusal } from './refusal.js';

type Part = string | number | boolean | null;

/** A place in a list whose order takes several columns. */
export function cursorAfterKey(key: readonly Part[] | undefined): string | null {
  return key === undefined ? null : cursorAfter(JSON.stringify(key));
}

/** The columns of the last row seen; `sample` says how many there are and of what kind, null where one may be empty. */
export function keyOfKeyCursor<Key extends readonly Part[]>(
  cursor: string | undefined,
  sample: readonly ('text' | 'number' | 'flag' | 'text or null')[],
): Key | undefined {
  const text = keyOfCursor(cursor);
  if (text === undefined) return undefined;
  const key = parsed(text);
  const fits =
    Array.isArray(key) &&
    key.length === sample.length &&
    sample.every((kind, i) => {
      const part: unknown = key[i];
      if (kind === 'number') return Number.isSafeInteger(part) && Math.abs(part as number) <= 2_147_483_647;
      if (kind === 'flag') return typeof part === 'boolean';
      return typeof part === 'string' ? !part.includes('\u0000') : kind === 'text or null' && part === null;
    });
  if (!fits) throw refusal('cursor-unknown');
  return key as unknown as Key;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
