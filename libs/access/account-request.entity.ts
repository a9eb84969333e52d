import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Role } from '#libs/kernel';

export const REQUEST_KINDS = ['invite', 'change', 'enable', 'reset'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export const REQUEST_STATES = ['requested', 'carried-out', 'withdrawn', 'expired'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/**
 * What one person asks about an account and another carries out: an invitation, a role or a wider scope, enabling
 * again, a reset link of somebody who is a second person. The request is frozen as it was asked; the database checks
 * both people when it is carried out. `isAlone`: the office had no second person yet, and the one who asked did it.
 */
@Entity()
@Check('account_request_kind_check', "kind IN ('invite', 'change', 'enable', 'reset')")
@Check('account_request_state_check', "state IN ('requested', 'carried-out', 'withdrawn', 'expired')")
@Check(
  'account_request_decided_check',
  "(state = 'requested') = (decided_at IS NULL) AND (state IN ('carried-out', 'withdrawn')) = (decided_by IS NOT NULL)",
)
@Check(
  'account_request_two_people_check',
  "state <> 'carried-out' OR (decided_by = requested_by) = is_alone AND decided_by <> username",
)
@Check('account_request_account_check', "account_id IS NOT NULL OR (kind = 'invite' AND state <> 'carried-out')")
@Check('account_request_in_time_check', "state <> 'carried-out' OR decided_at <= expires_at")
@Index('account_request_one_pending_index', ['username'], { unique: true, where: "state = 'requested'" })
@Index(['accountId'])
export class AccountRequest {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  kind: RequestKind;

  /** Whose account; of an invitation only once it is carried out. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('Account')
  accountId: number | null;

  @Column({ type: 'text' })
  username: string;

  @Column({ type: 'text' })
  displayName: string;

  /** Role, units and teams as they are to be. */
  @Column({ type: 'text' })
  role: Role;

  @Column({ type: 'text', array: true })
  unitCodes: string[];

  @Column({ type: 'text', array: true })
  teamCodes: string[];

  @Column({ type: 'text' })
  note: string;

  @Column({ type: 'text', default: 'requested' })
  state: RequestState;

  @Column({ type: 'text' })
  requestedBy: string;

  @Column({ type: 'timestamptz' })
  requestedAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'boolean', default: false })
  isAlone: boolean;
}
