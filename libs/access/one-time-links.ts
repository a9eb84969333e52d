import { IsNull, type EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { systemClock } from '#libs/kernel';
import { Account } from './account.entity.js';
import { OneTimeLink, type LinkPurpose } from './one-time-link.entity.js';
import { newSecret, secretHash } from './secrets.js';

/** Hours a link works: an invitation waits for a person to come to work, a reset for one who is at the telephone. */
export const LINK_HOURS: Record<LinkPurpose, number> = { invitation: 7 * 24, reset: 1 };

/**
 * Makes the link with which a person sets a password; older ones of the account are void from then on. The secret is
 * returned once: it belongs into the fragment of an address (`/link#SECRET`), which browsers send to no server.
 */
export async function issueLink(
  tx: EntityManager,
  record: RecordAudit,
  account: Pick<Account, 'id' | 'username'>,
  purpose: LinkPurpose,
  hours = LINK_HOURS[purpose],
): Promise<{ secret: string; expiresAt: Date }> {
  // Whoever issues at the same time waits here, so that one of the two links is void and not both open.
  await tx.query('SELECT FROM account WHERE id = $1 FOR UPDATE', [account.id]);
  const secret = newSecret();
  const issuedAt = systemClock.now();
  const expiresAt = new Date(issuedAt.getTime() + hours * 3_600_000);
  await voidLinks(tx, account.id);
  await tx.insert(OneTimeLink, { secretHash: secretHash(secret), accountId: account.id, purpose, issuedAt, expiresAt });
  record({
    action: 'link.issue',
    objectType: 'account',
    objectId: account.id,
    after: { username: account.username, purpose, expiresAt },
  });
  return { secret, expiresAt };
}

/** Makes the open link of an account worthless, if there is one. */
export async function voidLinks(tx: EntityManager, accountId: number): Promise<void> {
  await tx.update(
    OneTimeLink,
    { accountId, redeemedAt: IsNull(), voidedAt: IsNull() },
    { voidedAt: systemClock.now() },
  );
}
