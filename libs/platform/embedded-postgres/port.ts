import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { DataHome } from './data-home.js';
import { EmbeddedPostgresError } from './errors.js';

/** The wanted port; else the one of the last start if it is still free, so that other programs find us again. */
export async function choosePort(home: DataHome, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if (!(await isFree(wanted))) throw portTaken(wanted);
    return wanted;
  }
  const remembered = existsSync(home.port) ? Number(readFileSync(home.port, 'utf8')) : 0;
  if (remembered > 0 && remembered < 65_536 && (await isFree(remembered))) return remembered;
  return listenOnce(0);
}

export function rememberPort(home: DataHome, port: number): void {
  writeFileSync(home.port, `${port}\n`);
}

export function portTaken(port: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'port-taken',
    `Port ${port} on 127.0.0.1, wanted for PostgreSQL, is taken by another program: end that program or choose ` +
      'another port.',
  );
}

async function isFree(port: number): Promise<boolean> {
  try {
    await listenOnce(port);
    return true;
  } catch (error) {
    // A port that we may not open is PostgreSQL's to judge: its account may differ from ours.
    return (error as NodeJS.ErrnoException).code !== 'EADDRINUSE';
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
