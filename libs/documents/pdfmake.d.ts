// What of pdfmake 0.3 is used here. Its published types bring the browser's along into every file of the program.
declare module 'pdfmake' {
  type Margin = number | readonly [number, number, number, number];

  interface Look {
    bold?: boolean;
    italics?: boolean;
    fontSize?: number;
    alignment?: 'left' | 'center' | 'right' | 'justify';
    margin?: Margin;
    leadingIndent?: number;
    lineHeight?: number;
    font?: string;
  }

  export type Content =
    | (Look & { text: string | readonly Content[] })
    | (Look & { stack: readonly Content[]; unbreakable?: boolean })
    | (Look & { columns: readonly (Content & { width?: number | string })[]; unbreakable?: boolean })
    | (Look & { canvas: readonly Line[] })
    | (Look & { table: Table; layout?: TableLayout })
    | (Look & { section: readonly Content[]; header?: PageHead });

  interface Line {
    type: 'line';
    x1: number;
    y1: number;
    x2: number;
    y2: number;
    lineWidth: number;
  }

  interface Table {
    body: readonly (readonly Content[])[];
    widths?: readonly number[];
    headerRows?: number;
    dontBreakRows?: boolean;
    keepWithHeaderRows?: number;
  }

  type TableLayout = Partial<
    Record<'hLineWidth' | 'vLineWidth' | 'paddingLeft' | 'paddingRight' | 'paddingTop' | 'paddingBottom', () => number>
  >;

  type PageHead = (page: number) => Content | null;

  export interface DocumentDefinition {
    pageSize: 'A4';
    /** Left, top, right, bottom, in points. */
    pageMargins: readonly [number, number, number, number];
    defaultStyle: Look;
    info: { title: string; author: string };
    language: string;
    header: PageHead;
    watermark?: { text: string; color: string; opacity: number; angle: number; bold: boolean } | undefined;
    content: readonly Content[];
  }

  const pdfmake: {
    setFonts(fonts: Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>): void;
    setUrlAccessPolicy(allows: (url: string) => boolean): void;
    setLocalAccessPolicy(allows: (path: string) => boolean): void;
    createPdf(definition: DocumentDefinition): { getBuffer(): Promise<Buffer> };
  };
  export default pdfmake;
}
