/** Something that a reader would take for a fact: a figure or the name of a unit that stands in one text alone. */
export interface TextDifference {
  kind: 'figure' | 'name';
  ours: string | null;
  theirs: string | null;
  /** What stands around it, in the text that has it (ours where both do). */
  context: string;
}

interface Told {
  text: string;
  at: number;
}

const AROUND = 40;
/** So many letters before a figure say that two figures mean the same. */
const BEFORE = 16;
const UNITS = '%|đồng|tỷ|triệu|điểm|đơn vị|tháng liên tiếp';
/**
 * 1.234.567,8, 48,1, 30/09/2024 and whole numbers that count something; an ordinal, a page and the digits of a hash are
 * no figures. A figure bears its unit, so that 5 % and 5 đồng differ.
 */
const FIGURE = new RegExp(
  `(?<![\\p{L}\\d.,/])[\\u2212+-]?(?:\\d{1,2}/\\d{1,2}/\\d{4}|(?:\\d{1,3}(?:\\.\\d{3})+|\\d+)(?:,\\d+)?)(?:\\s?(?:${UNITS}))?(?![\\p{L}\\d])`,
  'gu',
);

/**
 * The figures and names that differ between a text of ours and one that somebody edited or signed, whatever the order
 * in which the other file tells them: each figure is looked for as often as it stands here. A figure that replaced
 * another behind the same words is told as one difference.
 */
export function textDifferences(
  ourText: string,
  theirText: string,
  names: readonly string[],
): readonly TextDifference[] {
  const [ours, theirs] = [plain(ourText), plain(theirText)];
  const [missing, added] = [notIn(figuresOf(ours), figuresOf(theirs)), notIn(figuresOf(theirs), figuresOf(ours))];
  const differences: TextDifference[] = [];
  for (const figure of missing) {
    const twin = added.findIndex((other) => before(theirs, other) === before(ours, figure));
    const [other] = twin < 0 ? [] : added.splice(twin, 1);
    differences.push({ kind: 'figure', ours: figure.text, theirs: other?.text ?? null, context: around(ours, figure) });
  }
  for (const figure of added)
    differences.push({ kind: 'figure', ours: null, theirs: figure.text, context: around(theirs, figure) });
  for (const name of names.map(plain)) {
    const [here, there] = [ours.indexOf(name), theirs.indexOf(name)];
    if (here >= 0 && there < 0)
      differences.push({ kind: 'name', ours: name, theirs: null, context: around(ours, { text: name, at: here }) });
    if (here < 0 && there >= 0)
      differences.push({ kind: 'name', ours: null, theirs: name, context: around(theirs, { text: name, at: there }) });
  }
  return differences;
}

/** Line ends, tabs and tied spaces are spaces; letters as they are composed. */
function plain(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
}

function figuresOf(text: string): Told[] {
  return [...text.matchAll(FIGURE)]
    .map((match): Told => ({ text: match[0].replace(/^-/, '\u2212'), at: match.index }))
    .filter(({ text: figure }) => /[.,/%]|\p{L}/u.test(figure));
}

function notIn(figures: readonly Told[], others: readonly Told[]): Told[] {
  const left = new Map<string, number>();
  for (const { text } of others) left.set(key(text), (left.get(key(text)) ?? 0) + 1);
  return figures.filter(({ text }) => {
    const count = left.get(key(text)) ?? 0;
    left.set(key(text), count - 1);
    return count < 1;
  });
}

const key = (figure: string): string => figure.replaceAll(' ', '');

function before(text: string, { at }: Told): string {
  return text.slice(Math.max(0, at - BEFORE), at);
}

function around(text: string, { text: own, at }: Told): string {
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + own.length + AROUND);
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}
