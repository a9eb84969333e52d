/** How an amount was written: the unit of its column, and the sign before its decimals. */
export type MoneyUnit = 'dong' | 'million' | 'billion';
export type DecimalMark = 'comma' | 'point';

export type ReadAmount = { amount: bigint } | { fault: 'empty' | 'not-a-number' | 'not-whole' | 'too-large' };

const DECIMALS: Record<MoneyUnit, number> = { dong: 0, million: 6, billion: 9 };
const MOST_DONG = BigInt(Number.MAX_SAFE_INTEGER);

/** What people put around figures: blanks of all widths, the name of the currency. */
function bare(text: string): string {
  return text
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/(triệuđồng|tỷđồng|đồng|trđ|vnđ|vnd|đ|₫)$/iu, '')
    .replace(/[\u2212\u2013]/g, '-');
}

/**
 * Reads an amount exactly, in đồng: "1.234,5" or "1,234.5" in the given unit, "(412,5)" as negative. What is not a
 * whole đồng is refused, never rounded.
 */
export function readAmount(text: string, unit: MoneyUnit, mark: DecimalMark): ReadAmount {
  const plain = bare(text);
  if (plain === '' || plain === '-' || plain === '–') return { fault: 'empty' };
  const [, bracket, sign, digits, close] = /^(\()?([-+]?)([\d.,]+)(\))?$/.exec(plain) ?? [];
  if (digits === undefined || (bracket === undefined) !== (close === undefined)) return { fault: 'not-a-number' };
  const [grouping, decimal] = mark === 'comma' ? ['.', ','] : [',', '.'];
  const [whole = '', fraction = '', ...more] = digits.split(decimal);
  const groups = whole.split(grouping);
  const isGrouped = groups.every((group, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  if (more.length > 0 || !/^\d*$/.test(fraction) || !(/^\d+$/.test(whole) || isGrouped))
    return { fault: 'not-a-number' };
  const kept = fraction.replace(/0+$/, '');
  if (kept.length > DECIMALS[unit]) return { fault: 'not-whole' };
  const amount = BigInt(groups.join('') + kept.padEnd(DECIMALS[unit], '0'));
  if (amount > MOST_DONG) return { fault: 'too-large' };
  return { amount: sign === '-' || bracket !== undefined ? -amount : amount };
}

/** Reads what was typed into a cell: triệu đồng, either decimal sign. */
export function readTyped(text: string): ReadAmount {
  return readAmount(text, 'million', detectMark([text]));
}

/**
 * Which sign the decimals of a block have. One figure that can be read in one way only decides; figures such as
 * "1.234" alone leave it open, and then it is the comma, as Vietnamese is written.
 */
export function detectMark(texts: readonly string[]): DecimalMark {
  let [comma, point] = [0, 0];
  for (const text of texts) {
    const digits = /[\d.,]+/.exec(bare(text))?.[0] ?? '';
    const commas = digits.split(',').length - 1;
    const points = digits.split('.').length - 1;
    if (commas > 0 && points > 0) {
      if (digits.lastIndexOf(',') > digits.lastIndexOf('.')) comma += 1;
      else point += 1;
    } else if (commas > 1) point += 1;
    else if (points > 1) comma += 1;
    else if (commas + points === 1) {
      const [before = '', after = ''] = digits.split(/[.,]/);
      const maybeGroups = after.length === 3 && /^[1-9]\d{0,2}$/.test(before);
      if (maybeGroups) continue;
      if (commas === 1) comma += 1;
      else point += 1;
    }
  }
  return point > comma ? 'point' : 'comma';
}

/** Figures of at least a million without decimals are đồng; nobody's month is that many triệu in every cell. */
const LEAST_DONG = 1_000_000n;

/** The unit of a block: named in a title or head, else by the size of its figures. */
export function detectUnit(titles: readonly string[], figures: readonly string[]): MoneyUnit {
  const said = titles.join(' ').normalize('NFC').toLowerCase();
  if (/tỷ|tỉ đồng/u.test(said)) return 'billion';
  if (/triệu|trđ|tr\.đ/u.test(said)) return 'million';
  if (/đồng|vnđ|vnd/u.test(said)) return 'dong';
  const mark = detectMark(figures);
  const read = figures.flatMap((text) => {
    const found = readAmount(text, 'dong', mark);
    return 'fault' in found && found.fault === 'empty' ? [] : [found];
  });
  const sizes = read.flatMap((found) => ('amount' in found && found.amount !== 0n ? [abs(found.amount)] : []));
  if (sizes.length === 0 || read.some((found) => 'fault' in found && found.fault === 'not-whole')) return 'million';
  const large = sizes.filter((size) => size >= LEAST_DONG).length;
  return large * 2 > sizes.length ? 'dong' : 'million';
}

/** Triệu đồng, exact to the đồng, as typed: "34104,723". */
export function writeMillions(amount: bigint): string {
  const digits = abs(amount).toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  const whole = digits.slice(0, -6);
  return `${amount < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `,${fraction}`}`;
}

export function abs(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}
