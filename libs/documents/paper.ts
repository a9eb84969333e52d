/**
 * Measures of a document on paper (Decree 30/2020/NĐ-CP, annex I): A4 portrait, margins in millimetres, type in points.
 * Where the decree allows a range the value chosen stands here.
 */
export const PAPER = {
  widthMm: 210,
  heightMm: 297,
  /** 20-25 allowed. */
  topMm: 20,
  bottomMm: 20,
  /** 30-35 allowed. */
  leftMm: 30,
  /** 15-20 allowed. */
  rightMm: 15,
} as const;

export const TYPE = {
  nationPt: 12.5,
  mottoPt: 13.5,
  issuerPt: 12.5,
  numberPt: 13,
  datePt: 13,
  letterSubjectPt: 12,
  titlePt: 14,
  /** 13-14 allowed. */
  bodyPt: 14,
  recipientsHeadPt: 12,
  recipientsPt: 11,
  /** Annex tables: 10-12. */
  tablePt: 10.5,
  pageNumberPt: 13,
  illustrativePt: 10,
} as const;

/** First line of a paragraph, 10-12.7 mm. */
export const FIRST_LINE_MM = 12.7;
/** Between two paragraphs. */
export const PARAGRAPH_GAP_PT = 6;
/** The issuing body's share of the head; the nation's two lines need the larger rest to stand on one line each. */
export const ISSUER_SHARE = 0.41;

export const NATION = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
export const MOTTO = 'Độc lập - Tự do - Hạnh phúc';
export const ILLUSTRATIVE = 'Số liệu minh hoạ';

export const POINTS_PER_MM = 72 / 25.4;

/** Width of the text, in points. */
export const TEXT_WIDTH_PT = (PAPER.widthMm - PAPER.leftMm - PAPER.rightMm) * POINTS_PER_MM;
