import { startEmbeddedPostgres, migrate, ensureInstance } from '#libs/platform';
import pg from 'pg';
const p = await startEmbeddedPostgres({ dataDir: '/tmp/import-exp/pg', database: 'tracker', onNote: console.log });
console.log(p.url, p.adminUrl);
await migrate(p.url);
const c = new pg.Client({connectionString: p.url}); await c.connect(); await ensureInstance(c,'X'); await c.end();
setInterval(()=>{}, 1e9);
process.on('SIGTERM', async ()=>{ await p.stop(); process.exit(0); });
