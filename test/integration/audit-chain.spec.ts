import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { addAccount, addToken, ensureFirstAdmin, signIn, signOut } from '#libs/access';
import { auditedTransaction } from '#libs/audit';
import { correctCalendarYear } from '#libs/calendar';
import { canonicalJson, Month, systemActor, type Actor } from '#libs/kernel';
import {
  moveBusinessDay,
  noteNationalAverage,
  openPlanYear,
  recordAllocationDecision,
  recordDisbursements,
  reopenMonth,
  submitReport,
  withdrawReopening,
} from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { acknowledgeNotice, issueNotices, releaseAnnouncement, remindOpenMonths } from '#libs/notices';
import { addUnit, changeUnit, registerOrganisation, Unit } from '#libs/organisation';
import { readConfig } from '#libs/platform';
import { registerKeyProjects, registerProjects } from '#libs/projects';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { TEST_SECRET_KEY } from '../harness/secret-key.js';
import { actorFor, bookMonth, closeMonth, PASSWORD, smallOffice } from '../harness/small-office.js';

interface Event {
  seq: number;
  actor: string;
  action: string;
  objectType: string;
  objectId: string;
  body: string;
  previousHash: string;
  hash: string;
}

const GENESIS = '0'.repeat(64);

async function events(db: DataSource, after = 0): Promise<Event[]> {
  return db.query(
    `SELECT seq::int, actor, action, object_type AS "objectType", object_id AS "objectId", body,
            previous_hash AS "previousHash", hash FROM audit_event WHERE seq > $1 ORDER BY seq`,
    [after],
  );
}

/** What an outsider does who knows only the rule: hash = SHA-256 of seq, previous hash and body, each on its line. */
function firstBrokenLink(chain: readonly Event[]): number | undefined {
  let previous = GENESIS;
  for (const [i, { seq, body, previousHash, hash }] of chain.entries()) {
    const expected = createHash('sha256').update(`${seq}\n${previous}\n${body}`, 'utf8').digest('hex');
    if (seq !== i + 1 || previousHash !== previous || hash !== expected) return i + 1;
    previous = hash;
  }
  return undefined;
}

async function expectWholeChain(db: DataSource): Promise<void> {
  const chain = await events(db);
  expect(firstBrokenLink(chain)).toBeUndefined();
  expect(await db.query('SELECT seq::int, hash FROM audit_head')).toEqual([
    { seq: chain.length, hash: chain.at(-1)?.hash ?? GENESIS },
  ]);
}

