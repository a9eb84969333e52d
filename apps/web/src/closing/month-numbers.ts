import { parseMonth } from '../format/month';

/** "4", "4, 5", "4–9": the numbers of months that follow each other. */
export function monthNumbers(months: readonly string[]): string {
  const numbers = months.map((month) => parseMonth(month).number);
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (first === undefined || last === undefined) return '';
  return numbers.length > 2 && last - first === numbers.length - 1 ? `${first}–${last}` : numbers.join(', ');
}
