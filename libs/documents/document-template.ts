import type { IssuingBody, Signature } from './official-document.js';

export const DOCUMENT_KINDS = [
  'announcement',
  'unit-letter',
  'team-assignment',
  'correction',
  'agenda',
  'minutes',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** What a province sets for itself: who issues, who signs, who receives, how urgent. The figures are never part of it. */
export interface DocumentTemplate {
  issuer: IssuingBody;
  symbol: string;
  urgency: string | null;
  signature: Signature;
  recipients: readonly string[];
  /** Closing sentences: what is asked of whom, by when. */
  tasks: readonly string[];
}

/** The usual form of a provincial people's committee; a province edits it before its first document. */
export function defaultTemplate(kind: DocumentKind, provinceName: string): DocumentTemplate {
  const province = provinceName.toLocaleUpperCase('vi');
  const committee: IssuingBody = {
    superior: null,
    name: `ỦY BAN NHÂN DÂN\nTỈNH ${province}`,
    nameInText: `UBND tỉnh ${provinceName}`,
    place: provinceName,
  };
  const signature: Signature = { authority: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: '' };
  const base = { issuer: committee, urgency: null, signature };
  switch (kind) {
    case 'correction':
      return {
        ...base,
        symbol: 'TB-UBND',
        recipients: ['Như nơi nhận của thông báo được đính chính', 'Lưu: VT, TH'],
        tasks: ['Các cơ quan, đơn vị sử dụng số liệu tại thông báo này thay cho số liệu đã thông báo.'],
      };
    case 'agenda':
      return { ...base, symbol: 'GM-UBND', recipients: ['Thành phần dự họp', 'Lưu: VT, TH'], tasks: [] };
    case 'minutes':
      return { ...base, symbol: 'BB-UBND', recipients: ['Thành phần dự họp', 'Lưu: VT, TH'], tasks: [] };
    case 'announcement':
      return {
        ...base,
        symbol: 'TB-UBND',
        recipients: [
          'Thường trực Tỉnh ủy, Thường trực HĐND tỉnh',
          'Chủ tịch, các Phó Chủ tịch UBND tỉnh',
          'Các sở, ban, ngành, chủ đầu tư',
          'UBND các huyện, thành phố',
          'Lưu: VT, TH',
        ],
        tasks: [
          'Các đơn vị có tên trong danh sách báo cáo giải trình nguyên nhân, giải pháp và cam kết tiến độ giải ngân từng dự án.',
          'Các đoàn kiểm tra làm việc với các đơn vị thuộc địa bàn phụ trách, kịp thời tháo gỡ khó khăn, vướng mắc.',
        ],
      };
    case 'unit-letter':
      return {
        ...base,
        symbol: 'UBND-TH',
        recipients: ['Như trên', 'Chủ tịch, các Phó Chủ tịch UBND tỉnh', 'Đoàn kiểm tra phụ trách', 'Lưu: VT, TH'],
        tasks: [
          'Báo cáo giải trình nguyên nhân và giải pháp khắc phục; nếu số liệu chưa đúng, kiến nghị xem lại và nêu rõ số liệu nào.',
          'Rà soát từng dự án, lập tiến độ giải ngân chi tiết theo tháng và phân công người chịu trách nhiệm.',
        ],
      };
    case 'team-assignment':
      return {
        ...base,
        symbol: 'UBND-TH',
        recipients: ['Như trên', 'Chủ tịch, các Phó Chủ tịch UBND tỉnh', 'Lưu: VT, TH'],
        tasks: ['Lập kế hoạch kiểm tra, báo cáo kết quả và những khó khăn cần cấp có thẩm quyền giải quyết.'],
      };
  }
}
