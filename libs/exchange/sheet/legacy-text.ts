/**
 * Vietnamese typed for fonts of before Unicode: TCVN3 (.VnTime) writes "Dù ¸n" for "Dự án", VNI "Döï aùn". The signs
 * below never stand inside a Vietnamese word of Unicode; one foreign word (Köln) is no proof, a text full of them is.
 */
const LEGACY_WORD = /[\p{L}\d]*[§µ¸¶·¹¦¬®©¨ªæøåäëöüñîïßÞ×ÖÜËÏÎÑÐÆØÅÄ¢£¤¥±­][\p{L}§µ¸¶·¹¦¬®©¨ª×­]*/u;
const LEGACY_WORDS = new RegExp(LEGACY_WORD.source, 'gu');
/** Signs of TCVN3 that no other text has next to a letter; quotes, marks of footnotes and soft hyphens prove nothing. */
const TCVN3 = /[§µ¸¶¦¬](?=[\p{L}\u00ad])|(?<=[\p{L}\u00ad])[µ¸¶¦¬]/u;
const VIETNAMESE_WORDS = /[\p{L}]*[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ][\p{L}]*/giu;
/** UTF-8 read as Windows-1252 and saved again: "Dá»± Ã¡n". */
const GARBLED = /á»|áº|Ã[\u0080-\u00bf]|Ä[\u0090\u0091‘]|Æ°|Æ¡/u;

export type LegacyText = 'legacy-font' | 'garbled';

/** What the texts of a file as a whole were written for; undefined: Unicode. */
export function legacyTextIn(texts: Iterable<string>): LegacyText | undefined {
  let legacy = 0;
  let proper = 0;
  let garbled = 0;
  for (const text of texts) {
    if (isPlainAscii(text)) continue;
    if (GARBLED.test(text)) garbled++;
    const found = text.match(LEGACY_WORDS)?.length ?? 0;
    legacy += found;
    proper += Math.max(0, (text.match(VIETNAMESE_WORDS)?.length ?? 0) - found);
  }
  if (garbled >= 2) return 'garbled';
  return legacy >= 3 && legacy * 2 >= proper ? 'legacy-font' : undefined;
}

/** Whether one cell bears signs of TCVN3, in a file that otherwise is Unicode. */
export function isLegacyCell(text: string): boolean {
  return !isPlainAscii(text) && TCVN3.test(text);
}

export function isPlainAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