describe('the audit chain', () => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop('broken on purpose');
  });

  const system = systemActor('job');
  const head = async (): Promise<number> => {
    const [row]: { seq: number }[] = await db.query('SELECT seq::int FROM audit_head');
    return row?.seq ?? -1;
  };
  const april = Month.of(2024, 4);
  const payment = (amount: bigint, unitCode = 'A') => ({
    unitCode,
    projectCode: `P-${unitCode}`,
    sourceCode: 'NSDP',
    kind: 'payment' as const,
    carriedOver: false,
    basis: 'actual' as const,
    amount,
    documentNo: null,
    documentDate: null,
    reason: null,
    corrects: null,
  });
  const accountActor = async (username: string): Promise<Actor> => {
    const [row]: { id: number }[] = await db.query('SELECT id FROM account WHERE username = $1', [username]);
    return { ...actorFor('staff', username), accountId: row?.id ?? 0 };
  };

  it('begins with the office that was set up, from 64 zeros on', async () => {
    const [first, second] = await events(db);
    expect(first).toMatchObject({ seq: 1, previousHash: GENESIS, action: 'instance.begin', objectId: 'province' });
    expect(second).toMatchObject({ seq: 2, action: 'unit.add', objectId: 'A' });
    await expectWholeChain(db);
  });

  describe('every write path leaves its event', () => {
    /** Events after this one are the case's own. */
    let mark = 0;
    let noticeId: number;
    let secret: string;
    const system2 = systemActor('command-line');

    /** In the order of a month's life, so that each finds what it needs. */
    const paths: [what: string, actions: string[], write: () => Promise<unknown>][] = [
      [
        'a plan year opens',
        ['plan-year.open', 'calendar.seed', 'calendar.seed'],
        () => openPlanYear(db, actorFor('staff'), 2027),
      ],
      ['the same year again: nothing changes', [], () => openPlanYear(db, actorFor('staff'), 2027)],
      [
        'a unit is added',
        ['unit.add'],
        () =>
          addUnit(db, actorFor('staff'), {
            code: 'E',
            kind: 'commune',
            group: 'district',
            name: 'Xã Ê',
            shortName: 'Ê',
            validFrom: null,
            validTo: null,
          }),
      ],
      [
        'a unit is changed',
        ['unit.change'],
        async () => {
          const { updatedAt } = await db.manager.findOneByOrFail(Unit, { code: 'E' });
          await changeUnit(db, actorFor('staff'), 'E', { name: 'Xã Ê mới' }, updatedAt);
        },
      ],
      [
        'an office is registered',
        ['unit.add', 'organisation.register'],
        () =>
          registerOrganisation(db, system2, {
            units: [
              {
                code: 'F',
                kind: 'district',
                group: 'district',
                name: 'F',
                shortName: 'F',
                validFrom: null,
                validTo: null,
              },
            ],
            places: [{ code: '179', kind: 'district', name: 'F', validFrom: null, validTo: null }],
            teams: [{ code: 'T3', name: 'Đoàn 3', isFallback: false }],
            teamAreas: [{ teamCode: 'T3', unitCode: 'F', validFrom: '2024-01-01' }],
            fundingSources: [{ code: 'XS', name: 'Xổ số', level: 'local' }],
          }),
      ],
      [
        'a project is registered',
        ['project.add'],
        () =>
          registerProjects(db, system2, [
            {
              code: 'P-E',
              nationalCode: '1234567',
              name: 'Dự án Ê',
              parentCode: null,
              investorName: null,
              capitalType: 'public',
              programme: 'NTM',
              totalInvestment: 9_007_199_254_740_993n,
              totalInvestmentNote: null,
              unitCode: 'E',
              places: [],
            },
          ]),
      ],
      [
        'a list of key projects is registered',
        ['key-projects.register'],
        () =>
          registerKeyProjects(
            db,
            system2,
            { year: 2024, declaredCount: 33, noteVi: '', noteEn: '' },
            [{ ordinal: 1, projectCode: 'P-A', name: 'Dự án của A', capitalType: 'public', origin: 'new' }],
            [],
          ),
      ],
      [
        'a decision is booked',
        ['allocation.record'],
        () =>
          recordAllocationDecision(db, actorFor('staff'), {
            planYear: 2024,
            number: '02/QĐ',
            decisionDate: '2024-04-01',
            effectiveDate: '2024-04-01',
            level: 'province',
            kind: 'supplement',
            note: '',
            lines: [
              {
                basis: 'province',
                carriedOver: false,
                unitCode: 'A',
                projectCode: null,
                sourceCode: 'NSDP',
                amount: 5n,
              },
            ],
          }),
      ],
      [
        'entries are booked',
        ['disbursement.record'],
        () => recordDisbursements(db, actorFor('staff'), april, [payment(3n)]),
      ],
      ['a report is submitted', ['report.submit'], () => submitReport(db, actorFor('staff'), april, 'A')],
      [
        'a month closes',
        ['month.close'],
        async () => {
          for (const month of [1, 2, 3]) await bookMonth(db, month, { A: 6n, B: 14n, C: 10n, D: 10n });
          // Only the close is looked at.
          mark = await head();
          await closeMonth(db, actorFor('approver'), Month.of(2024, 1));
        },
      ],
      [
        'a month is evaluated for the first time in its year: the policy it used comes with it',
        ['policy.default', 'month.evaluate'],
        () => evaluateMonth(db, system, { planYear: 2024, month: 1, monthVersion: 1 }),
      ],
      [
        'the same month again: nothing changes',
        [],
        () => evaluateMonth(db, system, { planYear: 2024, month: 1, monthVersion: 1 }),
      ],
      [
        'a later month is evaluated',
        ['month.evaluate'],
        async () => {
          await closeMonth(db, actorFor('approver'), Month.of(2024, 2));
          await evaluateMonth(db, system, { planYear: 2024, month: 2, monthVersion: 1 });
          await closeMonth(db, actorFor('approver'), Month.of(2024, 3));
          mark = await head();
          await evaluateMonth(db, system, { planYear: 2024, month: 3, monthVersion: 1 });
        },
      ],
      [
        // Team T1 hears of A; a letter to A; the announcement.
        'notices are issued and drafted',
        ['notice.issue', 'notice.draft', 'notice.draft'],
        async () => {
          const [{ id }]: [{ id: number }] = await db.query('SELECT id FROM evaluation WHERE month = 3');
          const [team] = await issueNotices(db, system, id);
          noticeId = team?.id ?? 0;
        },
      ],
      [
        'an announcement is released',
        ['announcement.release'],
        () => releaseAnnouncement(db, actorFor('approver', 'approver2'), Month.of(2024, 3)),
      ],
      [
        'a notice is acknowledged',
        ['notice.acknowledge'],
        () => acknowledgeNotice(db, { ...actorFor('inspector'), teams: ['T1'] }, noticeId, 'đã nhận'),
      ],
      [
        'staff are reminded of one open month that is over',
        ['notice.issue'],
        async () => {
          // Up to October closed; on 31/12 only November is over and open.
          for (let month = 4; month <= 10; month++) await closeMonth(db, actorFor('approver'), Month.of(2024, month));
          mark = await head();
          await remindOpenMonths(db, system);
        },
      ],
      [
        'one asks to reopen a month and takes it back',
        ['month.reopen-request', 'month.reopen-withdraw'],
        async () => {
          await reopenMonth(db, actorFor('staff'), Month.of(2024, 10), 'nhầm');
          await withdrawReopening(db, actorFor('staff'), Month.of(2024, 10));
        },
      ],
      [
        'two people reopen a month; closed again, the later one is closed anew, a request about it is overtaken, and what is missing is decided',
        [
          'month.reopen-request',
          'month.reopen-request',
          'month.reopen',
          'month.close',
          'month.close-anew',
          'month.reopen-withdraw',
          'month.decide',
        ],
        async () => {
          await reopenMonth(db, actorFor('staff'), Month.of(2024, 10), 'sai số');
          await reopenMonth(db, actorFor('staff'), Month.of(2024, 9), 'sai số');
          await reopenMonth(db, actorFor('approver'), Month.of(2024, 9), null);
          await closeMonth(db, actorFor('approver'), Month.of(2024, 9));
        },
      ],
      [
        'the national average is noted',
        ['national-average.note'],
        () =>
          noteNationalAverage(db, actorFor('staff'), Month.of(2024, 3), { percent: '13.7', source: 'Bộ Tài chính' }),
      ],
      [
        'the calendar is corrected',
        ['calendar.correct'],
        () =>
          correctCalendarYear(db, actorFor('staff'), 2024, [
            { date: '2024-01-01', kind: 'holiday', name: 'Tết Dương lịch' },
          ]),
      ],
      [
        'an account is added',
        ['account.add'],
        () => addAccount(db, system2, { username: 'new.one', displayName: 'N', role: 'clerk', password: PASSWORD }),
      ],
      ['an office with accounts gets no first one: nothing changes', [], () => ensureFirstAdmin(db, system2, PASSWORD)],
      ['a token is made', ['token.add'], () => addToken(db, system2, { username: 'staff', name: 'program', days: 1 })],
      [
        'a session opens',
        ['session.open'],
        async () =>
          void ({ secret } = await signIn(
            db,
            readConfig({ SECRET_KEY: TEST_SECRET_KEY }, () => ''),
            { username: 'staff', password: PASSWORD },
            { origin: { via: 'http' }, userAgent: 'test' },
          )),
      ],
      ['a session ends', ['session.end'], async () => signOut(db, await accountActor('staff'), secret)],
      [
        'the business day of a demonstration moves',
        ['test.direct', 'business-day.move'],
        async () => {
          await db.query('ALTER TABLE instance_setting DISABLE TRIGGER guard_instance_setting');
          await direct(db, 'UPDATE instance_setting SET illustrative = true');
          await moveBusinessDay(db, actorFor('staff'), '2025-01-02');
        },
      ],
    ];
    it.each(paths)('%s', async (_, actions, write) => {
      mark = await head();
      await write();
      expect((await events(db, mark)).map(({ action }) => action)).toEqual(actions);
      await expectWholeChain(db);
    });

    it('each event says who, what and from where in canonical JSON, the columns beside it the same', async () => {
      for (const { body, actor, action, objectType, objectId } of await events(db)) {
        const told = JSON.parse(body) as Record<string, unknown>;
        expect(canonicalJson(told)).toBe(body);
        expect(told).toMatchObject({
          actor: { username: actor },
          action,
          object: { type: objectType, id: objectId },
          origin: { via: expect.stringMatching(/^(http|job|command-line|demonstration)$/) as unknown },
        });
        expect(told['at']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      }
    });

    it('a change tells what was before and what is after', async () => {
      const change = (await events(db)).find(({ action }) => action === 'unit.change');
      expect(JSON.parse(change?.body ?? '{}')).toMatchObject({
        before: { name: 'Xã Ê' },
        after: { name: 'Xã Ê mới' },
      });
    });

    it('no event holds a password, its hash, or the secret of a session or token', async () => {
      const everything = (await events(db)).map(({ body }) => body).join('\n');
      expect(everything).not.toContain(PASSWORD);
      expect(everything).not.toContain('$argon2');
      expect(everything).not.toContain(secret);
    });

    it('an amount that JSON would round is told in full', async () => {
      const project = (await events(db)).find(({ objectId, action }) => action === 'project.add' && objectId === 'P-E');
      expect(JSON.parse(project?.body ?? '{}')).toMatchObject({ after: { totalInvestment: '9007199254740993' } });
    });
  });

  describe('one transaction', () => {
    it('what is refused leaves no event', async () => {
      const before = await head();
      await expect(
        recordDisbursements(db, actorFor('staff'), Month.of(2024, 12), [payment(1n), payment(1n, 'NOBODY')]),
      ).rejects.toMatchObject({ code: 'entries-refused' });
      await expect(recordDisbursements(db, actorFor('staff'), Month.of(2024, 1), [payment(1n)])).rejects.toMatchObject({
        code: 'month-closed',
      });
      expect(await head()).toBe(before);
    });

    it('what fails after its event was noted leaves neither effect nor event', async () => {
      const before = await head();
      await expect(
        auditedTransaction(db, system, async (tx, record) => {
          await tx.query("INSERT INTO place (code, kind, name) VALUES ('999', 'commune', 'Xã mất')");
          record({ action: 'place.add', objectType: 'place', objectId: '999' });
          throw new Error('cut off');
        }),
      ).rejects.toThrow('cut off');
      expect(await db.query("SELECT FROM place WHERE code = '999'")).toEqual([]);
      expect(await head()).toBe(before);
    });

    it('a replayed transaction leaves one event', async () => {
      const before = await head();
      let attempts = 0;
      await auditedTransaction(db, system, async (tx, record) => {
        attempts += 1;
        record({ action: 'place.look', objectType: 'place', objectId: attempts });
        if (attempts < 3) await tx.query("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END $$");
      });
      expect((await events(db, before)).map(({ objectId }) => objectId)).toEqual(['3']);
    });

    it('an event whose transaction is not committed is not in the chain of others', async () => {
      const before = await head();
      await auditedTransaction(db, system, async (_tx, record) => {
        record({ action: 'place.look', objectType: 'place', objectId: '1' });
        expect(await head()).toBe(before);
      });
      expect(await head()).toBe(before + 1);
    });
  });

  it('thirty writers at once keep it in order, without a gap, and every one has its event', async () => {
    const before = await head();
    // Each in a cell of its own: nothing but the chain makes one wait for another.
    const cells = [11, 12, 13].flatMap((month) =>
      ['A', 'B', 'C', 'D'].flatMap((unitCode) =>
        [true, false].flatMap((carriedOver) =>
          (['actual', 'estimate'] as const).map((basis) => ({
            month,
            entry: { ...payment(1n, unitCode), carriedOver, basis },
          })),
        ),
      ),
    );
    const booked = await Promise.all(
      cells
        .slice(0, 30)
        .map(({ month, entry }, i) =>
          recordDisbursements(db, actorFor('staff', `writer${i}`), Month.of(2024, month), [entry]),
        ),
    );
    const added = await events(db, before);
    expect(added.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, i) => before + 1 + i));
    expect(added.map(({ objectId }) => objectId).sort()).toEqual(booked.map(([row]) => String(row?.id)).sort());
    expect(new Set(added.map(({ actor }) => actor)).size).toBe(30);
    await expectWholeChain(db);
  });

  describe('nobody changes it', () => {
    it.each([
      "UPDATE audit_event SET body = replace(body, 'A', 'B')",
      'UPDATE audit_event SET at = now()',
      'DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)',
      'TRUNCATE audit_event',
    ])('%s', async (statement) => {
      await expect(db.query(statement)).rejects.toMatchObject({ code: 'PT001', constraint: 'append_only' });
    });

    it.each(["UPDATE audit_head SET hash = repeat('0', 64), seq = 0", 'DELETE FROM audit_head', 'TRUNCATE audit_head'])(
      '%s',
      async (statement) => {
        await expect(db.query(statement)).rejects.toMatchObject({ code: 'PT005', constraint: 'kept_by_database' });
      },
    );

    it('a row that brings its own number and hash is numbered and hashed by the database all the same', async () => {
      const before = await head();
      const at = '2024-10-08T02:00:00.000Z';
      const forged = (username: string): [string, string[]] => [
        `INSERT INTO audit_event (seq, at, actor, action, object_type, object_id, body, previous_hash, hash)
         VALUES (1, $1, 'forger', 'forge', 'chain', '1', $2, repeat('f', 64), repeat('f', 64))`,
        [at, canonicalJson({ at, actor: { username }, action: 'forge', object: { type: 'chain', id: '1' } })],
      ];
      await db.query(...forged('forger'));
      expect(await head()).toBe(before + 1);
      await expectWholeChain(db);
      await expect(db.query(...forged('another'))).rejects.toMatchObject({ code: 'PT011', constraint: 'audit_body' });
    });

    it('and who changes it all the same, with the guards off, is found at the very event', async () => {
      const chain = await events(db);
      const seq = 7;
      await db.query('ALTER TABLE audit_event DISABLE TRIGGER append_only');
      await db.query(`UPDATE audit_event SET body = body || ' ' WHERE seq = ${seq}`);
      expect(firstBrokenLink(await events(db))).toBe(seq);
      await db.query(`UPDATE audit_event SET body = $1 WHERE seq = ${seq}`, [chain[seq - 1]?.body]);
      await db.query(`DELETE FROM audit_event WHERE seq = ${seq + 1}`);
      expect(firstBrokenLink(await events(db))).toBe(seq + 1);
    });
  });
});
