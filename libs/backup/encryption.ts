import { Decrypter, Encrypter } from 'age-encryption';
import { ReadableFailure } from '#libs/platform';

/** Who may open a backup: whoever knows the passphrase, or whoever holds the identity of a recipient (`age1…`). */
export type EncryptionKey = { passphrase: string } | { recipients: readonly string[] };
export type DecryptionKey = { passphrase: string } | { identity: string };

/** Shorter ones are guessed on a machine of one's own, however slow the derivation. */
const SHORTEST_PASSPHRASE = 16;

export const AGE_MAGIC = Buffer.from('age-encryption.org/v1\n');

/** The first line of a key file. */
export function readPassphrase(text: string): string {
  const passphrase = text.split(/\r?\n/, 1)[0]?.trim() ?? '';
  if (/^(AGE-SECRET-KEY-|age1)/.test(passphrase))
    throw new ReadableFailure(
      'The key file holds an age key, not a passphrase: use --recipient to back up, --identity to restore.',
    );
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new ReadableFailure(
      `The passphrase on the first line of the key file must have ${SHORTEST_PASSPHRASE} characters or more.`,
    );
  return passphrase;
}

/** The identity in a file as `age-keygen` writes it. */
export function readIdentity(text: string): string {
  const identity = text.split(/\r?\n/).find((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (!identity) throw new ReadableFailure('The identity file holds no line that begins with AGE-SECRET-KEY-.');
  return identity.trim();
}

/** A stage of a pipeline: bytes in, bytes out. */
export type Stage = (source: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;

/** The stage of a file without a key. */
export async function* unchanged(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* source;
}

/** A stage that encrypts. A recipient that is none is refused before anything is read. */
export function encrypting(key: EncryptionKey): Stage {
  const encrypter = new Encrypter();
  if ('passphrase' in key) encrypter.setPassphrase(key.passphrase);
  else for (const recipient of key.recipients) addRecipient(encrypter, recipient);
  return async function* (source) {
    yield* await encrypter.encrypt(streamOf(source));
  };
}

/** A stage that decrypts; every byte that comes out is authenticated, and so is the end. */
export function decrypting(key: DecryptionKey): Stage {
  const decrypter = new Decrypter();
  if ('passphrase' in key) decrypter.addPassphrase(key.passphrase);
  else addIdentity(decrypter, key.identity);
  return async function* (source) {
    let plain;
    try {
      plain = await decrypter.decrypt(streamOf(source));
    } catch (error) {
      if (/no identity matched/.test(String(error)))
        throw new ReadableFailure('The key does not open the backup: nothing was restored.');
      throw error;
    }
    yield* plain;
  };
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch {
    throw new ReadableFailure(`${recipient} is not a recipient of age: it begins with age1, see age-keygen.`);
  }
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch {
    throw new ReadableFailure('The identity file holds a key that age does not read.');
  }
}

function streamOf(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return ReadableStream.from(source);
}
