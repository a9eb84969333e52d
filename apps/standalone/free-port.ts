import { createServer } from 'node:net';

/** Fails with EADDRINUSE and the like before the long part of a start, not after it. Port 0 is always free. */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
