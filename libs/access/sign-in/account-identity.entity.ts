import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** Who an account is at an OpenID Connect provider; bound when the person first comes from there. */
@Entity()
@Index('account_identity_one_an_issuer_unique', ['accountId', 'issuer'], { unique: true })
export class AccountIdentity {
  @PrimaryColumn({ type: 'text' })
  issuer: string;

  /** The provider's own unchanging name of the person (`sub`). */
  @PrimaryColumn({ type: 'text' })
  subject: string;

  @Column({ type: 'int' })
  @ForeignKey('Account')
  accountId: number;

  @Column({ type: 'timestamptz' })
  boundAt: Date;
}
