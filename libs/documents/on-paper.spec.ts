import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentText, fileText, renderDocx, renderPdf, type OfficialDocument } from './index.js';

const NAME =
  'Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng, công nghiệp, giao thông và nông nghiệp tỉnh Lạng Sơn';

/** As long as an announcement gets: 80 rows of the longest names, letters with two marks, a number. */
const DOCUMENT: OfficialDocument = {
  issuer: {
    superior: 'ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN',
    name: 'SỞ KẾ HOẠCH\nVÀ ĐẦU TƯ',
    nameInText: 'Sở Kế hoạch và Đầu tư',
    place: 'Lạng Sơn',
  },
  symbol: 'TB-SKHĐT',
  number: '05',
  date: '2024-10-08',
  year: 2024,
  urgency: 'KHẨN',
  typeName: 'THÔNG BÁO',
  subject: 'Kết quả giải ngân vốn đầu tư công đến hết tháng 9 năm 2024',
  addressees: [],
  body: [
    { kind: 'heading', text: '1. Kết quả' },
    {
      kind: 'paragraph',
      runs: [{ text: 'Ẩ Ễ Ổ ự ữ ỵ: ' }, { text: 'bình quân chung 48,1\u00a0%', bold: true }, { text: '.' }],
    },
    { kind: 'item', runs: [{ text: `${NAME}: 12,5\u00a0%.`, italic: true }] },
    { kind: 'paragraph', runs: [{ text: 'Phối hợp thực hiện.' }] },
  ],
  signature: { authority: ['GIÁM ĐỐC'], name: 'Nguyễn Văn Ước' },
  recipients: ['Chủ tịch, các Phó Chủ tịch UBND tỉnh', 'Lưu: VT, TH'],
  annexes: [
    {
      label: 'Phụ lục',
      title: 'Kết quả giải ngân của các đơn vị',
      blocks: [
        {
          kind: 'table',
          table: {
            measure: 'Đơn vị tính: tỷ đồng',
            columns: [
              { title: 'TT', align: 'center', share: 5 },
              { title: 'Đơn vị', align: 'left', share: 60 },
              { title: 'Kế hoạch', align: 'right', share: 20 },
              { title: 'Tỷ lệ (%)', align: 'right', share: 15 },
            ],
            rows: Array.from({ length: 80 }, (_, i) => ({
              cells: [String(i + 1), NAME, `1.234.${String(100 + i)},5`, '48,1'],
            })),
          },
        },
      ],
    },
  ],
  illustrative: false,
};

const has = (program: string, ...version: string[]): boolean => spawnSync(program, version).error === undefined;
/** Without spaces: where a line ends is the paper's affair. */
const letters = (text: string): string => text.normalize('NFC').replaceAll(/\s+/gu, '');

describe('PDF and Word file of one document', () => {
  let folder: string;
  let pdf: Buffer;
  let docx: Buffer;
  const expected = letters(documentText(DOCUMENT).join(''));
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tracker-paper-'));
    pdf = await renderPdf(DOCUMENT);
    docx = await renderDocx(DOCUMENT);
    writeFileSync(join(folder, 'van-ban.pdf'), pdf);
    writeFileSync(join(folder, 'van-ban.docx'), docx);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('hold the same text in the same order, the Word file to the letter', async () => {
    expect(letters(await fileText('docx', docx, 'van-ban.docx'))).toBe(expected);
  });

  it('the PDF tells each name and figure as often, and its annex in the order of the rows', async () => {
    const text = (await fileText('pdf', pdf, 'van-ban.pdf')).normalize('NFC').replaceAll(/\s+/gu, ' ');
    expect(text.split(NAME)).toHaveLength(82);
    const figures = [...text.matchAll(/1\.234\.\d{3},5/g)].map(([figure]) => figure);
    expect(figures).toEqual(Array.from({ length: 80 }, (_, i) => `1.234.${100 + i},5`));
  });

  const pdftotext = has('pdftotext', '-v') ? it : it.skip;
  pdftotext('the PDF can be selected and copied right (skipped without pdftotext)', () => {
    const text = execFileSync('pdftotext', ['-raw', join(folder, 'van-ban.pdf'), '-'], { encoding: 'utf8' });
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc');
    expect(text).toContain('Số: 05/TB-SKHĐT');
    expect(text).toContain('Ẩ Ễ Ổ ự ữ ỵ: bình quân chung 48,1');
    const pages = text.split('\f').slice(0, -1);
    // The document on its page, the annex on its own; numbers from each one's second page on.
    expect(pages.map((page) => /\n(\d)$/.exec(page.trimEnd())?.[1] ?? '')).toEqual([
      '',
      '',
      ...Array.from({ length: pages.length - 2 }, (_, i) => String(i + 2)),
    ]);
    expect(pages.length).toBeGreaterThan(4);
  });

  const soffice = has('soffice', '--version') ? it : it.skip;
  soffice(
    'the Word file opens in LibreOffice with the text of the PDF (skipped without soffice)',
    () => {
      execFileSync(
        'soffice',
        [
          `-env:UserInstallation=file://${folder}/profile`,
          '--headless',
          '--convert-to',
          'txt:Text (encoded):UTF8',
        ].concat(['--outdir', folder, join(folder, 'van-ban.docx')]),
        { stdio: 'ignore' },
      );
      const text = readFileSync(join(folder, 'van-ban.txt'), 'utf8').replace(/^\ufeff/, '');
      expect(letters(text)).toBe(expected);
    },
    120_000,
  );

  it.each([
    [1, 39],
    [2, 38],
    [6, 35],
    [7, 34],
  ])('an annex that just fills its page leaves none behind it: the next begins anew (%i, %i)', async (lines, rows) => {
    // So many lines in the first row and so many rows end within some points of the foot of the page.
    const table = {
      measure: null,
      columns: [{ title: 'Đơn vị', align: 'left' as const, share: 1 }],
      rows: Array.from({ length: rows }, (_, i) => ({ cells: [`Đơn vị${i === 0 ? '\nĐơn vị'.repeat(lines) : ''}`] })),
    };
    const annexes = ['Phụ lục I', 'Phụ lục II'].map((label) => ({
      label,
      title: 'Đơn vị',
      blocks: [{ kind: 'table' as const, table }],
    }));
    const issuer = { ...DOCUMENT.issuer, nameInText: 'UBND' };
    const draft = { ...DOCUMENT, issuer, number: null, date: null, annexes };
    const text = await fileText('pdf', await renderPdf(draft), '');
    // Neither has more than two pages, each counts its own.
    expect(text.match(/^\d$/gm) ?? []).not.toContain('3');
  });
});
