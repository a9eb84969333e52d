/** A reporting period of the address bar and the API: 2024-09 … 2024-13. */
export interface PeriodOfYear {
  planYear: number;
  number: number;
}

export function parseMonth(month: string): PeriodOfYear {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-3])$/.exec(month) ?? [];
  if (year === undefined || number === undefined) throw new RangeError(`not a month: ${month}`);
  return { planYear: Number(year), number: Number(number) };
}

export function isMonth(text: string): boolean {
  return /^\d{4}-(0[1-9]|1[0-3])$/.test(text);
}

export function writeMonth({ planYear, number }: PeriodOfYear): string {
  return `${planYear}-${String(number).padStart(2, '0')}`;
}
