import { describe, expect, it } from '@jest/globals';
import { composeAgenda, composeMinutes, type MeetingFacts } from './compose-meeting.js';
import { defaultTemplate } from './document-template.js';
import type { Block } from './official-document.js';

const decision = { text: 'Chi trả cho 12 hộ', owner: 'UBND huyện', dueDate: '2024-10-25' };
const facts: MeetingFacts = {
  bodyName: 'UBND tỉnh',
  isForDifficulty: false,
  heldOn: '2024-10-08',
  place: 'Phòng họp số 1',
  isFixed: true,
  members: ['A, Phó Chủ tịch (chủ trì)', 'B, Chuyên viên (thư ký)'],
  present: ['A, Phó Chủ tịch (chủ trì)'],
  chair: 'A',
  secretary: 'B',
  items: [
    { isUndone: true, title: 'Mở mỏ đất', facts: 'Giao Sở, hạn 01/10/2024 (quá hạn).', decisions: [] },
    { isUndone: false, title: 'Còn 12 hộ', facts: '', decisions: [decision] },
  ],
  otherDecisions: [{ text: 'Báo cáo tuần', owner: 'Các đơn vị', dueDate: '2024-12-31' }],
  conclusion: 'Thống nhất.',
  illustrative: true,
};
const template = defaultTemplate('announcement', 'Lạng Sơn');

/** The text in the order in which both files have it. */
function textOf(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) =>
    block.kind === 'table'
      ? block.table.rows.map(({ cells }) => cells.join(' | '))
      : [block.kind === 'heading' ? block.text : block.runs.map(({ text }) => text).join('')],
  );
}

describe('the papers of a meeting', () => {
  it('the agenda begins with what was decided and not done', () => {
    const agenda = composeAgenda(facts, template);
    expect(textOf(agenda.body)).toEqual([
      'Thời gian: ngày 08/10/2024. Địa điểm: Phòng họp số 1.',
      'Thành phần: A, Phó Chủ tịch (chủ trì); B, Chuyên viên (thư ký).',
      'I. Việc đã kết luận, chưa hoàn thành',
      '1. Mở mỏ đất',
      'Giao Sở, hạn 01/10/2024 (quá hạn).',
      'II. Nội dung xem xét',
      '1. Còn 12 hộ',
    ]);
    expect(agenda).toMatchObject({
      typeName: 'CHƯƠNG TRÌNH',
      subject: 'Họp UBND tỉnh hằng tháng, ngày 08/10/2024',
      number: null,
      date: null,
      illustrative: true,
    });
  });

  it('says so while it may still change, and leaves out the part that is empty', () => {
    const draft = composeAgenda({ ...facts, isFixed: false, items: facts.items.slice(1) }, template);
    const text = textOf(draft.body);
    expect(text[0]).toBe('Dự thảo: nội dung còn có thể thay đổi đến khi chốt chương trình.');
    expect(text.filter((line) => /^I+\. /.test(line))).toEqual(['I. Nội dung xem xét']);
  });

  it('the minutes name who came, what was taken up, and who does what by when', () => {
    const minutes = composeMinutes(facts, template);
    expect(textOf(minutes.body)).toEqual([
      'Thời gian: ngày 08/10/2024. Địa điểm: Phòng họp số 1.',
      'I. Thành phần dự họp',
      'A, Phó Chủ tịch (chủ trì)',
      'II. Nội dung',
      '1. Mở mỏ đất',
      'Giao Sở, hạn 01/10/2024 (quá hạn).',
      '2. Còn 12 hộ',
      'III. Kết luận',
      'Thống nhất.',
      '1 | Chi trả cho 12 hộ | UBND huyện | 25/10/2024',
      '2 | Báo cáo tuần | Các đơn vị | 31/12/2024',
      'Thư ký ghi biên bản: B.',
    ]);
    expect(minutes.signature).toEqual({ authority: ['CHỦ TRÌ'], name: 'A' });
  });
});
