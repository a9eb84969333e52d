import { readFileSync } from 'node:fs';
import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Header,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type FileChild,
  type IParagraphOptions,
  type IRunOptions,
  type ISectionOptions,
} from 'docx';
import { TINOS } from './fonts.js';
import {
  annexReference,
  numberLine,
  placeAndDate,
  type Annex,
  type Block,
  type DocumentTable,
  type OfficialDocument,
  type Run,
} from './official-document.js';
import { FIRST_LINE_MM, ILLUSTRATIVE, ISSUER_SHARE, MOTTO, NATION, PAPER, PARAGRAPH_GAP_PT, TYPE } from './paper.js';

const FONT = 'Tinos';
const ALIGNMENT = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;
const TEXT_WIDTH = convertMillimetersToTwip(PAPER.widthMm - PAPER.leftMm - PAPER.rightMm);
const NO_BORDER = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const NO_BORDERS = {
  top: NO_BORDER,
  bottom: NO_BORDER,
  left: NO_BORDER,
  right: NO_BORDER,
  insideHorizontal: NO_BORDER,
  insideVertical: NO_BORDER,
} as const;

/** The document as Word file, Tinos embedded: the same blocks in the same order as the PDF. */
export async function renderDocx(document: OfficialDocument): Promise<Buffer> {
  const file = new Document({
    title: `${document.typeName ?? 'Công văn'}: ${document.subject}`,
    creator: document.issuer.nameInText,
    fonts: [{ name: FONT, data: readFileSync(TINOS.normal) }],
    styles: {
      default: { document: { run: { font: FONT, size: halfPoints(TYPE.bodyPt), language: { value: 'vi-VN' } } } },
    },
    sections: [
      section(document, [...head(document), ...document.body.flatMap(blockChildren), foot(document)]),
      // Each annex counts its pages by itself.
      ...document.annexes.map((annex) => section(document, annexChildren(document, annex))),
    ],
  });
  return Packer.toBuffer(file);
}

