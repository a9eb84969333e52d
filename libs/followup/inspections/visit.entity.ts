import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { dongColumn } from '#libs/platform';

/** A day at the place with what was seen. Only ever added to. */
@Entity()
@Check('inspection_visit_text_check', "place <> '' AND place IS NFC NORMALIZED AND note IS NFC NORMALIZED")
@Check('inspection_visit_members_check', 'cardinality(members) BETWEEN 1 AND 40')
@Unique(['draftKey'])
export class InspectionVisit {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('Inspection')
  @Index()
  inspectionId: number;

  /** Given by the telephone on which the visit was written down: sent twice over a bad line it is one visit. */
  @Column({ type: 'uuid' })
  draftKey: string;

  @Column({ type: 'date' })
  visitedOn: string;

  @Column({ type: 'text' })
  place: string;

  @Column({ type: 'text', array: true })
  members: string[];

  @Column({ type: 'text' })
  note: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}

export const FINDING_CATEGORIES = [
  'progress',
  'accepted-volume',
  'payment',
  'quality',
  'capital-assignment',
  'site-clearance',
  'procedure',
  'other',
] as const;
export type FindingCategory = (typeof FINDING_CATEGORIES)[number];

@Entity()
@Check(
  'inspection_finding_category_check',
  "category IN ('progress', 'accepted-volume', 'payment', 'quality', 'capital-assignment', 'site-clearance', 'procedure', 'other')",
)
@Check('inspection_finding_text_check', "text <> '' AND text IS NFC NORMALIZED")
@Check('inspection_finding_amount_check', 'amount >= 0')
export class InspectionFinding {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('InspectionVisit')
  visitId: number;

  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  @Column({ type: 'text' })
  category: FindingCategory;

  @Column({ type: 'text' })
  text: string;

  /** đồng that the finding is about. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  amount: bigint | null;
}

/** A photo or file of a visit. Its place is there only where whoever took it agreed. */
@Entity()
@Unique(['fileId'])
@Check('inspection_attachment_kind_check', "kind IN ('photo', 'file')")
@Check(
  'inspection_attachment_place_check',
  '(latitude IS NULL) = (longitude IS NULL) AND abs(latitude) <= 90 AND abs(longitude) <= 180',
)
export class InspectionAttachment {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('InspectionVisit')
  visitId: number;

  @PrimaryColumn({ type: 'int' })
  @ForeignKey('UploadedFile')
  fileId: number;

  @Column({ type: 'text' })
  kind: 'photo' | 'file';

  @Column({ type: 'text' })
  caption: string;

  /** Degrees, as decimal text: five places are about a metre. */
  @Column({ type: 'numeric', precision: 8, scale: 5, nullable: true })
  latitude: string | null;

  @Column({ type: 'numeric', precision: 8, scale: 5, nullable: true })
  longitude: string | null;
}

/** What the team asks of somebody by a day. Done once, with a note how. */
@Entity()
@Check(
  'inspection_recommendation_text_check',
  "text <> '' AND owner <> '' AND text IS NFC NORMALIZED AND owner IS NFC NORMALIZED",
)
@Check(
  'inspection_recommendation_done_check',
  "num_nonnulls(done_on, done_note, done_by) IN (0, 3) AND done_note <> ''",
)
@Index('inspection_recommendation_open_index', ['dueOn'], { where: 'done_on IS NULL' })
export class InspectionRecommendation {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('InspectionVisit')
  @Index()
  visitId: number;

  @Column({ type: 'text' })
  text: string;

  /** Who carries it out: a unit, a board, a person. */
  @Column({ type: 'text' })
  owner: string;

  @Column({ type: 'date' })
  dueOn: string;

  @Column({ type: 'date', nullable: true })
  doneOn: string | null;

  @Column({ type: 'text', nullable: true })
  doneNote: string | null;

  @Column({ type: 'text', nullable: true })
  doneBy: string | null;
}
