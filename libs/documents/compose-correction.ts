import type { Rational } from '#libs/kernel';
import { evidence } from './compose-announcement.js';
import type { DocumentTemplate } from './document-template.js';
import { monthName, type MonthFacts } from './month-facts.js';
import type { Block, OfficialDocument } from './official-document.js';
import { percent, writtenDay } from './vietnamese-figures.js';

/** What became of a month's result from the version that was announced to the present one. */
export interface CorrectionFacts {
  from: number;
  to: number;
  /** "12/TB-UBND ngày 08/10/2024" of the announcement corrected; null where it never had a number. */
  corrected: string | null;
  averageBefore: Rational | null;
  averageAfter: Rational | null;
  joined: readonly string[];
  left: readonly string[];
  /** Those whose place on the list stays and whose figures do not; told where it shows in their rate. */
  changed: readonly { name: string; before: Rational | null; after: Rational | null }[];
}

/** The correction notice (thông báo đính chính): what was announced, what holds now, who came on and who left the list. */
export function composeCorrection(
  facts: MonthFacts,
  change: CorrectionFacts,
  template: DocumentTemplate,
): OfficialDocument {
  const announced = change.corrected ? `Thông báo số ${change.corrected}` : 'thông báo đã phát hành';
  const list = `danh sách đơn vị thấp hơn bình quân chung ${facts.thresholdMonths} tháng liên tiếp`;
  const { tasks, ...form } = template;
  return {
    ...form,
    number: null,
    date: null,
    year: Number(facts.asOf.slice(0, 4)),
    typeName: 'THÔNG BÁO',
    subject: `Đính chính kết quả giải ngân vốn đầu tư công đến hết ${monthName(facts.month)}`,
    addressees: [],
    body: [
      paragraph(
        `Sau khi số liệu đến hết ngày ${writtenDay(facts.asOf)} được mở lại và tính lại (lần ${change.from} thành lần ${change.to}), ${template.issuer.nameInText} đính chính ${announced} như sau:`,
      ),
      ...average(change),
      ...named(`Bổ sung vào ${list}`, change.joined),
      ...named(`Đưa ra khỏi ${list}`, change.left),
      ...change.changed
        .filter(({ before, after }) => stated(before) !== stated(after))
        .map(({ name, before, after }) => item(`${name}: ${stated(before)} nay là ${stated(after)}.`)),
      ...(change.joined.length + change.left.length === 0 ? [paragraph(`Không thay đổi ${list}.`)] : []),
      ...tasks.map(paragraph),
      evidence(facts),
    ],
    annexes: [],
    illustrative: facts.illustrative,
  };
}

function average({ averageBefore, averageAfter }: CorrectionFacts): Block[] {
  if (!averageBefore && !averageAfter) return [];
  const same = averageBefore && averageAfter && percent(averageBefore) === percent(averageAfter);
  return [
    item(
      same
        ? `Bình quân chung của tỉnh vẫn là ${percent(averageAfter)}.`
        : `Bình quân chung của tỉnh: ${stated(averageBefore)} nay là ${stated(averageAfter)}.`,
    ),
  ];
}

function named(title: string, names: readonly string[]): Block[] {
  return names.length === 0 ? [] : [item(`${title}: ${names.join('; ')}.`)];
}

function stated(rate: Rational | null): string {
  return rate ? percent(rate) : 'không xét';
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', runs: [{ text }] };
}

function item(text: string): Block {
  return { kind: 'item', runs: [{ text }] };
}
