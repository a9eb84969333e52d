import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { actorByName, addAccount, ensureFirstAdmin, inviteAccount, refuseDemonstration } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { openPlanYear } from '#libs/ledger';
import { ensureInstance } from '#libs/platform';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { PASSWORD } from '../harness/small-office.js';

const SYSTEM = systemActor('command-line');
const PERSON = { username: 'person', displayName: 'Người', role: 'staff' as const, password: PASSWORD };

async function office(illustrative: boolean): Promise<{ database: FreshDatabase; db: DataSource }> {
  const database = await freshDatabase();
  const db = await openBooks(database.url);
  await ensureInstance(db, 'Lạng Sơn');
  if (illustrative) await direct(db, 'UPDATE instance_setting SET illustrative = true');
  return { database, db };
}

describe.each([true, false])('a database (demonstration: %s)', (illustrative) => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    ({ database, db } = await office(illustrative));
    await addAccount(db, SYSTEM, { ...PERSON, isDemonstration: illustrative });
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('stays what it is once it holds anything', async () => {
    await expect(db.query('UPDATE instance_setting SET illustrative = NOT illustrative')).rejects.toMatchObject({
      driverError: { code: 'PT051', constraint: 'demonstration_mark' },
    });
  });

  it('holds accounts of its own kind only', async () => {
    const other = { ...PERSON, username: 'other', isDemonstration: !illustrative };
    await expect(addAccount(db, SYSTEM, other)).rejects.toMatchObject({
      driverError: { constraint: 'demonstration_account' },
    });
    await expect(db.query('UPDATE account SET is_demonstration = NOT is_demonstration')).rejects.toMatchObject({
      driverError: { constraint: 'demonstration_account' },
    });
  });

  it('takes a second plan year if it is an office', async () => {
    await openPlanYear(db, SYSTEM, 2024);
    const second = openPlanYear(db, SYSTEM, 2025);
    if (illustrative) await expect(second).rejects.toMatchObject({ code: 'demonstration-one-year' });
    else await second;
  });

  it('serves production if it is an office', async () => {
    if (illustrative) await expect(refuseDemonstration(db)).rejects.toMatchObject({ code: 'demonstration-database' });
    else await refuseDemonstration(db);
  });
});

describe('the first administrator, alone', () => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    ({ database, db } = await office(false));
    await ensureFirstAdmin(db, SYSTEM, PASSWORD);
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });
  const invite = async (username: string, role: 'staff' | 'approver') => {
    const admin = await actorByName(db, 'admin', { via: 'command-line' });
    return inviteAccount(db, admin, { username, displayName: username, role, units: [], teams: [], note: '' });
  };

  it('acts at once while there is no second person, and the event says so', async () => {
    const { account, request, link } = await invite('first', 'staff');
    expect([account?.username, request?.isAlone, link?.secret.length]).toEqual(['first', true, 43]);
    const [event] = await db.query<{ body: string }[]>("SELECT body FROM audit_event WHERE action = 'account.invite'");
    expect(event?.body).toContain('"secondPerson":"none');
    expect((await invite('chief', 'approver')).request?.isAlone).toBe(true);
    // Now there is one.
    expect(await invite('third', 'staff')).toMatchObject({ account: null, link: null });
  });

  it('does not become alone again by disabling a second person who was there', async () => {
    await direct(db, "UPDATE account SET disabled_at = now(), password_hash = 'x' WHERE username = 'chief'");
    await expect(invite('fourth', 'staff')).rejects.toMatchObject({ code: 'account-no-second-person' });
    // One who never took up the invitation does not stand in the way: a mistyped first invitation can be made again.
    await direct(db, "UPDATE account SET password_hash = NULL WHERE username = 'chief'");
    expect((await invite('fourth', 'staff')).request?.isAlone).toBe(true);
  });
});
