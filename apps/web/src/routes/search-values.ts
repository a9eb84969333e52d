export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

// From the address bar every value is text; from a link within the program it has its type.
export const isTrue = (value: unknown): boolean => value === true || value === 'true';

export const idOf = (value: unknown): number | undefined =>
  /^[1-9]\d{0,9}$/.test(String(value)) ? Number(value) : undefined;
