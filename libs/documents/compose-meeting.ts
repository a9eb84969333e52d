import type { IsoDate } from '#libs/kernel';
import type { DocumentTemplate } from './document-template.js';
import type { Block, OfficialDocument } from './official-document.js';
import { writtenDay } from './vietnamese-figures.js';

export interface MeetingDecisionFact {
  text: string;
  owner: string;
  dueDate: IsoDate;
}

/** What a meeting's agenda and minutes say; the items as they were frozen. */
export interface MeetingFacts {
  bodyName: string;
  /** Called because of a difficulty; else the month's. */
  isForDifficulty: boolean;
  heldOn: IsoDate;
  place: string;
  /** The agenda stands; before that it is a draft. */
  isFixed: boolean;
  /** Of the body on that day, and those of them who came: "name, position". */
  members: readonly string[];
  present: readonly string[];
  chair: string;
  secretary: string;
  items: readonly {
    /** Decided by an earlier meeting and not done. */
    isUndone: boolean;
    title: string;
    facts: string;
    decisions: readonly MeetingDecisionFact[];
  }[];
  /** On nothing of the agenda. */
  otherDecisions: readonly MeetingDecisionFact[];
  conclusion: string;
  illustrative: boolean;
}

/** The agenda (chương trình): first what was decided and not done, then the month's matters, each with its facts. */
export function composeAgenda(facts: MeetingFacts, template: DocumentTemplate): OfficialDocument {
  const [undone, others] = [
    facts.items.filter(({ isUndone }) => isUndone),
    facts.items.filter((each) => !each.isUndone),
  ];
  return paper(facts, template, {
    symbol: 'CTr-UBND',
    typeName: 'CHƯƠNG TRÌNH',
    authority: template.signature.authority,
    name: template.signature.name,
    recipients: ['Các thành viên dự họp', 'Lưu: VT, TH'],
    body: [
      ...(facts.isFixed ? [] : [paragraph('Dự thảo: nội dung còn có thể thay đổi đến khi chốt chương trình.')]),
      paragraph(`Thời gian: ngày ${writtenDay(facts.heldOn)}. Địa điểm: ${facts.place}.`),
      paragraph(`Thành phần: ${facts.members.length === 0 ? facts.bodyName : facts.members.join('; ')}.`),
      ...section('I. Việc đã kết luận, chưa hoàn thành', undone),
      ...section(undone.length > 0 ? 'II. Nội dung xem xét' : 'I. Nội dung xem xét', others),
    ],
  });
}

/** The minutes (biên bản): who came, what was taken up, what was decided, who does it by when. */
export function composeMinutes(facts: MeetingFacts, template: DocumentTemplate): OfficialDocument {
  const decisions = [...facts.items.flatMap((each) => each.decisions), ...facts.otherDecisions];
  return paper(facts, template, {
    symbol: 'BB-UBND',
    typeName: 'BIÊN BẢN',
    authority: ['CHỦ TRÌ'],
    name: facts.chair,
    recipients: ['Các thành viên dự họp', 'Các đơn vị được giao việc', 'Lưu: VT, TH'],
    body: [
      paragraph(`Thời gian: ngày ${writtenDay(facts.heldOn)}. Địa điểm: ${facts.place}.`),
      heading('I. Thành phần dự họp'),
      ...(facts.present.length === 0 ? [paragraph('Chưa ghi người dự họp.')] : facts.present.map(item)),
      ...section('II. Nội dung', facts.items),
      heading('III. Kết luận'),
      ...(facts.conclusion === '' ? [] : [paragraph(facts.conclusion)]),
      ...(decisions.length === 0 ? [paragraph('Cuộc họp không giao việc cụ thể.')] : [assignments(decisions)]),
      ...(facts.secretary === '' ? [] : [paragraph(`Thư ký ghi biên bản: ${facts.secretary}.`)]),
    ],
  });
}

function assignments(decisions: readonly MeetingDecisionFact[]): Block {
  return {
    kind: 'table',
    table: {
      measure: null,
      columns: [
        { title: 'TT', align: 'center', share: 1 },
        { title: 'Nội dung giao', align: 'left', share: 8 },
        { title: 'Người, cơ quan thực hiện', align: 'left', share: 4 },
        { title: 'Hạn', align: 'center', share: 2.4 },
      ],
      rows: decisions.map(({ text, owner, dueDate }, i) => ({
        cells: [String(i + 1), text, owner, writtenDay(dueDate)],
      })),
    },
  };
}

function section(title: string, items: MeetingFacts['items']): Block[] {
  if (items.length === 0) return [];
  return [
    heading(title),
    ...items.flatMap((each, i): Block[] => [
      { kind: 'paragraph', runs: [{ text: `${i + 1}. ${each.title}`, bold: true }] },
      ...(each.facts === '' ? [] : [paragraph(each.facts)]),
    ]),
  ];
}

interface Paper extends Pick<OfficialDocument, 'symbol' | 'typeName' | 'recipients' | 'body'> {
  authority: readonly string[];
  name: string;
}

function paper(
  facts: MeetingFacts,
  template: DocumentTemplate,
  { authority, name, ...content }: Paper,
): OfficialDocument {
  return {
    issuer: template.issuer,
    urgency: template.urgency,
    number: null,
    date: null,
    year: Number(facts.heldOn.slice(0, 4)),
    subject: `Họp ${facts.bodyName} ${facts.isForDifficulty ? 'về khó khăn, vướng mắc' : 'hằng tháng'}, ngày ${writtenDay(facts.heldOn)}`,
    addressees: [],
    annexes: [],
    signature: { authority, name },
    illustrative: facts.illustrative,
    ...content,
  };
}

function heading(text: string): Block {
  return { kind: 'heading', text };
}

function paragraph(text: string): Block {
  return { kind: 'paragraph', runs: [{ text }] };
}

function item(text: string): Block {
  return { kind: 'item', runs: [{ text }] };
}