function section(document: OfficialDocument, children: readonly FileChild[]): ISectionOptions {
  const mark = document.illustrative
    ? [text(ILLUSTRATIVE, { size: TYPE.illustrativePt, alignment: AlignmentType.RIGHT, color: '808080' })]
    : [];
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], size: halfPoints(TYPE.pageNumberPt) })],
  });
  return {
    properties: {
      titlePage: true,
      page: {
        size: { width: convertMillimetersToTwip(PAPER.widthMm), height: convertMillimetersToTwip(PAPER.heightMm) },
        margin: {
          top: convertMillimetersToTwip(PAPER.topMm),
          bottom: convertMillimetersToTwip(PAPER.bottomMm),
          left: convertMillimetersToTwip(PAPER.leftMm),
          right: convertMillimetersToTwip(PAPER.rightMm),
          header: convertMillimetersToTwip(PAPER.topMm / 2),
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: { first: new Header({ children: mark }), default: new Header({ children: [number, ...mark] }) },
    children: [...children],
  };
}

interface Look {
  size?: number;
  bold?: boolean;
  italics?: boolean;
  color?: string;
  alignment?: (typeof AlignmentType)[keyof typeof AlignmentType];
  before?: number;
  after?: number;
  indent?: IParagraphOptions['indent'];
  keepNext?: boolean;
}

function text(content: string, look: Look = {}): Paragraph {
  return paragraph([{ text: content }], look);
}

function paragraph(runs: readonly Run[], look: Look): Paragraph {
  const { size = TYPE.bodyPt, before = 0, after = 0, alignment, indent, keepNext } = look;
  const run = ({ text: content, bold, italic }: Run): TextRun[] =>
    content.split('\n').map(
      (part, index) =>
        new TextRun({
          text: part,
          bold: bold ?? look.bold ?? false,
          italics: italic ?? look.italics ?? false,
          size: halfPoints(size),
          ...(index > 0 ? { break: 1 } : {}),
          ...(look.color ? { color: look.color } : {}),
        } satisfies IRunOptions),
    );
  return new Paragraph({
    ...(alignment ? { alignment } : {}),
    ...(indent ? { indent } : {}),
    ...(keepNext ? { keepNext } : {}),
    spacing: { before: before * 20, after: after * 20, line: 264 },
    children: runs.flatMap(run),
  });
}

/** A drawn line: the lower border of an empty paragraph, drawn in from both sides to the share of the width. */
function line(width: number, share: number, after = 0): Paragraph {
  const inset = Math.round((width * (1 - share)) / 2);
  return new Paragraph({
    indent: { left: inset, right: inset },
    spacing: { before: 0, after: after * 20, line: 20, lineRule: 'exact' },
    border: { bottom: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
    children: [],
  });
}

function head(document: OfficialDocument): FileChild[] {
  const { issuer, typeName, subject, urgency, addressees } = document;
  const center = AlignmentType.CENTER;
  const issuerWidth = Math.round(TEXT_WIDTH * ISSUER_SHARE);
  const nationWidth = TEXT_WIDTH - issuerWidth;
  const left = [
    ...(issuer.superior ? [text(issuer.superior, { size: TYPE.issuerPt, alignment: center })] : []),
    text(issuer.name, { size: TYPE.issuerPt, bold: true, alignment: center }),
    line(issuerWidth, 0.4),
    text(numberLine(document), { size: TYPE.numberPt, alignment: center, before: 6 }),
    ...(typeName ? [] : [text(`V/v ${subject}`, { size: TYPE.letterSubjectPt, alignment: center, before: 3 })]),
    ...(urgency ? [text(urgency, { size: TYPE.numberPt, bold: true, alignment: center, before: 6 })] : []),
  ];
  const right = [
    text(NATION, { size: TYPE.nationPt, bold: true, alignment: center }),
    text(MOTTO, { size: TYPE.mottoPt, bold: true, alignment: center }),
    line(nationWidth, 0.62),
    text(placeAndDate(document), { size: TYPE.datePt, italics: true, alignment: center, before: 6 }),
  ];
  return [
    sideBySide([issuerWidth, left], [nationWidth, right]),
    ...(typeName
      ? [
          text(typeName, { bold: true, alignment: center, before: 14, size: TYPE.titlePt }),
          text(subject, { bold: true, alignment: center, before: 2, size: TYPE.titlePt }),
          line(TEXT_WIDTH, 0.25, 12),
        ]
      : []),
    ...addressed(addressees),
  ];
}

function addressed(addressees: readonly string[]): Paragraph[] {
  if (addressees.length === 0) return [];
  if (addressees.length === 1)
    return [text(`Kính gửi: ${addressees[0]}`, { alignment: AlignmentType.CENTER, before: 12, after: 10 })];
  return [
    text('Kính gửi:', { before: 12, indent: { left: convertMillimetersToTwip(32) } }),
    ...addressees.map((to) => text(`- ${to}`, { before: 2, indent: { left: convertMillimetersToTwip(42) } })),
    text('', { after: 4 }),
  ];
}

function sideBySide(...columns: [width: number, children: Paragraph[]][]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: columns.map(([width]) => width),
    borders: NO_BORDERS,
    rows: [
      new TableRow({
        cantSplit: true,
        children: columns.map(
          ([width, children]) =>
            new TableCell({
              width: { size: width, type: WidthType.DXA },
              margins: { left: 0, right: 0 },
              children,
            }),
        ),
      }),
    ],
  });
}

function blockChildren(block: Block, index: number, all: readonly Block[]): FileChild[] {
  // Who signs never stands on a page without text.
  const keepNext = index === all.length - 1;
  const indent = { firstLine: convertMillimetersToTwip(FIRST_LINE_MM) };
  switch (block.kind) {
    case 'heading':
      return [text(block.text, { bold: true, before: 4, after: PARAGRAPH_GAP_PT, indent, keepNext: true })];
    case 'paragraph':
      return [
        paragraph(block.runs, {
          alignment: block.ragged ? AlignmentType.LEFT : AlignmentType.JUSTIFIED,
          after: PARAGRAPH_GAP_PT,
          indent,
          keepNext,
        }),
      ];
    case 'item':
      return [
        paragraph([{ text: '- ' }, ...block.runs], {
          alignment: AlignmentType.JUSTIFIED,
          after: PARAGRAPH_GAP_PT / 2,
          indent,
          keepNext,
        }),
      ];
    case 'table':
      return tableChildren(block.table);
  }
}

function tableChildren({ measure, columns, rows }: DocumentTable): FileChild[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((TEXT_WIDTH * share) / shares));
  const cell = (content: string, index: number, look: Look): TableCell =>
    new TableCell({
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 60, right: 60, top: 20, bottom: 20 },
      children: [text(content, { size: TYPE.tablePt, ...look })],
    });
  return [
    ...(measure
      ? [text(measure, { size: TYPE.tablePt, italics: true, alignment: AlignmentType.RIGHT, keepNext: true })]
      : []),
    new Table({
      layout: TableLayoutType.FIXED,
      width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
      columnWidths: widths,
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: columns.map(({ title }, index) =>
            cell(title, index, { bold: true, alignment: AlignmentType.CENTER }),
          ),
        }),
        ...rows.map(
          ({ cells, strong = false }) =>
            new TableRow({
              cantSplit: true,
              children: columns.map(({ align }, index) =>
                cell(cells[index] ?? '', index, { bold: strong, alignment: ALIGNMENT[align] }),
              ),
            }),
        ),
      ],
    }),
    text('', { size: 6 }),
  ];
}

function foot({ recipients, signature }: OfficialDocument): Table {
  const leftWidth = Math.round(TEXT_WIDTH * 0.48);
  const left = [
    text('Nơi nhận:', { bold: true, italics: true, size: TYPE.recipientsHeadPt }),
    ...recipients.map((to, index) =>
      text(`- ${to}${index === recipients.length - 1 ? '.' : ';'}`, { size: TYPE.recipientsPt }),
    ),
  ];
  const right = [
    ...signature.authority.map((content) =>
      text(content, { bold: true, size: TYPE.numberPt, alignment: AlignmentType.CENTER }),
    ),
    text(signature.name, { bold: true, alignment: AlignmentType.CENTER, before: 84 }),
  ];
  return sideBySide([leftWidth, left], [TEXT_WIDTH - leftWidth, right]);
}

function annexChildren(document: OfficialDocument, { label, title, blocks }: Annex): FileChild[] {
  const center = AlignmentType.CENTER;
  return [
    text(label, { bold: true, alignment: center, size: TYPE.titlePt }),
    text(title, { bold: true, alignment: center, size: TYPE.titlePt }),
    text(annexReference(document), { italics: true, alignment: center, size: TYPE.datePt }),
    line(TEXT_WIDTH, 0.25, 8),
    ...blocks.flatMap(blockChildren),
  ];
}

function halfPoints(points: number): number {
  return Math.round(points * 2);
}
