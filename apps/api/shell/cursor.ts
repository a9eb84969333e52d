import { refusal } from './refusal.js';

/** A place in a list, opaque to the caller: the key of the last row it has seen. */
export function cursorAfter(key: string | number | undefined): string | null {
  return key === undefined ? null : Buffer.from(String(key), 'utf8').toString('base64url');
}

export function keyOfCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (key === '' || key.includes('\u0000') || cursorAfter(key) !== cursor) throw refusal('cursor-unknown');
  return key;
}

export function numberOfCursor(cursor: string | undefined): number | undefined {
  const key = keyOfCursor(cursor);
  if (key === undefined) return undefined;
  const value = Number(key);
  if (!Number.isSafeInteger(value) || value < 0 || value > 2_147_483_647) throw refusal('cursor-unknown');
  return value;
}
