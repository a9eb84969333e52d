import type { IsoDate } from '#libs/kernel';

/**
 * An official document of a province in the form of Decree 30/2020/NĐ-CP, as content alone: how it is set on paper is
 * said in `paper.ts` and carried out by `render-pdf.ts` and `render-docx.ts`, which read the same blocks in the same
 * order, so that both files hold the same text.
 */
export interface OfficialDocument {
  issuer: IssuingBody;
  /** Behind the number, e.g. `TB-UBND`. */
  symbol: string;
  /** Given by the clerk; null in a draft, where both stay blank. */
  number: string | null;
  date: IsoDate | null;
  /** Shown where the date is blank: the year of drafting. */
  year: number;
  /** KHẨN, HỎA TỐC … as it is printed. */
  urgency: string | null;
  /** THÔNG BÁO, BIÊN BẢN …; null for a công văn, whose subject stands under its number. */
  typeName: string | null;
  subject: string;
  /** "Kính gửi:"; empty where the form has none. */
  addressees: readonly string[];
  body: readonly Block[];
  signature: Signature;
  /** "Nơi nhận:", the last line being where it is kept ("Lưu: VT, TH"). */
  recipients: readonly string[];
  annexes: readonly Annex[];
  /** Figures are made up: the mark stands across every page. */
  illustrative: boolean;
}

/** The body that issues, with the one above it (cơ quan chủ quản) where it has one. */
export interface IssuingBody {
  superior: string | null;
  /** In capitals, as it stands in the head, e.g. "ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN". */
  name: string;
  /** Within a sentence, e.g. "UBND tỉnh Lạng Sơn". */
  nameInText: string;
  /** Where it sits, before the date. */
  place: string;
}

export interface Signature {
  /** E.g. TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH, each on its line. */
  authority: readonly string[];
  name: string;
}

export interface Run {
  text: string;
  bold?: true;
  italic?: true;
}

export type Block =
  /** `ragged`: not justified, for text with long codes, which would tear the words before them apart. */
  | { kind: 'paragraph'; runs: readonly Run[]; ragged?: true }
  | { kind: 'heading'; text: string }
  | { kind: 'item'; runs: readonly Run[] }
  | { kind: 'table'; table: DocumentTable };

export interface DocumentTable {
  /** Stated once above the table, e.g. "Đơn vị tính: tỷ đồng". */
  measure: string | null;
  columns: readonly DocumentColumn[];
  rows: readonly DocumentRow[];
}

export interface DocumentColumn {
  title: string;
  align: 'left' | 'center' | 'right';
  /** Share of the width, relative to the others. */
  share: number;
}

export interface DocumentRow {
  cells: readonly string[];
  /** A group's name above its rows, or a sum: set in bold. */
  strong?: true;
}

/** A page of its own behind the document, carrying the document's number. */
export interface Annex {
  /** Phụ lục, or Phụ lục I, II … */
  label: string;
  title: string;
  blocks: readonly Block[];
}

/** "Số:      /TB-UBND", blank before the slash until the clerk gives the number. */
export function numberLine({ number, symbol }: Pick<OfficialDocument, 'number' | 'symbol'>): string {
  return `Số: ${number ?? '      '}/${symbol}`;
}

/** As the decree writes it: below 10 with a leading zero. */
export function writtenNumber(number: number): string {
  return String(number).padStart(2, '0');
}

/** "Lạng Sơn, ngày 08 tháng 10 năm 2024": days below 10 and the months 1 and 2 with a leading zero, as the decree writes. */
export function placeAndDate({ issuer, date, year }: Pick<OfficialDocument, 'issuer' | 'date' | 'year'>): string {
  if (date === null) return `${issuer.place}, ngày       tháng       năm ${year}`;
  const [writtenYear, month, day] = date.split('-').map(Number) as [number, number, number];
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  return `${issuer.place}, ngày ${twoDigits(day)} tháng ${month < 3 ? twoDigits(month) : month} năm ${writtenYear}`;
}

/** "(Kèm theo Thông báo số …/TB-UBND ngày … của …)", under an annex's title. */
export function annexReference(document: OfficialDocument): string {
  const { typeName, issuer } = document;
  const kind = typeName ? typeName.slice(0, 1) + typeName.slice(1).toLocaleLowerCase('vi') : 'Công văn';
  const day = placeAndDate(document).slice(issuer.place.length + 2);
  return `(Kèm theo ${kind} ${numberLine(document).replace('Số: ', 'số ')} ${day} của ${issuer.nameInText})`;
}
