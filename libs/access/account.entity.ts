import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';
import type { Role } from '#libs/kernel';

/** A person's account. A reporter has units, an inspector a team (in AccountScope). */
@Entity()
@Check(
  'account_role_check',
  "role IN ('admin', 'staff', 'approver', 'clerk', 'reporter', 'inspector', 'leader', 'auditor')",
)
@Check('account_email_check', "email ~ '^[^<>@[:space:]]+@[^<>@[:space:]]+$' AND length(email) <= 254")
@Check('account_username_check', "username = lower(username) AND username ~ '^[a-z0-9][a-z0-9._-]{1,63}$'")
export class Account {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text', unique: true })
  username: string;

  @Column({ type: 'text' })
  displayName: string;

  @Column({ type: 'text' })
  role: Role;

  /** argon2id, in the PHC string format. Absent until the invitation is redeemed. */
  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  /** Where notices are sent by mail; its owner's own setting. */
  @Column({ type: 'text', nullable: true })
  email: string | null;

  /** Made by the demonstration: refused when NODE_ENV is production. */
  @Column({ type: 'boolean', default: false })
  isDemonstration: boolean;

  @Column({ type: 'timestamptz', nullable: true })
  disabledAt: Date | null;

  /** What an edit names, so that two administrators do not overwrite each other. */
  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;

  /** The request of two people that gave the present role; empty for the role it began with. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('AccountRequest')
  roleRequestId: number | null;
}

/** Whose rows an account sees: a unit (reporter) or a team (inspector). */
@Entity()
@Check('account_scope_subject_check', 'num_nonnulls(unit_code, team_code) = 1')
export class AccountScope {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('Account')
  @Index()
  accountId: number;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Unit')
  unitCode: string | null;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('InspectionTeam')
  teamCode: string | null;
}

/** What a session still lacks: nothing, the code of the second factor, or a second factor at all. */
export const SESSION_STAGES = ['complete', 'second-factor', 'setup'] as const;
export type SessionStage = (typeof SESSION_STAGES)[number];

/**
 * A signed-in browser. The cookie holds the secret; only its SHA-256 is kept. One whose stage is not `complete` can
 * do nothing but become complete, which gives it another secret.
 */
@Entity()
@Check('session_stage_check', "stage IN ('complete', 'second-factor', 'setup')")
export class Session {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text', unique: true })
  secretHash: string;

  @Column({ type: 'int' })
  @ForeignKey('Account')
  @Index()
  accountId: number;

  /** Sent back by the page in a header with every unsafe request. */
  @Column({ type: 'text' })
  csrfToken: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  /** To the minute. */
  @Column({ type: 'timestamptz' })
  seenAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'text' })
  stage: SessionStage;

  /** How the person proved who they are, e.g. `password`, `sso`, `password+totp`. */
  @Column({ type: 'text' })
  proof: string;

  /** From where it was opened. */
  @Column({ type: 'text' })
  address: string;

  /** As the browser calls itself. */
  @Column({ type: 'text' })
  userAgent: string;
}

/**
 * A bearer token for programs. It acts as its owner, within the permissions it carries; only its SHA-256 is kept. The
 * database refuses any change of it but a note of use, an earlier end, and revoking.
 */
@Entity()
@Check(
  'api_token_permissions_check',
  "cardinality(permissions) > 0 AND array_to_string(permissions, ' ') !~ '(^| )(self|accounts)[.]'",
)
@Check('api_token_days_check', "expires_at <= created_at + interval '366 days'")
export class ApiToken {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text', unique: true })
  secretHash: string;

  /** Its first characters, to recognise it by; empty for those made before they were kept. */
  @Column({ type: 'text', default: '' })
  prefix: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'int' })
  @ForeignKey('Account')
  @Index()
  accountId: number;

  /** What it carries of what its owner may; what the owner may no longer, it may not either. */
  @Column({ type: 'text', array: true })
  permissions: string[];

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  /** To the minute. */
  @Column({ type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  revokedBy: string | null;
}
