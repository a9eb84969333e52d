/** SQL of text as it is compared in a search: no case, no diacritics, đ as d. */
export function folded(text: string): string {
  return `replace(regexp_replace(normalize(lower(${text}), NFD), '[\\u0300-\\u036f]', '', 'g'), 'đ', 'd')`;
}
