import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export const LINK_PURPOSES = ['invitation', 'reset'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/**
 * A link that lets one person set a password once. Only the SHA-256 of its secret is kept. The database refuses a
 * second open link of one account: a newer one voids the older.
 */
@Entity()
@Check('one_time_link_purpose_check', "purpose IN ('invitation', 'reset')")
@Check('one_time_link_expiry_check', 'expires_at > issued_at')
@Check('one_time_link_end_check', 'num_nonnulls(redeemed_at, voided_at) <= 1')
@Index(['accountId'], { unique: true, where: 'redeemed_at IS NULL AND voided_at IS NULL' })
export class OneTimeLink {
  @PrimaryColumn({ type: 'text' })
  secretHash: string;

  @Column({ type: 'int' })
  @ForeignKey('Account')
  accountId: number;

  @Column({ type: 'text' })
  purpose: LinkPurpose;

  @Column({ type: 'timestamptz' })
  issuedAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  redeemedAt: Date | null;

  /** When a newer link or a password set meanwhile made it worthless. */
  @Column({ type: 'timestamptz', nullable: true })
  voidedAt: Date | null;
}
