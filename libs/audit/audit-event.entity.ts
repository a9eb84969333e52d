import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { countColumn } from '#libs/platform';

/**
 * One change, chained to the one before: hash = SHA-256 of `seq`, the previous hash and `body`, each on its line.
 * The database numbers and hashes the row itself, when the transaction that inserted it commits, and refuses UPDATE,
 * DELETE and TRUNCATE. Nothing removes events: they are kept as long as the database is, twelve months and longer.
 */
@Entity()
@Check('audit_event_seq_check', 'seq > 0')
@Index(['objectType', 'objectId', 'seq'])
@Index(['at', 'seq'])
@Index(['actor', 'at', 'seq'])
@Index(['action', 'at', 'seq'])
export class AuditEvent {
  @PrimaryColumn({ type: 'bigint', transformer: countColumn })
  seq: number;

  /** Real time, not the business day. */
  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'text' })
  actor: string;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text' })
  objectType: string;

  @Column({ type: 'text' })
  objectId: string;

  /** Canonical JSON (RFC 8785) of the whole event: who, when, what before and after, from where. */
  @Column({ type: 'text' })
  body: string;

  @Column({ type: 'text' })
  previousHash: string;

  @Column({ type: 'text' })
  hash: string;
}

/** The end of the chain: one row, moved on by the database with every event. */
@Entity()
@Check('audit_head_one_row_check', 'singleton')
export class AuditHead {
  @PrimaryColumn({ type: 'boolean' })
  singleton: boolean;

  @Column({ type: 'bigint', transformer: countColumn })
  seq: number;

  @Column({ type: 'text' })
  hash: string;
}
