import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Programme } from '#libs/projects';

/** định kỳ, đột xuất, phúc tra (of an earlier inspection). */
export const INSPECTION_KINDS = ['routine', 'sudden', 'follow-up'] as const;
export type InspectionKind = (typeof INSPECTION_KINDS)[number];

/** What is inspected; `assignment`: how a year's capital was assigned, by one unit or all. */
export const INSPECTION_SUBJECTS = ['unit', 'project', 'programme', 'assignment'] as const;
export type InspectionSubject = (typeof INSPECTION_SUBJECTS)[number];

export const INSPECTION_STATES = ['planned', 'visited', 'concluded'] as const;
export type InspectionState = (typeof INSPECTION_STATES)[number];

/** An inspection (cuộc kiểm tra) of one team, with its plan and its conclusion; visits hang under it. */
@Entity()
@Check('inspection_kind_check', "kind IN ('routine', 'sudden', 'follow-up')")
@Check('inspection_follows_check', "(kind = 'follow-up') = (follows IS NOT NULL)")
@Check(
  'inspection_subject_check',
  "CASE subject WHEN 'unit' THEN unit_code IS NOT NULL AND num_nonnulls(project_code, programme, plan_year) = 0 WHEN 'project' THEN project_code IS NOT NULL AND num_nonnulls(programme, plan_year) = 0 WHEN 'programme' THEN programme IN ('NTM', 'GNBV', 'DTTS') AND num_nonnulls(project_code, plan_year) = 0 WHEN 'assignment' THEN plan_year IS NOT NULL AND num_nonnulls(project_code, programme) = 0 ELSE false END",
)
@Check('inspection_state_check', "state IN ('planned', 'visited', 'concluded')")
@Check(
  'inspection_concluded_check',
  "num_nonnulls(conclusion, concluded_at, concluded_by) = CASE state WHEN 'concluded' THEN 3 ELSE 0 END AND conclusion <> ''",
)
@Check(
  'inspection_text_check',
  "purpose <> '' AND place <> '' AND purpose IS NFC NORMALIZED AND place IS NFC NORMALIZED",
)
@Check('inspection_members_check', 'cardinality(members) BETWEEN 1 AND 40')
@Index(['teamCode', 'plannedOn'])
export class Inspection {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  @ForeignKey('InspectionTeam')
  teamCode: string;

  @Column({ type: 'text' })
  kind: InspectionKind;

  @Column({ type: 'text' })
  subject: InspectionSubject;

  /** Of a project: the unit that held it when the inspection was planned. */
  @Column({ type: 'text', nullable: true })
  @ForeignKey('Unit')
  @Index()
  unitCode: string | null;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  projectCode: string | null;

  @Column({ type: 'text', nullable: true })
  programme: Exclude<Programme, 'none'> | null;

  /** Whose capital was assigned. */
  @Column({ type: 'int', nullable: true })
  planYear: number | null;

  /** The notice to the team that it comes from. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('Notice')
  @Index()
  noticeId: number | null;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('WarningCase')
  @Index()
  caseId: number | null;

  /** The inspection whose recommendations are looked at again. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('Inspection')
  follows: number | null;

  @Column({ type: 'text' })
  purpose: string;

  @Column({ type: 'date' })
  plannedOn: string;

  @Column({ type: 'text' })
  place: string;

  @Column({ type: 'text', array: true })
  members: string[];

  @Column({ type: 'text', default: 'planned' })
  state: InspectionState;

  /** Grows with every change: what an editor must have seen. */
  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'text', nullable: true })
  conclusion: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'text' })
  createdBy: string;

  @Column({ type: 'timestamptz', nullable: true })
  concludedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  concludedBy: string | null;
}
