import pdfmake, { type Content, type DocumentDefinition } from 'pdfmake';
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
import {
  FIRST_LINE_MM,
  ILLUSTRATIVE,
  ISSUER_SHARE,
  MOTTO,
  NATION,
  PAPER,
  PARAGRAPH_GAP_PT,
  POINTS_PER_MM,
  TEXT_WIDTH_PT,
  TYPE,
} from './paper.js';

const FONT_FILES = new Set<string>(Object.values(TINOS));
pdfmake.setFonts({ Tinos: TINOS });
// A document is made of text alone: nothing is fetched, and no file but the fonts is read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => FONT_FILES.has(path));

const mm = (value: number): number => value * POINTS_PER_MM;
const ISSUER_WIDTH = TEXT_WIDTH_PT * ISSUER_SHARE;
const NATION_WIDTH = TEXT_WIDTH_PT - ISSUER_WIDTH;

/** The document as PDF, Tinos embedded, its text selectable in reading order. The same document gives the same text. */
export async function renderPdf(document: OfficialDocument): Promise<Buffer> {
  const body = contentOf(document.body);
  const definition: DocumentDefinition = {
    pageSize: 'A4',
    pageMargins: [mm(PAPER.leftMm), mm(PAPER.topMm), mm(PAPER.rightMm), mm(PAPER.bottomMm)],
    defaultStyle: { font: 'Tinos', fontSize: TYPE.bodyPt, lineHeight: 1.1 },
    info: { title: `${document.typeName ?? 'Công văn'}: ${document.subject}`, author: document.issuer.nameInText },
    language: 'vi-VN',
    header: pageNumber(),
    watermark: document.illustrative
      ? { text: ILLUSTRATIVE, color: '#808080', opacity: 0.16, angle: -45, bold: true }
      : undefined,
    content: [
      ...head(document),
      ...body.slice(0, -1),
      // Who signs never stands on a page without text.
      { stack: [...body.slice(-1), foot(document)], unbreakable: endsInText(document) },
      ...document.annexes.map((annex) => ({ section: annexContent(document, annex), header: pageNumber() })),
    ] as Content[],
  };
  return pdfmake.createPdf(definition).getBuffer();
}

/** Centred at the top from the second page of the document, and of each annex, on; both count by themselves. */
function pageNumber(): (page: number) => Content | null {
  let first: number | undefined;
  return (page) => {
    first = Math.min(first ?? page, page);
    return page === first
      ? null
      : {
          text: String(page - first + 1),
          alignment: 'center',
          fontSize: TYPE.pageNumberPt,
          margin: [mm(PAPER.leftMm - PAPER.rightMm), mm(PAPER.topMm / 2), 0, 0],
        };
  };
}

function head(document: OfficialDocument): Content[] {
  const { issuer, typeName, urgency, subject, addressees } = document;
  const left: Content[] = [
    ...(issuer.superior ? [{ text: issuer.superior, fontSize: TYPE.issuerPt }] : []),
    { text: issuer.name, bold: true, fontSize: TYPE.issuerPt },
    line(ISSUER_WIDTH, 0.4),
    { text: numberLine(document), fontSize: TYPE.numberPt, margin: [0, 6, 0, 0] },
    ...(typeName ? [] : [{ text: `V/v ${subject}`, fontSize: TYPE.letterSubjectPt, margin: [6, 3, 6, 0] as const }]),
    ...(urgency ? [urgencyBox(urgency)] : []),
  ] as Content[];
  const right: Content[] = [
    { text: NATION, bold: true, fontSize: TYPE.nationPt },
    { text: MOTTO, bold: true, fontSize: TYPE.mottoPt },
    line(NATION_WIDTH, 0.62),
    { text: placeAndDate(document), italics: true, fontSize: TYPE.datePt, margin: [0, 6, 0, 0] },
  ];
  return [
    {
      columns: [
        { width: ISSUER_WIDTH, stack: left, alignment: 'center' },
        { width: NATION_WIDTH, stack: right, alignment: 'center' },
      ],
      margin: [0, 0, 0, 14],
    },
    ...(typeName
      ? ([
          { text: typeName, bold: true, alignment: 'center', fontSize: TYPE.titlePt },
          { text: subject, bold: true, alignment: 'center', fontSize: TYPE.titlePt, margin: [20, 2, 20, 0] },
          { ...line(TEXT_WIDTH_PT, 0.25), margin: [0, 0, 0, 12] },
        ] as Content[])
      : []),
    ...(addressees.length > 0 ? [addressed(addressees)] : []),
  ];
}

/** A drawn line, not an underline: its length is a share of what stands above it. */
function line(width: number, share: number): Content {
  return {
    canvas: [{ type: 'line', x1: 0, y1: 1, x2: width * share, y2: 1, lineWidth: 0.75 }],
    alignment: 'center',
    margin: [0, 1, 0, 0],
  };
}

