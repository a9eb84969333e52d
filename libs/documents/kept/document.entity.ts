import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { countColumn } from '#libs/platform';
import type { DocumentKind } from '../document-template.js';

export type DocumentState = 'draft' | 'issued';
export const DOCUMENT_FORMATS = ['pdf', 'docx'] as const;
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number];

/**
 * An official document as it is kept: a draft that may be composed again, until the clerk numbers it. From then on the
 * database refuses every change (migration documents). What was composed stands in `content` as canonical JSON of an
 * OfficialDocument; `about` and `recipient` say of what it is, so that one exists of each.
 */
@Entity('document')
@Check(
  'document_kind_check',
  "kind IN ('announcement', 'unit-letter', 'team-assignment', 'correction', 'agenda', 'minutes')",
)
@Check('document_state_check', "state IN ('draft', 'issued')")
@Check(
  'document_month_check',
  "(kind IN ('agenda', 'minutes')) = (plan_year IS NULL) AND (plan_year IS NULL) = (month IS NULL) AND (plan_year IS NULL) = (month_version IS NULL) AND (plan_year IS NULL) = (evaluation_id IS NULL)",
)
@Check(
  'document_issued_check',
  "(state = 'issued') = (number IS NOT NULL) AND (number IS NULL) = (document_date IS NULL) AND (number IS NULL) = (number_year IS NULL) AND (number IS NULL) = (sent_date IS NULL) AND (number IS NULL) = (issued_at IS NULL) AND (number IS NULL) = (issued_by IS NULL) AND (number IS NULL) = (audit_seq IS NULL) AND (number IS NULL) = (audit_hash IS NULL)",
)
@Check('document_number_check', 'number > 0 AND number_year = EXTRACT(year FROM document_date)')
@Index('document_once_unique', ['kind', 'about', 'recipient'], { unique: true })
@Index('document_number_unique', ['numberYear', 'symbol', 'number'], { unique: true })
@Index(['planYear', 'month'])
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
export class KeptDocument {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  kind: DocumentKind;

  /** `2024-09 v1`: a month's version; `meeting 12`: a meeting. */
  @Column({ type: 'text' })
  about: string;

  /** Unit code of a letter, team code of an assignment; empty where it goes to many. */
  @Column({ type: 'text', default: '' })
  recipient: string;

  @Column({ type: 'text', default: '' })
  recipientName: string;

  @Column({ type: 'int', nullable: true })
  planYear: number | null;

  @Column({ type: 'int', nullable: true })
  month: number | null;

  @Column({ type: 'int', nullable: true })
  monthVersion: number | null;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('Evaluation')
  @Index()
  evaluationId: number | null;

  /** Of the template of its kind; 0: the defaults. */
  @Column({ type: 'int' })
  templateVersion: number;

  @Column({ type: 'text' })
  subject: string;

  /** Behind the number: its series within a year. */
  @Column({ type: 'text' })
  symbol: string;

  @Column({ type: 'text' })
  content: string;

  @Column({ type: 'text' })
  state: DocumentState;

  @Column({ type: 'timestamptz' })
  composedAt: Date;

  @Column({ type: 'text' })
  composedBy: string;

  @Column({ type: 'int', nullable: true })
  numberYear: number | null;

  @Column({ type: 'int', nullable: true })
  number: number | null;

  @Column({ type: 'date', nullable: true })
  documentDate: string | null;

  @Column({ type: 'date', nullable: true })
  sentDate: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  issuedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  issuedBy: string | null;

  /** The end of the audit chain when it was frozen. */
  @Column({ type: 'bigint', nullable: true, transformer: countColumn })
  auditSeq: number | null;

  @Column({ type: 'text', nullable: true })
  auditHash: string | null;
}

/** The bytes of an issued document, made once; the database itself holds their SHA-256 to them. */
@Entity()
@Check('document_file_format_check', "format IN ('pdf', 'docx')")
@Check('document_file_hash_check', "sha256 = encode(sha256(bytes), 'hex')")
export class DocumentFile {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('KeptDocument')
  documentId: number;

  @PrimaryColumn({ type: 'text' })
  format: DocumentFormat;

  @Column({ type: 'bytea' })
  bytes: Buffer;

  @Column({ type: 'text' })
  sha256: string;
}

/**
 * The edited or signed file that the office sent out as the issued version of a document; both are kept. What of the
 * figures differs was found when it came. Append-only.
 */
@Entity()
@Check('document_version_format_check', "format IN ('pdf', 'docx')")
@Index('document_version_file_unique', ['fileId'], { unique: true })
@Index(['documentId'])
export class DocumentVersion {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('KeptDocument')
  documentId: number;

  @Column({ type: 'int' })
  @ForeignKey('UploadedFile')
  fileId: number;

  @Column({ type: 'text' })
  format: DocumentFormat;

  /** False: a file of pictures, whose figures nobody compared. */
  @Column({ type: 'boolean' })
  hasText: boolean;

  /** Canonical JSON of TextDifference[]. */
  @Column({ type: 'text' })
  differences: string;

  @Column({ type: 'timestamptz' })
  uploadedAt: Date;

  @Column({ type: 'text' })
  uploadedBy: string;
}

/** What a province set for one kind of document; a new version never touches a document composed before. Append-only. */
@Entity()
@Check(
  'document_template_version_check',
  "version > 0 AND kind IN ('announcement', 'unit-letter', 'team-assignment', 'correction', 'agenda', 'minutes')",
)
export class DocumentTemplateVersion {
  @PrimaryColumn({ type: 'text' })
  kind: DocumentKind;

  @PrimaryColumn({ type: 'int' })
  version: number;

  /** Canonical JSON of a DocumentTemplate. */
  @Column({ type: 'text' })
  fields: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
