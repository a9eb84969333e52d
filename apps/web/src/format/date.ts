/** A calendar day as the server sends it (2024-09-30): 30/09/2024. No Date object, so no time zone can move it. */
export function formatDay(isoDay: string): string {
  const [year = '', month = '', day = ''] = isoDay.slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

const OFFICE_CLOCK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

function officeParts(moment: string | Date): Record<string, string> {
  const date = typeof moment === 'string' ? new Date(moment) : moment;
  return Object.fromEntries(OFFICE_CLOCK.formatToParts(date).map((part) => [part.type, part.value]));
}

/** The day of a moment on the province's clock: 08/10/2024, wherever the reader's computer thinks it is. */
export function formatDayOf(moment: string): string {
  const { day, month, year } = officeParts(moment);
  return `${day}/${month}/${year}`;
}

/** 09/10/2024, 08:00 on the province's clock. */
export function formatMoment(moment: string | Date): string {
  const { day, month, year, hour, minute } = officeParts(moment);
  return `${day}/${month}/${year}, ${hour}:${minute}`;
}
