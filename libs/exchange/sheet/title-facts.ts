import { plainTitle } from './plain-title.js';
import type { AmountUnit } from './sheet.js';

/** What a title or heading says beside its name. */
export interface TitleFacts {
  /** The name without unit, period and brackets, as titles are compared. */
  base: string;
  unit?: AmountUnit;
  planYear?: string;
  month?: string;
  /** "Luỹ kế", "từ đầu năm": since the start of the year. */
  cumulative: boolean;
}

const MULTIPLES: Readonly<Record<string, AmountUnit>> = {
  trieu: 'trieu-dong',
  '1000000': 'trieu-dong',
  ty: 'ty-dong',
  ti: 'ty-dong',
  nghin: 'nghin-dong',
  ngan: 'nghin-dong',
  '1000': 'nghin-dong',
};

const MULTIPLE = String.raw`(?:(trieu|ty|ti|nghin|ngan|1[.,]?000[.,]?000|1[.,]?000)\s*)`;
const MONEY = String.raw`(?:dong|vnd|d)(?![a-z])`;
/** After "Đơn vị tính" or "ĐVT", or alone in its cell. */
const ANNOUNCED = new RegExp(
  String.raw`(?:^|[^a-z])(?:don vi(?: tinh)?|dvt|dv tinh)\s*[:.]?\s*\(?\s*${MULTIPLE}?${MONEY}`,
);
const ALONE = new RegExp(String.raw`^\(?\s*${MULTIPLE}?${MONEY}\s*\)?\s*$`);
/** In a column's heading: a multiple names a unit, plain đồng only in brackets or after a comma. */
const IN_HEADING = new RegExp(String.raw`(?:^|[^a-z0-9])${MULTIPLE}${MONEY}|[(,]\s*()${MONEY}\s*\)?`);

/** The unit of amounts that a text above the table states; undefined: none. A sum in a sentence states none. */
export function unitInTitle(text: string): AmountUnit | undefined {
  const plain = plainSigns(text);
  const match = ANNOUNCED.exec(plain) ?? ALONE.exec(plain);
  return match ? unitOf(match[1]) : undefined;
}

/** The unit that a column's heading states. */
export function unitInHeading(text: string): AmountUnit | undefined {
  const match = IN_HEADING.exec(plainSigns(text));
  return match ? unitOf(match[1]) : unitInTitle(text);
}

function unitOf(multiple: string | undefined): AmountUnit {
  return multiple ? (MULTIPLES[multiple.replaceAll(/[.,]/g, '')] as AmountUnit) : 'dong';
}

const PERIODS: readonly RegExp[] = [
  /\(?\s*(?:tinh\s+)?(?:den|het|toi)\s+(?:het\s+)?(?:ngay\s+)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?\s*\)?/,
  /(?:den\s+)?(?:het\s+)?thang\s+\d{1,2}(?:\s+nam\s+\d{4}|\s*\/\s*\d{4}|\s*-\s*\d{4})?/,
  /(?:(?:ke\s+)?tu\s+)?(?:dau\s+nam|khoi\s+cong)(?:\s+den\s+(?:nay|het))?/,
  /(?:ke\s+hoach\s+)?nam\s+\d{4}/,
  /\d{1,2}\s+thang/,
];

/** "Lũy kế giải ngân từ đầu năm đến 30/9/2024 (triệu đồng)" → base "giaingan", cumulative, triệu đồng, month 9. */
export function titleFacts(text: string): TitleFacts {
  const plain = plainSigns(text);
  const period = periodIn(plain);
  let rest = plain.replace(/\([^)]*\)/g, ' ').replace(new RegExp(`,\\s*${MULTIPLE}?${MONEY}`), ' ');
  const cumulative = /\bluy\s*ke\b|\btu dau nam\b|\bcong don\b/.test(plain);
  rest = rest.replace(/\bluy\s*ke\b|\bcong don\b/g, ' ');
  // "Kế hoạch năm 2024" is a name with a year, not a year alone.
  for (const pattern of PERIODS)
    rest = rest.replace(pattern, (found) => (/^ke hoach/.test(found) ? ' ke hoach ' : ' '));
  return { base: plainTitle(rest), unit: unitInHeading(text), ...period, cumulative };
}

/** The reporting period that a text names; the day on which a document was signed is none. */
export function periodIn(plain: string): { planYear?: string; month?: string } {
  const text = plain.replaceAll(/ngay\s+(?:\d{1,2}|[.…\s]+)\s+thang\s+(?:\d{1,2}|[.…\s]+)\s+nam\s+\d{4}/g, ' ');
  const named = /(?:^|[^a-z0-9])(?:thang|t\.?)\s*(0?[1-9]|1[0-3])(?!\d)(?:\s*(?:nam|\/|-|\.)\s*(\d{4}))?/.exec(text);
  const lastDay = /\b(?:28|29|30|31)[/.-](0?[1-9]|1[0-2])[/.-](\d{4})\b/.exec(text);
  const year = named?.[2] ?? /(?:nam|nien do)\s+(\d{4})/.exec(text)?.[1] ?? lastDay?.[2];
  const month = named?.[1] ?? lastDay?.[1];
  return {
    ...(year ? { planYear: year } : {}),
    ...(month ? { month: String(Number(month)) } : {}),
  };
}

/** Lower case without diacritics, signs kept, one space between words. */
export function plainSigns(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
