import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { Account } from '../account.entity.js';
import type { AccessErrorCode } from '../errors.js';
import { endSessions } from '../sessions.js';
import { renewRecoveryCodes } from './recovery-codes.js';
import { seal, unseal } from './secret-box.js';
import { RecoveryCode, SecondFactor } from './second-factor.entity.js';
import type { SignInPolicy } from './sign-in-policy.js';
import { newTotpSecret, stepOfCode, totpAddress } from './totp.js';

const USE = 'second factor';

/** A QR code left on a screen does not count for long. */
const OFFER_MINUTES = 30;

type Keyed = Pick<SignInPolicy, 'secretKey'>;

/** A secret to be put into an authenticator app; it counts from the first right code on. */
export async function offerSecondFactor(
  db: DataSource,
  { secretKey }: Keyed,
  account: Pick<Account, 'id' | 'username' | 'isDemonstration'>,
): Promise<{ secret: string; address: string }> {
  refuseDemonstration(account);
  const secret = newTotpSecret();
  const { provinceName } = await instanceSetting(db);
  await db.manager.upsert(
    SecondFactor,
    { accountId: account.id, sealedOffer: seal(secretKey, USE, account.id, secret), offeredAt: systemClock.now() },
    ['accountId'],
  );
  return { secret, address: totpAddress(secret, account.username, `Giải ngân ${provinceName}`) };
}

/** A right code makes the offered secret the account's own; gives the new recovery codes, told this once. */
export async function confirmOffer(
  tx: EntityManager,
  record: RecordAudit,
  { secretKey }: Keyed,
  account: Pick<Account, 'id' | 'username'>,
  code: string,
  mustBeFirst = false,
): Promise<string[]> {
  const factor = await takeFactor(tx, account.id);
  const now = systemClock.now();
  const secret =
    factor?.sealedOffer && factor.offeredAt && now.getTime() - factor.offeredAt.getTime() < OFFER_MINUTES * 60_000
      ? unseal(secretKey, USE, account.id, factor.sealedOffer)
      : undefined;
  if (!factor || secret === undefined) throw new DomainError<AccessErrorCode>('second-factor-not-offered');
  // Whoever knows the password alone must not put their own telephone in the place of the owner's.
  if (mustBeFirst && factor.sealedSecret) throw new DomainError<AccessErrorCode>('not-allowed');
  const step = stepOfCode(secret, code, 0, now);
  if (step === undefined) throw new DomainError<AccessErrorCode>('code-refused');
  await tx.update(
    SecondFactor,
    { accountId: account.id },
    {
      sealedSecret: factor.sealedOffer,
      confirmedAt: now,
      lastStep: step,
      sealedOffer: null,
      offeredAt: null,
    },
  );
  record({
    action: factor.sealedSecret ? 'second-factor.replace' : 'second-factor.add',
    objectType: 'account',
    objectId: account.id,
    after: { username: account.username },
  });
  return renewRecoveryCodes(tx, account.id);
}

/** The same by somebody who is signed in already: their other sessions end. */
export async function confirmSecondFactor(
  db: DataSource,
  policy: Keyed,
  actor: Actor,
  account: Account,
  sessionId: number,
  code: string,
): Promise<string[]> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const codes = await confirmOffer(tx, record, policy, account, code);
    await endSessions(tx, record, account.id, sessionId);
    return codes;
  });
}

/** Ten other recovery codes; the earlier ones are void. */
export async function replaceRecoveryCodes(db: DataSource, actor: Actor, account: Account): Promise<string[]> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const factor = await takeFactor(tx, account.id);
    if (!factor?.sealedSecret) throw new DomainError<AccessErrorCode>('second-factor-none');
    record({ action: 'recovery-codes.replace', objectType: 'account', objectId: account.id });
    return renewRecoveryCodes(tx, account.id);
  });
}

/** Takes the second factor away, as its owner or as an administrator for somebody who lost telephone and codes. */
export async function removeSecondFactor(
  tx: EntityManager,
  record: RecordAudit,
  account: Pick<Account, 'id' | 'username'>,
): Promise<boolean> {
  await tx.delete(RecoveryCode, { accountId: account.id });
  const { affected } = await tx.delete(SecondFactor, { accountId: account.id });
  if (affected !== 1) return false;
  record({
    action: 'second-factor.remove',
    objectType: 'account',
    objectId: account.id,
    before: { username: account.username },
  });
  return true;
}

/** The owner does without a second factor, where the role does not demand one; their other sessions end. */
export async function takeSecondFactorAway(
  db: DataSource,
  policy: Pick<SignInPolicy, 'secondFactorRoles'>,
  actor: Actor,
  account: Account,
  sessionId: number,
): Promise<void> {
  if (needsSecondFactor(policy, account)) throw new DomainError<AccessErrorCode>('second-factor-required');
  await auditedTransaction(db, actor, async (tx, record) => {
    if (!(await removeSecondFactor(tx, record, account))) throw new DomainError<AccessErrorCode>('second-factor-none');
    await endSessions(tx, record, account.id, sessionId);
  });
}

/** Whose role demands one. Accounts of the demonstration have a published password; production refuses them. */
export function needsSecondFactor(
  { secondFactorRoles }: Pick<SignInPolicy, 'secondFactorRoles'>,
  account: Pick<Account, 'isDemonstration' | 'role'>,
): boolean {
  return !account.isDemonstration && secondFactorRoles.includes(account.role);
}

/** Uses a code up; whoever comes at the same time with the same code waits here and finds it used. */
export async function useTotpCode(
  tx: EntityManager,
  { secretKey }: Keyed,
  accountId: number,
  code: string,
): Promise<boolean> {
  const factor = await takeFactor(tx, accountId);
  if (!factor?.sealedSecret) return false;
  const secret = unseal(secretKey, USE, accountId, factor.sealedSecret);
  if (secret === undefined) throw new DomainError<AccessErrorCode>('second-factor-unreadable');
  const step = stepOfCode(secret, code, factor.lastStep, systemClock.now());
  if (step === undefined) return false;
  await tx.update(SecondFactor, { accountId }, { lastStep: step });
  return true;
}

/** What the owner sees of it. */
export async function secondFactorState(
  db: DataSource,
  accountId: number,
): Promise<{ since: Date | null; recoveryCodesLeft: number }> {
  const factor = await db.manager.findOneBy(SecondFactor, { accountId });
  const left = await db
    .createQueryBuilder(RecoveryCode, 'code')
    .where('code.account_id = :accountId AND code.used_at IS NULL', { accountId })
    .getCount();
  return { since: factor?.confirmedAt ?? null, recoveryCodesLeft: left };
}

/** A visitor who changed what everybody signs in with would lock all others out of the demonstration. */
export function refuseDemonstration({ isDemonstration }: Pick<Account, 'isDemonstration'>): void {
  if (isDemonstration) throw new DomainError<AccessErrorCode>('demonstration-sign-in-fixed');
}

async function takeFactor(tx: EntityManager, accountId: number): Promise<SecondFactor | null> {
  return tx.findOne(SecondFactor, { where: { accountId }, lock: { mode: 'pessimistic_write' } });
}