function urgencyBox(urgency: string): Content {
  return {
    table: { body: [[{ text: urgency, bold: true, fontSize: TYPE.numberPt, alignment: 'center' }]] },
    margin: [ISSUER_WIDTH / 2 - 40, 8, 0, 0],
  };
}

function addressed(addressees: readonly string[]): Content {
  const [only] = addressees;
  const one = addressees.length === 1;
  return {
    margin: [0, 4, 0, 10],
    stack: [
      {
        text: one ? `Kính gửi: ${only}` : 'Kính gửi:',
        alignment: one ? 'center' : 'left',
        margin: [one ? 0 : 90, 0, 0, 0],
      },
      ...(one
        ? []
        : addressees.map((to) => ({ text: `- ${to}`, margin: [120, 2, 0, 0] as [number, number, number, number] }))),
    ],
  };
}

/** Room stands before what follows a table, not under it: at the foot of a full page it would begin another one. */
function contentOf(blocks: readonly Block[]): Content[] {
  return blocks.map((block, index) =>
    blocks[index - 1]?.kind === 'table' ? { stack: [blockContent(block)], margin: [0, 8, 0, 0] } : blockContent(block),
  );
}

function blockContent(block: Block): Content {
  switch (block.kind) {
    case 'heading':
      return { text: block.text, bold: true, margin: [mm(FIRST_LINE_MM), 4, 0, PARAGRAPH_GAP_PT] };
    case 'paragraph':
      return {
        text: block.runs.map(runContent),
        alignment: block.ragged ? 'left' : 'justify',
        leadingIndent: mm(FIRST_LINE_MM),
        margin: [0, 0, 0, PARAGRAPH_GAP_PT],
      };
    case 'item':
      return {
        text: [{ text: '- ' }, ...block.runs.map(runContent)],
        alignment: 'justify',
        leadingIndent: mm(FIRST_LINE_MM),
        margin: [0, 0, 0, PARAGRAPH_GAP_PT / 2],
      };
    case 'table':
      return tableContent(block.table);
  }
}

function runContent({ text, bold, italic }: Run): Content {
  return { text, bold: bold ?? false, italics: italic ?? false };
}

function tableContent({ measure, columns, rows }: DocumentTable): Content {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  // Padding and lines are not part of a column's width in the library's reckoning.
  const usable = TEXT_WIDTH_PT - columns.length * 6 - 1;
  const cell = (text: string, align: DocumentTable['columns'][number]['align'], bold: boolean): Content => ({
    text,
    alignment: align,
    bold,
    fontSize: TYPE.tablePt,
  });
  return {
    margin: [0, 2, 0, 0],
    stack: [
      ...(measure
        ? [{ text: measure, italics: true, alignment: 'right' as const, fontSize: TYPE.tablePt, margin: 2 }]
        : []),
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          keepWithHeaderRows: 1,
          widths: columns.map(({ share }) => (usable * share) / shares),
          body: [
            columns.map(({ title }) => cell(title, 'center', true)),
            ...rows.map(({ cells, strong = false }) =>
              columns.map(({ align }, index) => cell(cells[index] ?? '', align, strong)),
            ),
          ],
        },
        layout: {
          hLineWidth: () => 0.5,
          vLineWidth: () => 0.5,
          paddingLeft: () => 3,
          paddingRight: () => 3,
          paddingTop: () => 1.5,
          paddingBottom: () => 1.5,
        },
      },
    ],
  };
}

function endsInText({ body }: OfficialDocument): boolean {
  return body.at(-1)?.kind !== 'table';
}

/** Recipients on the left, who signs on the right, with room for seal and signature; never torn apart. */
function foot({ recipients, signature }: OfficialDocument): Content {
  return {
    margin: [0, 10, 0, 0],
    unbreakable: true,
    columns: [
      {
        width: '48%',
        stack: [
          { text: 'Nơi nhận:', bold: true, italics: true, fontSize: TYPE.recipientsHeadPt },
          ...recipients.map((to, index) => ({
            text: `- ${to}${index === recipients.length - 1 ? '.' : ';'}`,
            fontSize: TYPE.recipientsPt,
          })),
        ],
      },
      {
        width: '52%',
        alignment: 'center',
        stack: [
          ...signature.authority.map((text) => ({ text, bold: true, fontSize: TYPE.numberPt })),
          { text: signature.name, bold: true, margin: [0, 84, 0, 0] },
        ],
      },
    ],
  };
}

function annexContent(document: OfficialDocument, { label, title, blocks }: Annex): Content[] {
  return [
    { text: label, bold: true, alignment: 'center', fontSize: TYPE.titlePt },
    { text: title, bold: true, alignment: 'center', fontSize: TYPE.titlePt },
    { text: annexReference(document), italics: true, alignment: 'center', fontSize: TYPE.datePt },
    { ...line(TEXT_WIDTH_PT, 0.25), margin: [0, 1, 0, 8] } as Content,
    ...contentOf(blocks),
  ];
}
