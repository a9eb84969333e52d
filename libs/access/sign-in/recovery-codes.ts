import { randomInt } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { systemClock } from '#libs/kernel';
import { secretHash } from '../secrets.js';
import { RecoveryCode } from './second-factor.entity.js';

const CODES = 10;
const GROUPS = 7;
const GROUP_CHARACTERS = 4;
/** Base 32 without what is mistaken for something else when read from paper: 28 characters are 140 bits. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz023456789';

function newCode(): string {
  const group = (): string =>
    Array.from({ length: GROUP_CHARACTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** As typed from paper: capitals, spaces and dashes do not matter. */
function canonical(code: string): string {
  return code.toLowerCase().replace(/[^a-z0-9]/g, '');
}

export function isRecoveryCode(code: string): boolean {
  return canonical(code).length === GROUPS * GROUP_CHARACTERS;
}

/** Ten new codes in the place of all earlier ones; they are told once. */
export async function renewRecoveryCodes(tx: EntityManager, accountId: number): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await tx.delete(RecoveryCode, { accountId });
  await tx.insert(
    RecoveryCode,
    codes.map((code) => ({ accountId, codeHash: secretHash(canonical(code)) })),
  );
  return codes;
}

/** Uses a code up; false when the account has none like it, or it was used. */
export async function useRecoveryCode(tx: EntityManager, accountId: number, code: string): Promise<boolean> {
  const [, used] = (await tx.query(
    'UPDATE recovery_code SET used_at = $3 WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL',
    [accountId, secretHash(canonical(code)), systemClock.now()],
  )) as [unknown, number];
  return used === 1;
}
