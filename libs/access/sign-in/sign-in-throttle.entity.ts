import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Failed attempts in a row: of a name, whether or not an account bears it, or from an address. */
@Entity()
@Check('sign_in_throttle_failures_check', 'failures >= 0')
export class SignInThrottle {
  /** `name:` and a keyed hash of what was typed, for people type passwords there; `address:` and the address. */
  @PrimaryColumn({ type: 'text' })
  subject: string;

  @Column({ type: 'int' })
  failures: number;

  @Column({ type: 'timestamptz' })
  failedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  blockedUntil: Date | null;
}
