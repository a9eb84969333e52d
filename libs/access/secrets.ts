import { createHash, randomBytes } from 'node:crypto';
import argon2 from 'argon2';
import { passwordProblem } from './sign-in/password-rules.js';

/** OWASP Password Storage: argon2id with 19 MiB, two passes, one lane. */
const ARGON2ID = { type: argon2.argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes a new password, if the rules allow it; `context` are words of the person that do not make one. */
export async function hashPassword(password: string, context: readonly string[] = []): Promise<string> {
  const problem = passwordProblem(password, context);
  if (problem) throw problem;
  return argon2.hash(password.normalize('NFC'), ARGON2ID);
}

let nobodysHash: Promise<string> | undefined;

/** Verifies against a hash; without one it works as long against a made-up hash, so time tells no account names. */
export async function verifyPassword(hash: string | undefined, password: string): Promise<boolean> {
  nobodysHash ??= argon2.hash(randomBytes(16), ARGON2ID);
  const verified = await argon2.verify(hash ?? (await nobodysHash), password.normalize('NFC'));
  return hash !== undefined && verified;
}

/** 256 random bits, for cookies and tokens. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. A fast hash is right here: there is nothing to guess in 256 random bits. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
