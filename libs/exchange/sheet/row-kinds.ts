import { isPlainAscii } from './legacy-text.js';
import { plainSigns } from './title-facts.js';

/** What a row says of itself by its words. */

/** "Tổng cộng", "TỔNG SỐ", "Cộng (I+II)", "Cộng huyện Bình Gia"; not "Cống hộp", "Tổng công ty", "Cộng đồng". */
export function isTotalText(text: string): boolean {
  const first = text.charCodeAt(0) | 0x20;
  if (first !== 0x74 && first !== 0x63) return false;
  const words = text
    .toLowerCase()
    .normalize('NFC')
    .split(/[\s:(,+-]+/);
  const [one = '', two = ''] = words;
  if (one === 'cộng') return two !== 'hòa' && two !== 'hoà' && two !== 'đồng';
  if (one === 'tổng')
    return words.length === 1 || two === '' || /^(?:cộng|số|vốn|các|toàn|chung|[ivx]+|[a-z]|\d+)$/.test(two);
  // Typed without marks, only as the whole text: "cong" begins many other words.
  return isPlainAscii(text) && /^(?:tong cong|tong so|tong|cong)\s*[:.]?$/i.test(text.trim());
}

/** Whether a total is of the whole table, not of the group above it. */
export function isGrandTotal(text: string): boolean {
  return /^(?:tong cong|tong so|tong toan|tong|toan tinh|tong cac nguon von|tong von)\s*[:.]?$/.test(plainSigns(text));
}

/** How a group is numbered: letters stand above Roman numbers in most tables, but the order of appearance decides. */
export type Marker = 'letter' | 'roman' | 'part';

/** The sort of numbering in the STT cell of a group row; undefined for a line ("1", "1.2", "-") or nothing. */
export function markerOf(text: string): Marker | undefined {
  const bare = text.trim().replace(/[.)]$/, '');
  if (/^(?:X{0,3})(?:IX|IV|V?I{1,3}|V|X)$/.test(bare)) return 'roman';
  if (/^[A-HK-Z]$/.test(bare)) return 'letter';
  return /^(?:X{0,3})(?:IX|IV|V?I{1,3}|V|X)\.\d+$|^[A-H]\.(?:[IVX]+|\d+)$/.test(bare) ? 'part' : undefined;
}

/** "I. Huyện Bình Gia" in one cell: the marker and the name. */
export function splitMarker(text: string): { marker: Marker; name: string } | undefined {
  const match = /^((?:[IVX]+|[A-H])(?:\.(?:[IVX]+|\d+))?)\s*[.)\-:]\s*(.+)$/u.exec(text);
  const marker = match ? markerOf(match[1] as string) : undefined;
  return marker && match ? { marker, name: match[2] as string } : undefined;
}

const FOOTER =
  /^(?:nguoi lap|lap bieu|lap bang|ke toan|thu truong|giam doc|truong phong|chu tich|pho chu tich|tm\b|kt\.|tl\.|\(?ky\b|noi nhan|phu trach|xac nhan|kho bac nha nuoc|dai dien|ghi chu|luu y|nguon:|bang chu|ngay\b)|\bngay\s+[\d.…\s]+\s+thang\b/;

/** Words below the table: who signs, when, notes. */
export function isFooterText(text: string): boolean {
  return FOOTER.test(plainSigns(text));
}

const HEADING =
  /^(?:trong do|chuyen tiep|du an chuyen tiep|khoi cong moi|du an (?:khoi cong )?moi|du an (?:da )?hoan thanh|hoan thanh|chuan bi dau tu|thuc hien du an|du an nhom [abc]|nhom [abc]|linh vuc|nganh|quy hoach|cac du an|du an su dung|cong trinh chuyen tiep|cong trinh khoi cong)/;

/** A heading that orders projects and names no unit: it leaves the unit above it in force. */
export function isOrderingHeading(text: string): boolean {
  return HEADING.test(plainSigns(text));
}
