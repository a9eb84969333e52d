import { evidence } from './compose-announcement.js';
import type { DocumentTemplate } from './document-template.js';
import { BASIS_NAMES, monthName, type MonthFacts, type UnitFact } from './month-facts.js';
import type { Block, OfficialDocument } from './official-document.js';
import { inDong, percent, writtenDay } from './vietnamese-figures.js';

/**
 * The letter (công văn) to one unit on the list: its own figures to the đồng, what the average is, how long it has been
 * below, what would bring it up to the average, and what is asked of it.
 */
export function composeUnitLetter(facts: MonthFacts, unit: UnitFact, template: DocumentTemplate): OfficialDocument {
  const basis = BASIS_NAMES[facts.judgedBy];
  return letter(facts, template, {
    subject: `đôn đốc giải ngân vốn đầu tư công ${monthName(facts.month)}`,
    addressees: [unit.name],
    body: [
      paragraph(
        `Tính đến hết ngày ${writtenDay(facts.asOf)}, ${unit.name} giải ngân ${inDong(unit.disbursed)} trên ${basis} ${inDong(unit.plan)}${unit.rate ? `, đạt ${percent(unit.rate)}` : ''}${unit.average ? `; bình quân chung của tỉnh là ${percent(unit.average)}` : ''}.`,
      ),
      paragraph(
        `Kết quả của đơn vị thấp hơn bình quân chung ${unit.streak} tháng liên tiếp. Để bằng bình quân chung, đơn vị cần giải ngân thêm ${inDong(unit.gap)}${unit.gapAttainable ? '' : ', lớn hơn kế hoạch còn lại của đơn vị'}.`,
      ),
      paragraph(`${template.issuer.nameInText} đề nghị đơn vị:`),
      ...template.tasks.map(item),
      evidence(facts),
    ],
  });
}

/** The sheet (công văn) that sends an inspection team to the units of its area: each with its figures. */
export function composeTeamAssignment(
  facts: MonthFacts,
  team: { code: string; name: string },
  template: DocumentTemplate,
): OfficialDocument {
  const units = facts.units.filter((unit) => unit.team?.code === team.code && unit.flagged);
  const silent = facts.units.filter((unit) => unit.team?.code === team.code && unit.status === 'missing');
  return letter(facts, template, {
    subject: `kiểm tra, đôn đốc giải ngân vốn đầu tư công ${monthName(facts.month)}`,
    addressees: [team.name],
    body: [
      paragraph(
        `Căn cứ kết quả giải ngân đến hết ngày ${writtenDay(facts.asOf)}, ${template.issuer.nameInText} giao ${team.name} kiểm tra, đôn đốc các đơn vị sau:`,
      ),
      ...units.map((unit) =>
        item(
          `${unit.name}: ${unit.rate ? percent(unit.rate) : '–'}, thấp hơn bình quân chung ${unit.streak} tháng liên tiếp, còn thiếu ${inDong(unit.gap)}.`,
        ),
      ),
      ...silent.map(({ name }) => item(`${name}: chưa báo cáo tháng này.`)),
      ...template.tasks.map(paragraph),
      evidence(facts),
    ],
  });
}

function letter(
  { asOf, illustrative }: MonthFacts,
  { tasks: _asked, ...form }: DocumentTemplate,
  content: Pick<OfficialDocument, 'subject' | 'addressees' | 'body'>,
): OfficialDocument {
  return {
    ...form,
    number: null,
    date: null,
    year: Number(asOf.slice(0, 4)),
    typeName: null,
    annexes: [],
    illustrative,
    ...content,
  };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', runs: [{ text }] };
}

function item(text: string): Block {
  return { kind: 'item', runs: [{ text }] };
}
