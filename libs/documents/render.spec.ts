import { describe, expect, it } from '@jest/globals';
import { annexReference, numberLine, placeAndDate, renderDocx, renderPdf, type OfficialDocument } from './index.js';

const DOCUMENT: OfficialDocument = {
  issuer: {
    superior: null,
    name: 'ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN',
    nameInText: 'UBND tỉnh Lạng Sơn',
    place: 'Lạng Sơn',
  },
  symbol: 'TB-UBND',
  number: null,
  date: null,
  year: 2024,
  urgency: 'KHẨN',
  typeName: 'THÔNG BÁO',
  subject: 'Kết quả giải ngân',
  addressees: [],
  body: [{ kind: 'paragraph', runs: [{ text: 'Ẩ Ễ Ổ ự ữ ỵ' }] }],
  signature: { authority: ['TM. ỦY BAN NHÂN DÂN'], name: '' },
  recipients: ['Như trên', 'Lưu: VT'],
  annexes: [
    {
      label: 'Phụ lục',
      title: 'Đơn vị',
      blocks: [
        {
          kind: 'table',
          table: {
            measure: null,
            columns: [{ title: 'Đơn vị', align: 'left', share: 1 }],
            rows: Array.from({ length: 80 }, (_, i) => ({ cells: [`Đơn vị ${i + 1}`] })),
          },
        },
      ],
    },
  ],
  illustrative: true,
};

describe('number and date', () => {
  it('stay blank until the clerk gives them', () => {
    expect(numberLine(DOCUMENT)).toBe('Số:       /TB-UBND');
    expect(placeAndDate(DOCUMENT)).toBe('Lạng Sơn, ngày       tháng       năm 2024');
  });

  it.each([
    ['2024-10-08', 'Lạng Sơn, ngày 08 tháng 10 năm 2024'],
    ['2025-02-05', 'Lạng Sơn, ngày 05 tháng 02 năm 2025'],
    ['2025-03-31', 'Lạng Sơn, ngày 31 tháng 3 năm 2025'],
  ])('%s is written as the decree writes it', (date, written) => {
    expect(placeAndDate({ ...DOCUMENT, date })).toBe(written);
  });

  it('stand under the title of an annex too', () => {
    expect(annexReference({ ...DOCUMENT, number: '123', date: '2024-10-08' })).toBe(
      '(Kèm theo Thông báo số 123/TB-UBND ngày 08 tháng 10 năm 2024 của UBND tỉnh Lạng Sơn)',
    );
  });
});

describe('a document on paper', () => {
  it('is a PDF with every face of Tinos in it, and as many pages as 80 rows need', async () => {
    const pdf = (await renderPdf(DOCUMENT)).toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    for (const face of ['Tinos-Regular', 'Tinos-Bold', 'Tinos-Italic'])
      expect(pdf).toMatch(new RegExp(`/FontName /[A-Z]+\\+${face}`));
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(3);
  });

  it('is a Word file that brings the font along', async () => {
    const file = (await renderDocx(DOCUMENT)).toString('latin1');
    expect(file.slice(0, 2)).toBe('PK');
    expect(file).toContain('word/document.xml');
    expect(file).toContain('word/fonts/');
  });
});
