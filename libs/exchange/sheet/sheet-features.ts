import type writeXlsxFile from 'write-excel-file/node';
import {
  getOrderOfSiblings,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeAttributeValue,
  sanitizeTextContent,
} from 'write-excel-file/utility';

export interface ColumnValidation {
  /** As Excel writes it: "B5:B50000". */
  range: string;
  type: 'list' | 'whole';
  formula: string;
  formula2?: string;
  /** Whether other values are refused, or only asked about. */
  isStrict: boolean;
}

type SheetFeature = NonNullable<NonNullable<Parameters<typeof writeXlsxFile>[1]>['features']>[number];

const SHEET = 'xl/worksheets/sheet{id}.xml';

/**
 * What the writer lacks: drop-downs, and formats of whole columns (taken from the cells of `formatRow`, so that a code
 * typed anywhere below keeps its zeros). `validations` by index of the sheet.
 */
export function sheetFeatures(validations: readonly (readonly ColumnValidation[])[], formatRow: number): SheetFeature {
  return {
    files: {
      transform: {
        [SHEET]: {
          transform: (xml: string, _: unknown, { sheetIndex }: { sheetIndex: number }) => {
            const own = validations[sheetIndex] ?? [];
            const formatted = sheetIndex === 0 ? withColumnFormats(xml, formatRow) : xml;
            if (own.length === 0) return formatted;
            const order = getOrderOfSiblings(SHEET, 'worksheet') as string[];
            return insertElementMarkupAccordingToOrderOfSiblings(formatted, markup(own), order, 'worksheet');
          },
        },
      },
    },
  };
}

function markup(validations: readonly ColumnValidation[]): string {
  const each = validations.map(({ range, type, formula, formula2, isStrict }) => {
    const second = formula2 === undefined ? '' : `<formula2>${sanitizeTextContent(formula2)}</formula2>`;
    const style = isStrict ? '' : ' errorStyle="warning"';
    const attributes = `type="${type}"${style} allowBlank="1" showErrorMessage="1" sqref="${sanitizeAttributeValue(range)}"`;
    return `<dataValidation ${attributes}><formula1>${sanitizeTextContent(formula)}</formula1>${second}</dataValidation>`;
  });
  return `<dataValidations count="${each.length}">${each.join('')}</dataValidations>`;
}

/** Gives every column the style of its cell in the row of formats. */
function withColumnFormats(xml: string, row: number): string {
  const styles = new Map<number, string>();
  const cells = new RegExp(`<c r="([A-Z]+)${row}"[^>]*? s="(\\d+)"`, 'g');
  for (const [, letters, style] of xml.matchAll(cells)) styles.set(numberOf(letters as string), style as string);
  return xml.replaceAll(/<col ([^>]*?)min="(\d+)"([^>]*?)\/>/g, (tag, before, min, after) => {
    const style = styles.get(Number(min));
    return style === undefined ? tag : `<col ${before}min="${min}"${after} style="${style}"/>`;
  });
}

const numberOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
