import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { restoreBackup, writeBackup } from '#libs/backup';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { fullOffice } from '../harness/full-office.js';
import { otherVersion, type OtherPostgres, type OtherVersion } from '../harness/other-postgres.js';
import { contentsOf, emptyDatabase, guardsOf } from '../harness/whole-database.js';

const other: OtherVersion = await otherVersion();
if ('missing' in other) process.stderr.write(`Skipped, a backup between two versions: ${other.missing}.\n`);
const start = 'missing' in other ? undefined : other.start;

(start ? describe : describe.skip)('a backup between two major versions of PostgreSQL', () => {
  let office: FreshDatabase;
  let server: OtherPostgres;
  let there: FreshDatabase;
  let back: FreshDatabase;
  let folder: string;

  beforeAll(async () => {
    office = await freshDatabase();
    const db = await openBooks(office.url);
    await fullOffice(db);
    await db.destroy();
    if (!start) return;
    server = await start();
    there = await emptyDatabase(server.adminUrl);
    back = await emptyDatabase();
    folder = await mkdtemp(join(tmpdir(), 'tracker-versions-'));
  }, 90_000);
  afterAll(async () => {
    for (const database of [office, back, there]) await database?.drop();
    await server?.stop();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('goes there and back again: the same rows, guards, hashes and chain head in both directions', async () => {
    const first = await writeBackup(office.url, join(folder, 'first.tar.gz'));
    await restoreBackup(there.url, join(folder, 'first.tar.gz'));
    const second = await writeBackup(there.url, join(folder, 'second.tar.gz'));
    await restoreBackup(back.url, join(folder, 'second.tar.gz'));

    const versions = [first, second].map(({ header }) => header.postgresVersion.split('.')[0]);
    expect(versions[1]).toBe(server.major);
    expect(versions[0]).not.toBe(versions[1]);
    const before = { ...(await contentsOf(office.url)), 'public.session': [] };
    expect(await contentsOf(there.url)).toEqual(before);
    expect(await contentsOf(back.url)).toEqual(before);
    expect(second.tables).toEqual(first.tables);
    expect(second.audit).toEqual(first.audit);
    expect(await guardsOf(back.url)).toEqual(await guardsOf(office.url));
  }, 90_000);
});
