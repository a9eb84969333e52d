import {
  annexReference,
  numberLine,
  placeAndDate,
  type Block,
  type OfficialDocument,
  type Run,
} from './official-document.js';
import { MOTTO, NATION } from './paper.js';

/** All that stands in a document, line by line in the order in which it is printed. */
export function documentText(document: OfficialDocument): string[] {
  const { issuer, typeName, urgency, subject, addressees, recipients, signature } = document;
  return [
    ...(issuer.superior ? [issuer.superior] : []),
    ...issuer.name.split('\n'),
    numberLine(document),
    ...(typeName ? [] : [`V/v ${subject}`]),
    ...(urgency ? [urgency] : []),
    NATION,
    MOTTO,
    placeAndDate(document),
    ...(typeName ? [typeName, subject] : []),
    ...(addressees.length === 1 ? [`Kính gửi: ${addressees[0]}`] : []),
    ...(addressees.length > 1 ? ['Kính gửi:', ...addressees.map((to) => `- ${to}`)] : []),
    ...document.body.flatMap(linesOf),
    'Nơi nhận:',
    ...recipients.map((to, i) => `- ${to}${i === recipients.length - 1 ? '.' : ';'}`),
    ...signature.authority,
    ...(signature.name ? [signature.name] : []),
    ...document.annexes.flatMap(({ label, title, blocks }) => [
      label,
      title,
      annexReference(document),
      ...blocks.flatMap(linesOf),
    ]),
  ];
}

function linesOf(block: Block): string[] {
  const joined = (runs: readonly Run[]): string => runs.map(({ text }) => text).join('');
  switch (block.kind) {
    case 'heading':
      return [block.text];
    case 'paragraph':
      return [joined(block.runs)];
    case 'item':
      return [`- ${joined(block.runs)}`];
    case 'table': {
      const { measure, columns, rows } = block.table;
      const cells = [...columns.map(({ title }) => title), ...rows.flatMap(({ cells: own }) => own)];
      return [...(measure ? [measure] : []), ...cells.filter((cell) => cell !== '')];
    }
  }
}
