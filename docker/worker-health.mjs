// Health of a worker container. The worker answers no requests, so this looks at its process from outside: it lives,
// and the container holds open connections to PostgreSQL and to Redis (the worker asks both many times a minute).
// A worker that is connected but stuck looks healthy here; the api's /health/ready tells of work that is not done.
import { readdirSync, readFileSync } from 'node:fs';
import { readConfig } from '../dist/libs/platform/config.js';

const PROGRAM = 'dist/apps/worker/main.js';
const DEFAULT_PORTS = { 'postgres:': 5432, 'postgresql:': 5432, 'redis:': 6379, 'rediss:': 6379 };
/** The state column of /proc/net/tcp, see proc(5). */
const ESTABLISHED = '01';

const read = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

const lives = readdirSync('/proc').some((pid) => {
  const words = /^[0-9]+$/.test(pid) ? read(`/proc/${pid}/cmdline`).split('\0') : [];
  return words.slice(0, 2).includes(PROGRAM);
});

const connectedPorts = new Set(
  ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => read(table).split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => state === ESTABLISHED)
    .map(([, , remote]) => parseInt(remote.split(':')[1], 16)),
);

const { databaseUrl, redisUrl } = readConfig(process.env, (path) => readFileSync(path, 'utf8'));
const missing = [databaseUrl, redisUrl].filter(Boolean).flatMap((text) => {
  const { protocol, port } = new URL(text);
  return connectedPorts.has(Number(port) || DEFAULT_PORTS[protocol]) ? [] : [protocol.slice(0, -1)];
});

const troubles = [...(lives ? [] : ['the worker does not run']), ...missing.map((name) => `no connection to ${name}`)];
process.stdout.write(`${troubles.join(', ') || 'the worker runs and is connected'}\n`);
process.exitCode = troubles.length === 0 ? 0 : 1;
