import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import type { DataSource } from 'typeorm';
import { OMITTED, restoreBackup, writeBackup, type BackupManifest } from '#libs/backup';
import { Month } from '#libs/kernel';
import { recordDisbursements } from '#libs/ledger';
import { instanceSetting } from '#libs/platform';
import { DIRECT_EVENT, withEvent } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { AWKWARD, fullOffice } from '../harness/full-office.js';
import { actorFor } from '../harness/small-office.js';
import { ask, contentsOf, emptyDatabase, guardsOf } from '../harness/whole-database.js';
import { hold, releaseAll, untilWaiting } from '../harness/worker-process.js';

const WRITERS = 20;
const PASSPHRASE = 'mật khẩu của bản sao lưu';

describe('a backup', () => {
  let office: FreshDatabase;
  let db: DataSource;
  let folder: string;
  let file: string;
  let manifest: BackupManifest;
  const dropped: FreshDatabase[] = [];

  const target = async (): Promise<string> => {
    const database = await emptyDatabase();
    dropped.push(database);
    return database.url;
  };
  const isEmpty = async (url: string): Promise<boolean> =>
    (await ask(url, "SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace")).length === 0;

  beforeAll(async () => {
    office = await freshDatabase();
    db = await openBooks(office.url);
    await fullOffice(db);
    // What the queue keeps in the same database.
    await db.query('CREATE SCHEMA bullmq; CREATE TABLE bullmq.job (id text); INSERT INTO bullmq.job VALUES (1)');
    folder = await mkdtemp(join(tmpdir(), 'tracker-backup-'));
    file = join(folder, 'office.tar.gz');
    manifest = await writeBackup(office.url, file);
  });
  afterAll(async () => {
    await releaseAll();
    await db?.destroy();
    for (const database of [office, ...dropped]) await database?.drop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('restored has the same rows in every table, the same guards, numbers that go on, and the same chain head', async () => {
    const url = await target();
    const restored = await restoreBackup(url, file);
    const before = await contentsOf(office.url);
    expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(30);
    expect(await contentsOf(url)).toEqual({ ...before, 'public.session': [] });
    expect(await guardsOf(url)).toEqual(await guardsOf(office.url));
    const [head] = await ask<{ seq: string; hash: string }>(url, 'SELECT seq, hash FROM audit_head');
    expect(restored.audit).toEqual({ ...head, brokenAt: null });
    expect(await ask(office.url, 'SELECT seq, hash FROM audit_head')).toEqual([head]);
    const books = await openBooks(url);
    const log = await books.driver.createSchemaBuilder().log();
    expect(log.upQueries.map(({ query }) => query)).toEqual([]);
    await expect(books.query('DELETE FROM disbursement_entry')).rejects.toMatchObject({ code: 'PT001' });
    await expect(
      recordDisbursements(books, actorFor('staff'), Month.of(2024, 1), [payment('A', 1n)]),
    ).rejects.toMatchObject({ code: 'month-closed' });
    await recordDisbursements(books, actorFor('staff'), Month.of(2024, 4), [payment('A', 1n)]);
    expect(await ask(url, 'SELECT seq FROM audit_head')).toEqual([{ seq: String(Number(head?.seq) + 1) }]);
    await books.destroy();
  });

  it('holds every table of the database or names it as omitted; nothing kept refers to what is omitted', async () => {
    const tables = await ask<{ name: string }>(
      office.url,
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const kept = manifest.tables.map(({ name }) => name);
    const omitted = (table: string): boolean =>
      manifest.header.omitted.some(({ name }) => name === table || name === `${table.split('.')[0]}.*`);
    expect(tables.map(({ name }) => name).filter((name) => !kept.includes(name) && !omitted(name))).toEqual([]);
    expect(kept.filter(omitted)).toEqual([]);
    expect(tables.map(({ name }) => name).filter(omitted)).toEqual([
      'bullmq.job',
      'public.rate_limit',
      'public.session',
    ]);
    const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
    for (const { name } of OMITTED) expect(readme).toContain(`\`${name.replace(/^public\.|\.\*$/g, '')}\``);
    const keys = await ask<{ from: string; to: string }>(
      office.url,
      `SELECT 'public.' || conrelid::regclass AS from, 'public.' || confrelid::regclass AS to
       FROM pg_constraint WHERE contype = 'f'`,
    );
    expect(keys.filter(({ from, to }) => omitted(to) && !omitted(from))).toEqual([]);
  });

  it('is a tar whose manifest tells what it holds, with rows as COPY writes them', async () => {
    const text = gunzipSync(await readFile(file)).toString('utf8');
    expect(text).toContain('Hoàn trả\\ttạm ứng\\\\N \\\\. "thừa"\\nở Lạng Sơn, ẤẦẪ');
    expect(text).toContain('\\\\x000102ff5c0a80');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const entries = manifest.tables.find(({ name }) => name === 'public.disbursement_entry');
    expect(entries?.rows).toBe(12);
    expect(manifest.header).toMatchObject({ formatVersion: 1, province: 'Tỉnh Thử', illustrative: false });
    expect(manifest.header.migrations.slice(0, 2)).toEqual(['FirstTables1732320000000', 'BookGuards1732320000001']);
    expect(await ask(office.url, 'SELECT answer FROM idempotency_record')).toEqual([{ answer: AWKWARD }]);
  });

  it('taken while twenty people write is the state of one instant', async () => {
    const before = await contentsOf(office.url);
    // The first table is held: the snapshot stands, nothing is read yet.
    const held = await hold(office.url, 'LOCK TABLE account IN ACCESS EXCLUSIVE MODE');
    const busy = join(folder, 'busy.tar.gz');
    const backup = writeBackup(office.url, busy);
    await untilWaiting(db, 'account');
    await Promise.all(
      Array.from({ length: WRITERS }, (_, i) =>
        recordDisbursements(db, actorFor('staff', `writer${i}`), Month.of(2024, 4 + (i % 5)), [
          payment('ABCD'[i % 4], 3n),
        ]),
      ),
    );
    await held.release();
    const { audit } = await backup;
    expect(audit).toEqual(manifest.audit);
    const url = await target();
    await restoreBackup(url, busy);
    expect(await contentsOf(url)).toEqual({ ...before, 'public.session': [] });
    const [now] = await ask<{ seq: string }>(office.url, 'SELECT seq FROM audit_head');
    expect(Number(now?.seq)).toBe(Number(audit.seq) + WRITERS);
  });

  it('never overwrites a file, leaves none when it fails, and refuses a database without books', async () => {
    await expect(writeBackup(office.url, file)).rejects.toThrow('never overwrites');
    const nothing = join(folder, 'nothing.tar.gz');
    await expect(writeBackup(await target(), nothing)).rejects.toThrow('nothing to back up');
    await expect(writeBackup(office.url, join(folder, 'absent', 'x.tar.gz'))).rejects.toThrow(
      /cannot be written \(ENOENT\)/,
    );
    expect(existsSync(nothing)).toBe(false);
    expect((await readdir(folder)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  });

  it('of a demonstration restores as one; production refuses it', async () => {
    const demonstration = await freshDatabase();
    dropped.push(demonstration);
    await ask(
      demonstration.url,
      withEvent("UPDATE instance_setting SET illustrative = true, business_date = '2024-10-20'"),
    );
    const path = join(folder, 'demonstration.tar.gz');
    await writeBackup(demonstration.url, path);
    const url = await target();
    await expect(restoreBackup(url, path, { refuseIllustrative: true })).rejects.toThrow('holds the demonstration');
    expect(await isEmpty(url)).toBe(true);
    await restoreBackup(url, path);
    const books = await openBooks(url);
    expect(await instanceSetting(books)).toMatchObject({ illustrative: true, businessDate: '2024-10-20' });
    await books.destroy();
  });

  it('of a chain that somebody broke says where, and restores as it was', async () => {
    const tampered = await freshDatabase();
    for (let events = 0; events < 5; events++) await ask(tampered.url, DIRECT_EVENT);
    await ask(tampered.url, 'ALTER TABLE audit_event DISABLE TRIGGER append_only');
    await ask(tampered.url, "UPDATE audit_event SET body = '{ }' WHERE seq = 3");
    await ask(tampered.url, 'ALTER TABLE audit_event ENABLE TRIGGER append_only');
    const path = join(folder, 'tampered.tar.gz');
    expect((await writeBackup(tampered.url, path)).audit.brokenAt).toBe('3');
    const url = await target();
    await restoreBackup(url, path);
    expect(await contentsOf(url)).toEqual(await contentsOf(tampered.url));
    await tampered.drop('broken on purpose');
  });

  describe('with a key', () => {
    it('opens with the passphrase only', async () => {
      const path = join(folder, 'passphrase.age');
      await writeBackup(office.url, path, { key: { passphrase: PASSPHRASE } });
      expect((await readFile(path)).subarray(0, 22).toString()).toBe('age-encryption.org/v1\n');
      const url = await target();
      await expect(restoreBackup(url, path)).rejects.toThrow('is encrypted');
      await expect(restoreBackup(url, path, { key: { passphrase: `${PASSPHRASE}!` } })).rejects.toThrow(
        'The key does not open the backup',
      );
      expect(await isEmpty(url)).toBe(true);
      const restored = await restoreBackup(url, path, { key: { passphrase: PASSPHRASE } });
      expect(restored.tables.length).toBe(manifest.tables.length);
    }, 60_000);

    it('opens with the identity of a recipient, and no other', async () => {
      const [mine, other] = [await generateX25519Identity(), await generateX25519Identity()];
      const path = join(folder, 'recipient.age');
      await writeBackup(office.url, path, { key: { recipients: [await identityToRecipient(mine)] } });
      const url = await target();
      await expect(restoreBackup(url, path, { key: { identity: other } })).rejects.toThrow('does not open');
      await expect(restoreBackup(url, path, { key: { identity: 'AGE-SECRET-KEY-1X' } })).rejects.toThrow(
        'does not read',
      );
      await restoreBackup(url, path, { key: { identity: mine } });
      // What the standard tool does.
      const decrypter = new Decrypter();
      decrypter.addIdentity(mine);
      expect(
        gunzipSync(await decrypter.decrypt(await readFile(path)))
          .subarray(0, 11)
          .toString(),
      ).toBe('header.json');
      expect(await contentsOf(url)).toEqual({ ...(await contentsOf(office.url)), 'public.session': [] });
      await expect(
        writeBackup(office.url, join(folder, 'none.age'), { key: { recipients: ['age1nobody'] } }),
      ).rejects.toThrow('age1nobody is not a recipient of age');
    });

    it('cut short or with one byte altered anywhere restores nothing', async () => {
      const identity = await generateX25519Identity();
      const path = join(folder, 'altered.age');
      await writeBackup(office.url, path, { key: { recipients: [await identityToRecipient(identity)] } });
      const url = await target();
      const whole = await readFile(path);
      for (const [at, damage] of spread(whole.length, 5).flatMap((at) => [
        [at, 'cut'] as const,
        [at, 'bit'] as const,
      ])) {
        const bytes = damage === 'cut' ? whole.subarray(0, at) : Buffer.from(whole);
        if (damage === 'bit') bytes[at] = (bytes[at] as number) ^ 1;
        await writeFile(path, bytes);
        await expect(restoreBackup(url, path, { key: { identity } })).rejects.toThrow(ONE_SENTENCE);
        expect(await isEmpty(url)).toBe(true);
      }
    }, 60_000);
  });

  describe('refused', () => {
    it('by a database that holds anything, which stays as it is', async () => {
      const before = await contentsOf(office.url);
      await expect(restoreBackup(office.url, file)).rejects.toThrow(
        /^The database tracker_\w+ is not empty \(it holds bullmq\.job/,
      );
      expect(await contentsOf(office.url)).toEqual(before);
      const url = await target();
      await ask(url, 'CREATE TABLE thesis AS SELECT 1 AS one');
      await expect(restoreBackup(url, file)).rejects.toThrow('not empty (it holds public.thesis)');
      expect(await ask(url, 'SELECT one FROM thesis')).toEqual([{ one: 1 }]);
    });

    it('when it is something else, or of a later program', async () => {
      const url = await target();
      const path = join(folder, 'other');
      for (const [bytes, sentence] of [
        [Buffer.from('PGDMP'), 'is not a backup of this program'],
        [Buffer.alloc(0), 'is not a backup of this program'],
      ] as const) {
        await writeFile(path, bytes);
        await expect(restoreBackup(url, path)).rejects.toThrow(sentence);
      }
      await expect(restoreBackup(url, join(folder, 'absent'))).rejects.toThrow('cannot be read (ENOENT)');
      const later = await freshDatabase();
      dropped.push(later);
      await ask(later.url, `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'Later9999999999999')`);
      const laterFile = join(folder, 'later.tar.gz');
      await writeBackup(later.url, laterFile);
      await expect(restoreBackup(url, laterFile)).rejects.toThrow('it knows Later9999999999999');
      expect(await isEmpty(url)).toBe(true);
    });

    it('when somebody altered a row, an event or the manifest and packed it again', async () => {
      const url = await target();
      const path = join(folder, 'repacked.tar.gz');
      const whole = gunzipSync(await readFile(file)).toString('latin1');
      const { hash } = manifest.audit;
      const forged = hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
      const manifestAt = whole.lastIndexOf('manifest.json');
      for (const [repacked, sentence] of [
        [whole.replace('\tactual\t140\t', '\tactual\t141\t'), 'are not those backed up'],
        [whole.replace('"action":"unit.add"', '"action":"unit.Add"'), 'are not those backed up'],
        [whole.slice(0, manifestAt) + whole.slice(manifestAt).replaceAll(hash, forged), 'the audit chain ends at'],
        [
          whole.slice(0, manifestAt) + whole.slice(manifestAt).replace('"rows": 12', '"rows": 13'),
          'from the 13 backed up',
        ],
      ] as const) {
        expect(repacked).not.toBe(whole);
        await writeFile(path, gzipSync(Buffer.from(repacked, 'latin1')));
        await expect(restoreBackup(url, path)).rejects.toThrow(sentence);
        expect(await isEmpty(url)).toBe(true);
      }
    }, 60_000);

    it('when it is cut short or one byte of it is altered, in one sentence, the database as empty as before', async () => {
      const url = await target();
      const whole = await readFile(file);
      const path = join(folder, 'damaged.tar.gz');
      // The ten bytes of gzip's own header say nothing about the content, but for their first four.
      const places = spread(whole.length, 6).map((at) => Math.max(at, 10));
      for (const at of places) {
        await writeFile(path, whole.subarray(0, at));
        await expect(restoreBackup(url, path)).rejects.toThrow(ONE_SENTENCE);
        const altered = Buffer.from(whole);
        altered[at] = (altered[at] as number) ^ (1 << (at % 8));
        await writeFile(path, altered);
        await expect(restoreBackup(url, path)).rejects.toThrow(ONE_SENTENCE);
        expect(await isEmpty(url)).toBe(true);
      }
    }, 60_000);
  });

  it('is restored by the owner of a database who is no superuser', async () => {
    const owner = `owner_${randomBytes(4).toString('hex')}`;
    const admin = process.env['TEST_ADMIN_URL'] as string;
    await ask(admin, `CREATE ROLE ${owner} LOGIN PASSWORD 'chu-so-huu'`);
    const database = await emptyDatabase(admin, owner);
    try {
      const url = new URL(database.url);
      url.username = owner;
      url.password = 'chu-so-huu';
      await restoreBackup(url.href, file);
      expect((await guardsOf(database.url)).length).toBeGreaterThan(100);
      const again = join(folder, 'by-owner.tar.gz');
      expect((await writeBackup(url.href, again)).tables).toEqual(manifest.tables);
    } finally {
      await database.drop();
      await ask(admin, `DROP ROLE ${owner}`);
    }
  });
});

/** What the person at the terminal reads: one line, no stack. */
const ONE_SENTENCE =
  /^[^\n]+(nothing was restored\.|Nothing was restored\.|not a backup of this program\.|does not open [^\n]*)$/;

function spread(length: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor((i * (length - 1)) / (count - 1)));
}

function payment(unitCode = 'A', amount: bigint): Parameters<typeof recordDisbursements>[3][number] {
  return {
    unitCode,
    projectCode: `P-${unitCode}`,
    sourceCode: 'NSDP',
    kind: 'payment',
    carriedOver: false,
    basis: 'actual',
    amount,
    documentNo: null,
    documentDate: null,
    reason: null,
    corrects: null,
  };
}
