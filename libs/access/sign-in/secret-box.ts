import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** One key for each use, all from SECRET_KEY (HKDF, RFC 5869). */
function keyFor(secretKey: string | undefined, use: string): Buffer {
  if (!secretKey) throw new Error('this process was started without a SECRET_KEY');
  return Buffer.from(hkdfSync('sha256', secretKey, '', use, 32));
}

/** Seals a text with AES-256-GCM. It opens only for the same use and owner: a row copied to another account is junk. */
export function seal(secretKey: string | undefined, use: string, owner: string | number, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(secretKey, use), nonce).setAAD(Buffer.from(String(owner)));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
}

/** The sealed text, or undefined when it was sealed with another key, for something else, or was changed. */
export function unseal(
  secretKey: string | undefined,
  use: string,
  owner: string | number,
  box: string,
): string | undefined {
  const key = keyFor(secretKey, use);
  const [version, body = ''] = box.split('.');
  const bytes = Buffer.from(body, 'base64url');
  if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
    .setAAD(Buffer.from(String(owner)))
    .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    return opener.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + opener.final('utf8');
  } catch {
    return undefined;
  }
}

/** A name for something that must not stand in the database itself and that could be guessed from a plain hash. */
export function keyedHash(secretKey: string | undefined, use: string, text: string): string {
  return createHmac('sha256', keyFor(secretKey, use)).update(text).digest('base64url');
}
