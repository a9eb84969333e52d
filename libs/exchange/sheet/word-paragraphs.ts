import { WorkbookPackage } from './workbook-package.js';

/**
 * The paragraphs of a Word document in their order, those of table cells too; what was deleted in tracked changes is
 * left out. Throws the refusals of a file that is none.
 */
export async function wordParagraphs(bytes: Buffer, file: string): Promise<string[]> {
  const document = await WorkbookPackage.openWord(bytes, file);
  const paragraphs: string[] = [];
  // A text box stands within a paragraph: its own paragraphs come before the one it is in.
  const open: string[] = [];
  let isText = false;
  const say = (text: string): void => {
    if (open.length > 0) open[open.length - 1] += text;
  };
  await document.tell('word/document.xml', {
    open: (name) => {
      if (name === 'p') open.push('');
      else if (name === 't') isText = true;
      else if (name === 'br' || name === 'cr' || name === 'tab') say(' ');
    },
    text: (text) => {
      if (isText) say(text);
    },
    close: (name) => {
      if (name === 't') isText = false;
      else if (name === 'p') {
        const text = open.pop() ?? '';
        if (text.trim() !== '') paragraphs.push(text);
      }
    },
  });
  return paragraphs;
}
