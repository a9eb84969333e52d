import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** An authenticator app (TOTP, RFC 6238) of an account. Secrets are sealed with SECRET_KEY. */
@Entity()
@Check('second_factor_confirmed_check', '(sealed_secret IS NULL) = (confirmed_at IS NULL)')
@Check('second_factor_offered_check', '(sealed_offer IS NULL) = (offered_at IS NULL)')
export class SecondFactor {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('Account')
  accountId: number;

  @Column({ type: 'text', nullable: true })
  sealedSecret: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;

  /** The 30-second step of the newest code that was accepted: it and all before are used up. */
  @Column({ type: 'int', default: 0 })
  lastStep: number;

  /** Shown to the person and not yet confirmed by a code. */
  @Column({ type: 'text', nullable: true })
  sealedOffer: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  offeredAt: Date | null;
}

/** Stands in for the authenticator app, once. 120 random bits, so that a plain SHA-256 keeps it (ASVS 5.0, 6.5.2). */
@Entity()
export class RecoveryCode {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('Account')
  @Index()
  accountId: number;

  @Column({ type: 'text', unique: true })
  codeHash: string;

  @Column({ type: 'timestamptz', nullable: true })
  usedAt: Date | null;
}
