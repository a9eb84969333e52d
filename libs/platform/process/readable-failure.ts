import { readFileSync, statSync } from 'node:fs';
import { ConfigError, readConfig, type Config } from '../config.js';
import { EmbeddedPostgresError } from '../embedded-postgres/index.js';

/** A failure whose message is already the sentence for the person at the terminal. */
export class ReadableFailure extends Error {}

/** The configuration of this process, from its environment. */
export function processConfig(): Config {
  return readConfig(process.env, (path) => {
    if (isOpenToAll(path)) process.stderr.write(`${path} can be read by every user of this machine: chmod 600.\n`);
    return readFileSync(path, 'utf8');
  });
}

/** Containers mount secrets readable in a folder of their own; the closed folder outside protects those. */
function isOpenToAll(path: string): boolean {
  const found = path.startsWith('/run/secrets/') ? undefined : statSync(path, { throwIfNoEntry: false });
  return process.platform !== 'win32' && found !== undefined && (found.mode & 0o004) !== 0;
}

/** Puts what went wrong while starting into one sentence; undefined for what is a fault of the program. */
export function startFailure(error: unknown, config?: Pick<Config, 'host' | 'port'>): string | undefined {
  if (error instanceof ConfigError || error instanceof ReadableFailure || error instanceof EmbeddedPostgresError)
    return error.message;
  const { code, message, address, port, hostname } = describe(error);
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${config?.port ?? port} on ${config?.host ?? address} is taken: stop the other program or set PORT to another one.`;
    case 'EACCES':
      return `Port ${config?.port} may not be opened by this user: set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
      return `HOST ${config?.host} is not an address of this machine.`;
    case 'ECONNREFUSED':
      return `No server answers at ${address ?? hostname}:${port}: check DATABASE_URL and REDIS_URL.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host ${hostname} of DATABASE_URL or REDIS_URL cannot be found.`;
    case 'ETIMEDOUT':
      return `The server at ${address ?? hostname ?? 'the given address'} does not answer: check DATABASE_URL and REDIS_URL.`;
    case '28P01':
    case '28000':
      return `PostgreSQL refuses the user or password of DATABASE_URL (${message}).`;
    case '3D000':
      return `The database of DATABASE_URL does not exist (${message}).`;
    case '42501':
      return `The user of DATABASE_URL lacks a right (${message}).`;
    default:
      return /timeout exceeded when trying to connect|Connection terminated due to connection timeout/.test(message)
        ? 'PostgreSQL does not answer within 10 seconds: check DATABASE_URL.'
        : /\b(NOAUTH|WRONGPASS)\b/.test(message)
          ? 'Redis refuses the user or password of REDIS_URL.'
          : undefined;
  }
}

function describe(error: unknown): {
  code?: string;
  message: string;
  address?: string;
  port?: number;
  hostname?: string;
} {
  // A host with several addresses fails with one error a piece.
  const inner = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const driver = (inner as { driverError?: unknown } | null)?.driverError ?? inner;
  return typeof driver === 'object' && driver !== null
    ? { ...(driver as object), message: String((driver as Error).message ?? driver) }
    : { message: String(driver) };
}
