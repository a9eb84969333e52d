import { compare } from '#libs/kernel';
import { annexOfKeyProjects, annexOfList, annexOfUnits } from './annex-tables.js';
import type { DocumentTemplate } from './document-template.js';
import {
  BASIS_NAMES,
  GROUP_NAMES,
  monthName,
  unitsByGroup,
  type BasisFact,
  type MonthFacts,
  type UnitFact,
} from './month-facts.js';
import type { Annex, Block, OfficialDocument } from './official-document.js';
import { inBillions, inDong, percent, writtenDay } from './vietnamese-figures.js';

/**
 * The monthly announcement (thông báo) of a closed month: as-of day, both bases, the comparison by group, who was below
 * the average for the months of the threshold, key projects behind, tasks, and the annex tables. domain.md §6.
 */
export function composeAnnouncement(facts: MonthFacts, { tasks, ...form }: DocumentTemplate): OfficialDocument {
  const flagged = facts.units.filter((unit) => unit.flagged);
  const missing = facts.units.filter(({ status }) => status === 'missing');
  const sections: [title: string, blocks: Block[]][] = [
    ['Kết quả giải ngân', result(facts)],
    ['So sánh với bình quân chung của tỉnh', comparison(facts)],
    [`Đơn vị thấp hơn bình quân chung ${facts.thresholdMonths} tháng liên tiếp`, list(facts, flagged)],
    ...(missing.length > 0 ? [['Đơn vị chưa báo cáo', notReported(missing)] as [string, Block[]]] : []),
    ...(facts.keyProjectsBehind.length > 0
      ? [['Dự án trọng điểm chậm tiến độ', keyProjects(facts)] as [string, Block[]]]
      : []),
    ['Nhiệm vụ', tasks.map((text) => item(text))],
  ];
  const annexes = [annexOfUnits(facts), ...annexOfList(facts, flagged), ...annexOfKeyProjects(facts)];
  return {
    ...form,
    number: null,
    date: null,
    year: Number(facts.asOf.slice(0, 4)),
    typeName: 'THÔNG BÁO',
    subject: `Kết quả giải ngân vốn đầu tư công đến hết ${monthName(facts.month)}`,
    addressees: [],
    body: [
      ...sections.flatMap(([title, blocks], index): Block[] => [
        { kind: 'heading', text: `${index + 1}. ${title}` },
        ...blocks,
      ]),
      evidence(facts),
    ],
    annexes: annexes.map((annex, index): Annex => ({
      ...annex,
      label: annexes.length > 1 ? `Phụ lục ${ROMAN[index]}` : 'Phụ lục',
    })),
    illustrative: facts.illustrative,
  };
}

const ROMAN = ['I', 'II', 'III'];

function result(facts: MonthFacts): Block[] {
  return [
    paragraph(
      `Tính đến hết ngày ${writtenDay(facts.asOf)}, các đơn vị được giao vốn của tỉnh giải ngân ${inBillions(facts.disbursed)}.`,
    ),
    ...facts.bases.map((base) => item(basisSentence(base, facts))),
  ];
}

function basisSentence({ basis, isAssigned, plan, rate }: BasisFact, { judgedBy }: MonthFacts): string {
  const used = basis === judgedBy ? ' (căn cứ để xét)' : '';
  if (!isAssigned || rate === null) return `Theo ${BASIS_NAMES[basis]}: không giao ở cấp này${used}.`;
  return `Theo ${BASIS_NAMES[basis]} ${inBillions(plan)}: đạt ${percent(rate)}${used}.`;
}

function comparison(facts: MonthFacts): Block[] {
  if (facts.averages.length === 0) return [paragraph('Tháng này không có đơn vị nào được xét.')];
  const averages = facts.averages.map(({ group, rate }) =>
    group === '*'
      ? `Bình quân chung của tỉnh: ${percent(rate)}.`
      : `Bình quân của ${GROUP_NAMES[group] ?? group}: ${percent(rate)}.`,
  );
  return [
    ...averages.map((text) => item(text)),
    ...unitsByGroup(facts.units.filter(({ status }) => status !== 'not-rated')).map(({ name, units }) =>
      item(groupSentence(name, units)),
    ),
  ];
}

/** How many above, below, at 0 %; a unit that did not report is compared by what the books hold and said to be so. */
function groupSentence(name: string, units: readonly UnitFact[]): string {
  const isBelow = ({ rate, average }: UnitFact): boolean =>
    rate !== null && average !== null && compare(rate, average) < 0;
  const below = units.filter(isBelow).length;
  const nothing = units.filter(({ disbursed }) => disbursed === 0n).length;
  return `${name}: ${units.length} đơn vị được xét, ${units.length - below} đơn vị bằng hoặc cao hơn, ${below} đơn vị thấp hơn bình quân, trong đó ${nothing} đơn vị chưa giải ngân (0\u00a0%).`;
}

function list({ thresholdMonths, left }: MonthFacts, flagged: readonly UnitFact[]): Block[] {
  const none = `Không có đơn vị nào thấp hơn bình quân chung ${thresholdMonths} tháng liên tiếp.`;
  return [
    ...(flagged.length > 0 ? flagged.map((unit) => item(unitSentence(unit))) : [paragraph(none)]),
    ...(left.length > 0 ? [paragraph(`Ra khỏi danh sách so với tháng trước: ${left.join('; ')}.`)] : []),
  ];
}

function unitSentence({ name, rate, streak, gap, gapAttainable, isNew }: UnitFact): string {
  const reachable = gapAttainable ? '' : ', lớn hơn kế hoạch còn lại của đơn vị';
  return `${name}: ${rate ? percent(rate) : '–'}, ${streak} tháng liên tiếp${isNew ? ' (mới vào danh sách)' : ''}; cần giải ngân thêm ${inDong(gap)} để bằng bình quân chung${reachable}.`;
}

function notReported(missing: readonly UnitFact[]): Block[] {
  return [paragraph(`${missing.length} đơn vị chưa báo cáo tháng này: ${missing.map(({ name }) => name).join('; ')}.`)];
}

const BECAUSE = {
  'below-average': 'tỷ lệ giải ngân thấp hơn bình quân chung',
  'nothing-disbursed': 'ba tháng liên tiếp không giải ngân',
  'below-plan': 'khối lượng thực hiện thấp hơn kế hoạch của nhà đầu tư',
} as const;

function keyProjects({ keyProjectsBehind }: MonthFacts): Block[] {
  return keyProjectsBehind.map(({ name, responsible, because, rate }) =>
    item(`${name} (${responsible}): ${BECAUSE[because]}${rate ? `, đạt ${percent(rate)}` : ''}.`),
  );
}

/** What lets a reader check the figures: the definition, the policy and the hashes. */
export function evidence({ definition, evidence: { policyVersion, resultHash, auditHead } }: MonthFacts): Block {
  return {
    kind: 'paragraph',
    runs: [
      {
        text: `${definition} Chính sách xét phiên bản ${policyVersion}; mã kết quả ${resultHash}; nhật ký đến sự kiện số ${auditHead.seq}, mã ${auditHead.hash}.`,
        italic: true,
      },
    ],
    ragged: true,
  };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', runs: [{ text }] };
}

function item(text: string): Block {
  return { kind: 'item', runs: [{ text }] };
}
