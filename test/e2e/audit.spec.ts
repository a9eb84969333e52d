import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyChain } from '#libs/audit';
import { Month, systemActor } from '#libs/kernel';
import { recordDisbursements } from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { binaryBody } from '../harness/binary-body.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';

interface Event {
  seq: number;
  action: string;
  actor: { username: string };
  object: { type: string; id: string };
}
interface Page {
  items: Event[];
  nextCursor: string | null;
}

const EDITS = 200;

describe('the audit trail over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let auditor: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await bookMonth(api.db, 1, { A: 1n, B: 20n, C: 3n, D: 30n });
    await closeMonth(api.db, actorFor('approver'), Month.of(2024, 1));
    await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month: 1, monthVersion: 1 });
    auditor = await api.signIn('auditor');
  }, 120_000);
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const page = async (query = ''): Promise<Page> =>
    (await auditor.get(`/audit-events?${query}`).expect(200)).body as Page;
  const exported = async (query = ''): Promise<Buffer> =>
    (await auditor.get(`/audit-chain/export${query}`).buffer(true).parse(binaryBody).expect(200)).body as Buffer;

  it('lists the newest first, page by page, every event once', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { items, nextCursor }: Page = await page(`limit=7${cursor && `&cursor=${cursor}`}`);
      seen.push(...items.map(({ seq }) => seq));
      cursor = nextCursor;
    }
    const head = (await auditor.get('/audit-chain/head').expect(200)).body as { seq: number };
    expect(seen.length).toBe(head.seq);
    expect(new Set(seen).size).toBe(head.seq);
    expect(seen[0]).toBe(head.seq);
  });

  it.each<[string, (event: Event) => boolean]>([
    ['actor=approver', ({ actor }) => actor.username === 'approver'],
    ['action=month.close', ({ action }) => action === 'month.close'],
    ['objectType=unit&objectId=A', ({ object }) => object.type === 'unit' && object.id === 'A'],
    ['actor=system&action=unit.add&objectType=unit', ({ action }) => action === 'unit.add'],
  ])('narrows by %s', async (query, fits) => {
    const [all, { items }] = [await page('limit=200'), await page(`limit=200&${query}`)];
    expect(items.length).toBeGreaterThan(0);
    expect(items).toEqual(all.items.filter(fits));
  });

  it('narrows by days on the province’s clock', async () => {
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    expect((await page(`from=${today}&to=${today}`)).items.length).toBeGreaterThan(0);
    expect(await page('to=2000-01-01')).toEqual({ items: [], nextCursor: null });
    await auditor.get('/audit-events?from=2024-02-30').expect(400);
    await auditor.get('/audit-events?cursor=x').expect(400);
  });

  it('tells of one event what changed, who, from where, and its place in the chain', async () => {
    const [close] = (await page('action=month.close')).items;
    const { body } = await auditor.get(`/audit-events/${close?.seq}`).expect(200);
    expect(body).toMatchObject({
      action: 'month.close',
      actor: { username: 'approver' },
      actorRole: 'approver',
      object: { type: 'month', id: '2024-01' },
      origin: { via: 'command-line', address: null },
    });
    const told = body as { hash: string; previousHash: string; changes: unknown[] };
    expect(told.changes.length).toBeGreaterThan(0);
    expect([told.hash, told.previousHash].every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
    await auditor.get('/audit-events/999999').expect(404);
    await auditor.get('/audit-events/x').expect(404);
  });

  it('verifies the chain, and finds the event that was changed past the program', async () => {
    const verify = async (): Promise<unknown> => (await auditor.get('/audit-chain/verification').expect(200)).body;
    expect(await verify()).toMatchObject({ findings: [], done: true });
    const forge = (sql: string): Promise<unknown> =>
      api.db.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
    await forge('UPDATE audit_event SET body = replace(body, \'"action"\', \'"Action"\') WHERE seq = 5');
    expect(await verify()).toMatchObject({ findings: [{ seq: 5, kind: 'changed' }] });
    await forge('UPDATE audit_event SET body = replace(body, \'"Action"\', \'"action"\') WHERE seq = 5');
    await forge("UPDATE audit_event SET actor = 'nobody' WHERE seq = 6");
    expect(await verify()).toMatchObject({ findings: [{ seq: 6, kind: 'changed' }] });
    await forge("UPDATE audit_event SET actor = body::jsonb #>> '{actor,username}' WHERE seq = 6");
    expect(await verify()).toMatchObject({ findings: [] });
  });

  describe('exported', () => {
    it('is a file that the verifier finds whole, from the beginning or from a later event', async () => {
      const lines = (await exported()).toString().trimEnd().split('\n');
      const head = (await auditor.get('/audit-chain/head').expect(200)).body as { seq: number; hash: string };
      const verdict = verifyChain(lines, { heads: [head.hash] });
      expect(verdict).toMatchObject({ events: head.seq, findings: [], heads: [{ hash: head.hash, seq: head.seq }] });
      const later = (await exported('?from=10')).toString().trimEnd().split('\n');
      expect(verifyChain(later, { from: 10 })).toMatchObject({ firstSeq: 10, findings: [] });
    });

    it(`${EDITS} random single-byte edits are located, each on its line`, async () => {
      const bytes = await exported();
      const seed = randomInt(1_000_000);
      let state = seed;
      // Park and Miller's generator: the same edits again from the seed that a failure prints.
      const next = (most: number): number => (state = (state * 48_271 + 11) % 2_147_483_647) % most;
      for (let i = 0; i < EDITS; i++) {
        const at = next(bytes.length - 1);
        const edited = Buffer.from(bytes);
        edited[at] = ((edited[at] as number) + 1 + next(255)) % 256;
        const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
        const found = verifyChain(edited.toString('latin1').split('\n').slice(0, -1).map(utf8)).findings;
        const where = `seed ${seed}, edit ${i}, byte ${at}`;
        expect([where, found.length > 0, found[0]?.line]).toEqual([where, true, line]);
        expect([where, found.length]).toEqual([where, found.length < 3 ? found.length : 'at most two']);
      }
    });

    it('is checked by the command without the database: status 0, 1, 2 and plain sentences', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'audit-export-'));
      const verify = (...args: string[]): { status: number | null; out: string } => {
        const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/apps/cli/verify.js', ...args], {
          encoding: 'utf8',
          env: { PATH: process.env['PATH'] },
        });
        return { status, out: stdout + stderr };
      };
      try {
        const file = join(folder, 'nhat-ky.ndjson');
        writeFileSync(file, await exported());
        const head = (await auditor.get('/audit-chain/head').expect(200)).body as { seq: number; hash: string };
        const whole = verify(file, '--head', head.hash);
        expect(whole.out).toContain(`Đã đọc ${head.seq} sự kiện, từ số 1 đến số ${head.seq}; mã cuối: ${head.hash}`);
        expect(whole).toMatchObject({ status: 0, out: expect.stringContaining('Chuỗi nguyên vẹn.') as string });
        const lines = readFileSync(file, 'utf8').split('\n');
        writeFileSync(file, lines.filter((_, i) => i !== 4).join('\n'));
        const broken = verify(file, '--lang', 'en');
        expect(broken).toMatchObject({
          status: 1,
          out: expect.stringContaining('before line 5: event 5 is missing') as string,
        });
        writeFileSync(file, 'a,b\n1,2\n');
        expect(verify(file)).toMatchObject({ status: 2, out: expect.stringContaining('không có dòng nào') as string });
        expect(verify(join(folder, 'none')).status).toBe(2);
        expect(verify().status).toBe(2);
        expect(verify(file, '--head', 'abc').status).toBe(2);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it('the month’s documents bear the event that froze its result, findable in any later export', async () => {
    const [event] = (await page('action=month.evaluate')).items;
    const { body: overview } = await auditor.get('/overviews/2024-01').expect(200);
    const { seal } = overview as { seal: { seq: number; hash: string } };
    expect(seal.seq).toBe(event?.seq);
    const sheet = (await auditor.get('/months/2024-01/closing').expect(200)).body as { versions: { seal: unknown }[] };
    expect(sheet.versions[0]?.seal).toEqual(seal);
    const lines = (await exported()).toString().trimEnd().split('\n');
    expect(verifyChain(lines, { heads: [seal.hash] }).heads).toEqual([{ hash: seal.hash, seq: seal.seq }]);
  });

  it('fifty writers at once: no deadlock left, every write has its event, the chain whole', async () => {
    const own = await freshDatabase();
    const db = await openBooks(own.url);
    await smallOffice(db);
    const [before]: { seq: number }[] = await db.query('SELECT seq::int FROM audit_head');
    await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        recordDisbursements(db, actorFor('staff', `writer${i}`), Month.of(2024, 1 + (i % 12)), [
          {
            unitCode: 'ABCD'[i % 4] as string,
            projectCode: `P-${'ABCD'[i % 4]}`,
            sourceCode: 'NSDP',
            kind: 'payment',
            carriedOver: false,
            basis: 'actual',
            amount: 1n,
            documentNo: null,
            documentDate: null,
            reason: 'cùng lúc',
            corrects: null,
          },
        ]),
      ),
    );
    const actors: { actor: string }[] = await db.query('SELECT DISTINCT actor FROM audit_event WHERE seq > $1', [
      before?.seq,
    ]);
    expect(actors).toHaveLength(50);
    await db.destroy();
    // Verifies the chain.
    await own.drop();
  }, 120_000);

  it('reads a page of a chain of 1,000,000 events by an index, whatever the filter', async () => {
    const own = await freshDatabase();
    const db = await openBooks(own.url);
    await db.query(`BEGIN; SET LOCAL session_replication_role = replica;
      INSERT INTO audit_event (seq, at, actor, action, object_type, object_id, body, previous_hash, hash)
      SELECT 1000 + n, timestamptz '2024-01-01' + n * interval '30 seconds', 'user' || n % 200, 'act.' || n % 60,
             'kind' || n % 20, (n % 50000)::text, '{}', '', ''
      FROM generate_series(1, 1000000) AS n; COMMIT`);
    await db.query('ANALYZE audit_event');
    const at = "e.at >= '2024-06-01' AND e.at < '2024-06-02'";
    for (const filter of [
      'true',
      "e.actor = 'user7'",
      "e.action = 'act.7'",
      "e.object_type = 'kind7' AND e.object_id = '7'",
      at,
      `e.actor = 'user7' AND ${at}`,
      `e.action = 'act.7' AND ${at}`,
      "(e.at, e.seq) < ('2024-06-01', 500000)",
    ]) {
      const plan: { 'QUERY PLAN': string }[] = await db.query(
        `EXPLAIN SELECT e.seq FROM audit_event AS e WHERE ${filter} ORDER BY e.at DESC, e.seq DESC LIMIT 51`,
      );
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect([filter, /Seq Scan/.test(text), /Index/.test(text)]).toEqual([filter, false, true]);
    }
    await db.destroy();
    await own.drop('broken on purpose');
  }, 300_000);

  it('refuses who may not read it, and tells nothing', async () => {
    const staff = await api.signIn('staff');
    for (const path of ['/audit-events', '/audit-events/1', '/audit-chain/head', '/audit-chain/export'])
      expect((await staff.get(path).expect(403)).body).toMatchObject({ code: 'not-allowed' });
  });
});

/** Bytes as the verifier decodes them: what is no UTF-8 is no line of an export. */
function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
