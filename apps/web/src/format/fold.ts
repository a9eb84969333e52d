/** Search key: no marks, no case, đ as d, so that "binh gia" finds "Bình Gia" whether typed as NFC or NFD. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase().replace(/\s+/g, ' ').trim();
}

const collator = new Intl.Collator('vi', { numeric: true });

/** Vietnamese alphabetical order: a ă â b c d đ e ê …, with numbers by value. */
export function compareVietnamese(first: string, second: string): number {
  return collator.compare(first, second);
}
