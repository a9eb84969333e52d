import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/** `committee`: UBND; `site-clearance`: the steering committee on it; `team`: an inspection team. */
export const BODY_KINDS = ['committee', 'site-clearance', 'team'] as const;
export type BodyKind = (typeof BODY_KINDS)[number];

/** A body that meets. */
@Entity()
@Check('meeting_body_kind_check', "kind IN ('committee', 'site-clearance', 'team')")
@Check('meeting_body_team_check', "(kind = 'team') = (team_code IS NOT NULL)")
@Check('meeting_body_name_check', "name <> '' AND name IS NFC NORMALIZED")
export class MeetingBody {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  kind: BodyKind;

  @Column({ type: 'text' })
  @Index('meeting_body_name_unique', { unique: true })
  name: string;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('InspectionTeam')
  @Index('meeting_body_team_unique', { unique: true })
  teamCode: string | null;
}

export type MemberPart = 'chair' | 'secretary' | 'member';

/** A member of a body from a day to a day; nobody is in a body twice on one day. */
@Entity()
@Check('meeting_member_part_check', "part IN ('chair', 'secretary', 'member')")
@Check('meeting_member_words_check', "name <> '' AND position <> ''")
@Check('meeting_member_validity_check', 'valid_to IS NULL OR valid_from <= valid_to')
@Exclusion(
  'meeting_member_once',
  "USING gist (body_id WITH =, name WITH =, daterange(valid_from, valid_to, '[]') WITH &&)",
)
export class MeetingMember {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('MeetingBody')
  bodyId: number;

  @Column({ type: 'text' })
  name: string;

  /** In the office: "Phó Chủ tịch UBND tỉnh". */
  @Column({ type: 'text' })
  position: string;

  @Column({ type: 'text' })
  part: MemberPart;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', nullable: true })
  validTo: string | null;
}

export const MEETING_STATES = ['preparing', 'fixed', 'held'] as const;
export type MeetingState = (typeof MEETING_STATES)[number];

/** A meeting of a body, monthly or because of a difficulty: preparing → agenda fixed → held. */
@Entity()
@Check('meeting_kind_check', "kind IN ('monthly', 'difficulty')")
@Check('meeting_difficulty_check', "(kind = 'difficulty') = (difficulty_id IS NOT NULL)")
@Check('meeting_state_check', "state IN ('preparing', 'fixed', 'held')")
@Check('meeting_fixed_check', "(state = 'preparing') = (fixed_at IS NULL)")
@Check('meeting_closed_check', "(state = 'held') = (closed_at IS NOT NULL)")
@Index('meeting_body_id_held_on_index', ['bodyId', 'heldOn'])
export class Meeting {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('MeetingBody')
  bodyId: number;

  @Column({ type: 'text' })
  kind: 'monthly' | 'difficulty';

  @Column({ type: 'int', nullable: true })
  @ForeignKey('Difficulty')
  difficultyId: number | null;

  @Column({ type: 'date' })
  heldOn: string;

  @Column({ type: 'text' })
  place: string;

  @Column({ type: 'text' })
  state: MeetingState;

  /** Who was there, "name, position", as the members stood on that day. */
  @Column({ type: 'text', array: true, default: '{}' })
  present: string[];

  @Column({ type: 'text', default: '' })
  conclusion: string;

  @Column({ type: 'int', default: 1 })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'text' })
  createdBy: string;

  @Column({ type: 'timestamptz', nullable: true })
  fixedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;
}

/** Where an item of an agenda comes from, in the order in which a meeting takes them. */
export const ITEM_SOURCES = [
  'undone-decision',
  'warning-case',
  'overdue-notice',
  'objection',
  'difficulty',
  'free',
] as const;
export type ItemSource = (typeof ITEM_SOURCES)[number];

/** An item of an agenda: what it says is frozen when the agenda is fixed. */
@Entity()
@Check(
  'meeting_item_source_check',
  "source IN ('undone-decision', 'warning-case', 'overdue-notice', 'objection', 'difficulty', 'free')",
)
@Check('meeting_item_ref_check', "(source = 'free') = (ref_id IS NULL)")
@Check('meeting_item_title_check', "title <> ''")
@Index('meeting_item_ordinal_unique', ['meetingId', 'ordinal'], { unique: true })
@Index('meeting_item_once_unique', ['meetingId', 'source', 'refId'], { unique: true })
@Index('meeting_item_source_ref_index', ['source', 'refId'])
export class MeetingItem {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('Meeting')
  meetingId: number;

  @Column({ type: 'int' })
  ordinal: number;

  @Column({ type: 'text' })
  source: ItemSource;

  /** Of the decision, case, notice, objection or difficulty. */
  @Column({ type: 'int', nullable: true })
  refId: number | null;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Unit')
  unitCode: string | null;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  projectCode: string | null;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', default: '' })
  facts: string;
}

export const DECISION_STATES = ['open', 'done', 'withdrawn'] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

/** What a meeting decided: who does it by when. It ends once: done, or withdrawn with the reason. */
@Entity()
@Check('meeting_decision_state_check', "state IN ('open', 'done', 'withdrawn')")
@Check(
  'meeting_decision_ended_check',
  `CASE state WHEN 'open' THEN num_nonnulls(ended_on, ended_by) = 0 AND outcome = ''
               ELSE num_nonnulls(ended_on, ended_by) = 2 AND outcome <> '' END`,
)
@Check('meeting_decision_words_check', "text <> '' AND owner <> ''")
@Index('meeting_decision_state_due_date_index', ['state', 'dueDate'])
export class MeetingDecision {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('Meeting')
  @Index()
  meetingId: number;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('MeetingItem')
  itemId: number | null;

  /** Of the item. */
  @Column({ type: 'text', nullable: true })
  @ForeignKey('Unit')
  @Index()
  unitCode: string | null;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  @Index()
  projectCode: string | null;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'text' })
  owner: string;

  @Column({ type: 'date' })
  dueDate: string;

  @Column({ type: 'text' })
  state: DecisionState;

  /** How it ended. */
  @Column({ type: 'text', default: '' })
  outcome: string;

  @Column({ type: 'date', nullable: true })
  endedOn: string | null;

  @Column({ type: 'text', nullable: true })
  endedBy: string | null;

  @Column({ type: 'timestamptz' })
  decidedAt: Date;

  @Column({ type: 'text' })
  decidedBy: string;
}
