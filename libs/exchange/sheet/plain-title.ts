/**
 * A title as it is compared: without case, diacritics, spaces and signs. "Mã dự án (*)" and "MA DU AN" are one.
 */
export function plainTitle(text: string): string {
  return withoutDiacritics(text.toLowerCase()).replaceAll(/[^a-z0-9]/g, '');
}

/** Words without diacritics, one space between them: for names, where the spaces tell words apart. */
export function plainWords(text: string): string {
  return withoutDiacritics(text.toLowerCase())
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

function withoutDiacritics(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd');
}

/** On one line, spaces of every sort single, NFC. */
export function tidyText(text: string): string {
  return text
    .replaceAll(/[\s\u00a0\u202f\u200b\ufeff]+/g, ' ')
    .trim()
    .normalize('NFC');
}
