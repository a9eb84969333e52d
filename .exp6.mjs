import { measureImport } from './test/bench/import.mjs';
import { startEmbeddedPostgres, migrate, ensureInstance } from '#libs/platform';
import pg from 'pg'; import fs from 'node:fs';
fs.rmSync('/tmp/import-exp/pg2',{recursive:true,force:true});
const p = await startEmbeddedPostgres({ dataDir: '/tmp/import-exp/pg2', database: 'tracker' });
await migrate(p.url); const c = new pg.Client({connectionString: p.url}); await c.connect(); await ensureInstance(c,'X'); await c.end();
console.log(await measureImport(p.url,{rows:20,rounds:6}));
await p.stop();
