import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

export type PolicyProposalState = 'open' | 'confirmed' | 'withdrawn';

/** A change of the policy that one person proposed; another one makes it the next version, or it is withdrawn. */
@Entity()
@Index('policy_proposal_one_open_index', ['planYear'], { unique: true, where: "state = 'open'" })
@Check('policy_proposal_state_check', "state IN ('open', 'confirmed', 'withdrawn')")
@Check('policy_proposal_reason_check', "reason <> '' AND reason IS NFC NORMALIZED")
@Check(
  'policy_proposal_decided_check',
  "(state = 'open') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)",
)
@Check('policy_proposal_four_eyes_check', "state <> 'confirmed' OR decided_by <> proposed_by")
export class PolicyProposal {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  /** The version that it would change; 0: the defaults. */
  @Column({ type: 'int' })
  baseVersion: number;

  /** Canonical JSON, as in PolicyVersion. */
  @Column({ type: 'text' })
  fields: string;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'text', default: 'open' })
  state: PolicyProposalState;

  @Column({ type: 'timestamptz' })
  proposedAt: Date;

  @Column({ type: 'text' })
  proposedBy: string;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;
}
