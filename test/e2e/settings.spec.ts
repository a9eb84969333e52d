import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Month, systemActor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';

interface Area {
  kind: string;
  code: string;
  teamCode: string;
  validFrom: string;
  validTo: string | null;
}
interface Teams {
  teams: { code: string; isFallback: boolean; members: { username: string }[]; areas: Area[] }[];
  scheduled: Area[];
  ended: Area[];
  withoutTeam: { kind: string; code: string }[];
}

/** The small office with three closed months; business day 31/12/2024. */
describe('what the office is set up by', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<'staff' | 'approver' | 'approver2' | 'inspector' | 'leader', Caller>;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await flaggedMonths(api.db);
    for (const name of ['staff', 'approver', 'approver2', 'inspector', 'leader'] as const)
      as[name] = await api.signIn(name);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });
  const lastAudit = async (): Promise<{ action: string; before: unknown; after: unknown }> => {
    const [event]: [{ body: string }] = await api.db.query('SELECT body FROM audit_event ORDER BY seq DESC LIMIT 1');
    return JSON.parse(event.body) as never;
  };

  describe('teams and areas', () => {
    const move = (body: object): ReturnType<Caller['post']> => as.staff.post('/inspection-teams/areas', body);
    const rows = (areas: Area[]): string[] =>
      areas.map(({ code, teamCode, validFrom, validTo }) => `${code} ${teamCode} ${validFrom}..${validTo ?? ''}`);

    it('are listed with members, and what no team looks after', async () => {
      const { body } = (await as.leader.get('/inspection-teams').expect(200)) as { body: Teams };
      expect(body.teams.map(({ code, isFallback }) => [code, isFallback])).toEqual([
        ['T1', false],
        ['T2', false],
        ['T0', true],
      ]);
      expect(body.teams[0]?.members.map(({ username }) => username)).toEqual(['inspector']);
      expect(body.withoutTeam.map(({ code }) => code)).toEqual(['D', '178']);
    });

    it('a unit moves in one act: the old row ends the day before, and the inspector’s rows follow on the day', async () => {
      const { body } = (await move({ unitCode: 'B', teamCode: 'T2', from: '2025-01-15' }).expect(200)) as {
        body: Teams;
      };
      expect(rows(body.scheduled)).toEqual(['B T2 2025-01-15..']);
      expect(rows(body.teams[0]?.areas ?? [])).toContain('B T1 2024-01-01..2025-01-14');
      expect(await lastAudit()).toMatchObject({
        action: 'team-area.move',
        before: [{ teamCode: 'T1', validTo: null }],
        after: [
          { teamCode: 'T1', validTo: '2025-01-14' },
          { teamCode: 'T2', validFrom: '2025-01-15' },
        ],
      });
      const codes = async (): Promise<string[]> =>
        ((await as.inspector.get('/units')).body as { items: { code: string }[] }).items.map(({ code }) => code);
      expect(await codes()).toEqual(['A', 'B']);
      await direct(api.db, "UPDATE instance_setting SET business_date = '2025-01-15'");
      expect(await codes()).toEqual(['A']);
      await direct(api.db, "UPDATE instance_setting SET business_date = '2024-12-31'");
    });

    it('what is planned gives way to another plan, and going back leaves the row as it was', async () => {
      await move({ unitCode: 'B', teamCode: 'T0', from: '2025-01-10' }).expect(200);
      const { body } = (await move({ unitCode: 'B', teamCode: 'T1', from: '2025-01-05' }).expect(200)) as {
        body: Teams;
      };
      expect(rows(body.scheduled)).toEqual([]);
      expect(rows(body.teams[0]?.areas ?? [])).toContain('B T1 2024-01-01..');
    });

    it('a place goes to a team: its projects become the inspector’s, whoever holds them', async () => {
      const total = async (): Promise<number> =>
        ((await as.inspector.get('/projects')).body as { total: number }).total;
      expect(await total()).toBe(2);
      await move({ placeCode: '178', teamCode: 'T1', from: '2024-12-31' }).expect(200);
      expect(await total()).toBe(4);
      await as.inspector.get('/projects/P-C').expect(200);
      await as.inspector.get('/units/C').expect(404);
    });

    it.each([
      ['a day that has passed', { unitCode: 'B', teamCode: 'T2', from: '2024-01-01' }, 409, 'area-move-too-early'],
      ['to where it is', { unitCode: 'A', teamCode: 'T1', from: '2025-02-01' }, 409, 'area-stays'],
      ['an unknown team', { unitCode: 'A', teamCode: 'T9', from: '2025-02-01' }, 404, 'inspection-team-unknown'],
      ['an unknown place', { placeCode: '999', teamCode: 'T1', from: '2025-02-01' }, 404, 'area-place-unknown'],
      ['neither unit nor place', { teamCode: 'T1', from: '2025-02-01' }, 400, 'invalid-input'],
    ])('%s: refused', async (_, body, status, code) => {
      expect((await move(body).expect(status)).body).toMatchObject({ code });
    });

    it('always one team answers for the rest', async () => {
      await as.staff.patch('/inspection-teams/T2', { isFallback: true }).expect(200);
      const { body } = (await as.leader.get('/inspection-teams')) as { body: Teams };
      expect(body.teams.filter(({ isFallback }) => isFallback).map(({ code }) => code)).toEqual(['T2']);
      await as.staff.patch('/inspection-teams/T2', { isFallback: false }).expect(400);
      await expect(api.db.query('UPDATE inspection_team SET is_fallback = false')).rejects.toThrow(
        'some team must answer for what no team looks after',
      );
      await as.staff.patch('/inspection-teams/T0', { isFallback: true }).expect(200);
    });

    it('a team is added and renamed', async () => {
      await as.staff.post('/inspection-teams', { code: 'T3', name: 'Đoàn 3' }).expect(201);
      expect((await as.staff.post('/inspection-teams', { code: 'T3', name: 'x' }).expect(409)).body).toMatchObject({
        code: 'team-exists',
      });
      await as.staff.patch('/inspection-teams/T3', { name: 'Tổ công tác 3' }).expect(200);
      expect(await lastAudit()).toMatchObject({ before: { name: 'Đoàn 3' }, after: { name: 'Tổ công tác 3' } });
    });
  });

  /** After month 3: A 18, B 42, C 18, D 42 of 100 each, the pool 30. D did not report month 3; A and C are on the list. */
  describe('the policy', () => {
    const fields = { thresholdMonths: 4 };
    const preview = async (changed: object) =>
      (await as.staff.post('/policies/preview', { planYear: 2024, fields: changed }).expect(200)).body as {
        definition: { vi: string };
        months: { month: string; isClosed: boolean; joined: number; left: number; units: object[] }[];
      };

    it('is the defaults, told in one sentence', async () => {
      const { body } = await as.leader.get('/policies').expect(200);
      expect(body).toMatchObject({
        planYear: 2024,
        month: '2024-04',
        present: { version: 1, fields: { thresholdMonths: 3, planBasis: 'province' } },
        versions: [{ version: 1, months: ['2024-01', '2024-02', '2024-03'], proposedBy: null }],
        proposals: [],
      });
      expect((body as { present: { definition: { vi: string } } }).present.definition.vi).toContain(
        'từ 3 tháng liên tiếp',
      );
    });

    it('a preview tells who leaves under a longer run, and keeps nothing', async () => {
      const counts = () =>
        api.db.query(`SELECT (SELECT count(*) FROM policy_version) AS versions, (SELECT seq FROM audit_head) AS seq`);
      const before: unknown = await counts();
      const { months, definition } = await preview(fields);
      expect(definition.vi).toContain('từ 4 tháng liên tiếp');
      expect(months.map(({ month, isClosed, joined, left }) => [month, isClosed, joined, left])).toEqual([
        ['2024-03', true, 0, 2],
        // Nobody reported April: missing neither counts nor clears, and nobody is on the list.
        ['2024-04', false, 0, 0],
      ]);
      expect(months[0]?.units).toMatchObject([
        // (120 · 100 − 18 · 400) / (400 − 100) = 16 đồng, its own payment counted in.
        { code: 'A', present: { flagged: true, streak: 3, gapDong: 16 }, changed: { flagged: false, streak: 3 } },
        { code: 'C', present: { flagged: true } },
      ]);
      expect(await counts()).toEqual(before);
    });

    it('a preview tells who joins: with the least gap taken away, and by the mean', async () => {
      const byMean = await preview({ average: { method: 'mean' } });
      expect(byMean.months[0]).toMatchObject({ joined: 0, left: 0 });
      const sooner = await preview({
        thresholdMonths: 1,
        average: { method: 'declared', declaredPercent: { 1: '15', 2: '29', 3: '43', 4: '1' } },
      });
      // 43 % declared for month 3: B with 42 is below too, and D too, but D did not report.
      expect(sooner.months[0]).toMatchObject({ joined: 1, left: 0 });
    });

    it.each([
      ['a month without declared percentage', { average: { method: 'declared', declaredPercent: { 1: '5' } } }, 422],
      ['a declared average by group', { average: { method: 'declared', scope: 'group' } }, 422],
      ['a project that does not exist', { excludeProjects: ['P-Z'] }, 422],
      ['a threshold of 0', { thresholdMonths: 0 }, 400],
      ['a field that is none', { threshold: 3 }, 400],
    ])('%s: refused', async (_, changed, status) => {
      await as.staff.post('/policies/preview', { planYear: 2024, fields: changed }).expect(status);
    });

    let id: number;
    it('is proposed with a reason, one at a time', async () => {
      await as.approver.post('/policies/proposals', { planYear: 2024, fields }).expect(400);
      await as.approver.post('/policies/proposals', { planYear: 2024, fields: {}, reason: 'không đổi' }).expect(409);
      const body = { planYear: 2024, fields, reason: 'Ý kiến của UBND tỉnh' };
      const answer = await as.approver.post('/policies/proposals', body).expect(201);
      const [proposal] = (answer.body as { proposals: { id: number; isOwn: boolean; state: string }[] }).proposals;
      expect(proposal).toMatchObject({ state: 'open', isOwn: true });
      id = proposal?.id ?? 0;
      expect((await as.staff.post('/policies/proposals', body).expect(409)).body).toMatchObject({
        code: 'policy-proposal-open',
      });
    });

    it('is not confirmed by who proposed it, nor by the database behind the program', async () => {
      const own = await as.approver.post(`/policies/proposals/${id}/confirmation`).expect(403);
      expect(own.body).toMatchObject({ code: 'policy-same-person' });
      await as.staff.post(`/policies/proposals/${id}/confirmation`).expect(403);
      await expect(
        api.db.query("UPDATE policy_proposal SET state = 'confirmed', decided_at = now(), decided_by = proposed_by"),
      ).rejects.toThrow('policy_proposal_four_eyes_check');
      await expect(
        api.db.query(`INSERT INTO policy_version (plan_year, version, fields, reason, recorded_at, recorded_by)
                      SELECT plan_year, 2, fields, reason, now(), 'approver2' FROM policy_proposal`),
      ).rejects.toThrow('a policy takes effect when a second person confirmed it');
      await expect(api.db.query("UPDATE policy_proposal SET fields = '{}'")).rejects.toThrow('does not change');
    });

    it('another approver confirms it: it speaks for months closed from now on, the published ones stay', async () => {
      const published = () =>
        api.db.query('SELECT id, month, policy_version, result_hash FROM evaluation WHERE month <= 3 ORDER BY id');
      const before: unknown = await published();
      const { body } = await as.approver2.post(`/policies/proposals/${id}/confirmation`).expect(200);
      expect(body).toMatchObject({ present: { version: 2, fields: { thresholdMonths: 4 } } });
      expect(await lastAudit()).toMatchObject({
        action: 'policy.confirm',
        after: { proposedBy: 'approver', version: 2 },
      });
      await as.approver2.post(`/policies/proposals/${id}/confirmation`).expect(409);
      await bookMonth(api.db, 4, { A: 6n, B: 14n, C: 14n, D: 14n });
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, 4));
      await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month: 4, monthVersion: 1 });
      const rows = await api.db.query(`SELECT l.unit_code, l.streak, l.flagged, e.policy_version FROM evaluation AS e
        JOIN evaluation_line AS l ON l.evaluation_id = e.id AND l.month = 4 WHERE e.month = 4 AND l.flagged`);
      // A 24, C 32 of 100; the pool 42: both below four months running.
      expect(rows).toEqual([
        { unit_code: 'A', streak: 4, flagged: true, policy_version: 2 },
        { unit_code: 'C', streak: 4, flagged: true, policy_version: 2 },
      ]);
      expect(await published()).toEqual(before);
      // The cases that the old policy opened in March go on; the new one would have opened them in April.
      const cases = await api.db
        .query(`SELECT c.unit_code, c.opened_month, c.state, array_agg(s.change ORDER BY s.month) AS steps
        FROM warning_case AS c JOIN warning_case_step AS s ON s.case_id = c.id GROUP BY c.id ORDER BY c.unit_code`);
      expect(cases).toEqual(
        ['A', 'C'].map((unit) => ({ unit_code: unit, opened_month: 3, state: 'open', steps: ['new', 'continuing'] })),
      );
    });

    it('notices and the page of a unit count up to the run of their own evaluation, not of today’s policy', async () => {
      const [april]: [{ id: number }] = await api.db.query('SELECT id FROM evaluation WHERE month = 4');
      await issueNotices(api.db, systemActor('job'), april.id);
      const notices = async (month: string) =>
        (await as.leader.get(`/notices?audience=team&month=${month}`).expect(200)).body as {
          items: { thresholdMonths: number | null }[];
        };
      const year = async (month: number) =>
        (await as.leader.get(`/units/A/year?planYear=2024&throughMonth=${month}`).expect(200)).body as object;
      const thresholds = (list: { items: { thresholdMonths: number | null }[] }) =>
        new Set(list.items.map(({ thresholdMonths }) => thresholdMonths));
      expect(thresholds(await notices('2024-03'))).toEqual(new Set([3]));
      expect(thresholds(await notices('2024-04'))).toEqual(new Set([4]));
      expect(await year(3)).toMatchObject({ thresholdMonths: 3 });
      expect(await year(4)).toMatchObject({ thresholdMonths: 4 });
    });

    it('a proposal is withdrawn, and one for an older version is refused', async () => {
      const body = { planYear: 2024, fields: { thresholdMonths: 5 }, reason: 'thử' };
      const answer = await as.staff.post('/policies/proposals', body).expect(201);
      const next = (answer.body as { proposals: { id: number }[] }).proposals[0]?.id;
      await as.approver.post(`/policies/proposals/${next}/withdrawal`).expect(200);
      await as.approver.post(`/policies/proposals/${next}/confirmation`).expect(409);
    });
  });

  describe('deadlines', () => {
    interface Deadlines {
      reportWorkingDays: number;
      months: { month: string; reportDue: string; closingDue: string }[];
    }
    it('are five and six working days after each month’s end', async () => {
      const { body } = (await as.leader.get('/calendars/2024/deadlines').expect(200)) as { body: Deadlines };
      expect(body).toMatchObject({ reportWorkingDays: 5, closingWorkingDays: 6, assignmentDays: 90 });
      // May 2024 ends on a Friday: 3 to 7 June are five working days, Monday the 10th is the sixth.
      expect(body.months[4]).toEqual({
        month: '2024-05',
        end: '2024-05-31',
        reportDue: '2024-06-07',
        closingDue: '2024-06-10',
      });
      expect(body.months).toHaveLength(13);
    });

    it('follow days that are not kept yet, and keep nothing', async () => {
      const days = [
        { date: '2024-06-03', kind: 'holiday', name: 'Nghỉ' },
        { date: '2024-06-08', kind: 'make-up-day', name: 'Làm bù' },
      ];
      const before: unknown = (await as.leader.get('/calendars/2024')).body;
      const { body } = (await as.staff.post('/calendars/2024/deadlines', { days }).expect(200)) as { body: Deadlines };
      expect(body.months[4]).toMatchObject({ reportDue: '2024-06-08', closingDue: '2024-06-10' });
      expect((await as.leader.get('/calendars/2024')).body).toEqual(before);
      await as.leader.post('/calendars/2024/deadlines', { days }).expect(403);
    });

    it('the days are kept with the decision they come from, in the audit', async () => {
      const days = [{ date: '2024-06-03', kind: 'holiday', name: 'Nghỉ' }];
      await as.staff.put('/calendars/2024', { days, reason: 'Thông báo 123/TB' }).expect(200);
      expect(await lastAudit()).toMatchObject({ action: 'calendar.correct', after: { reason: 'Thông báo 123/TB' } });
    });
  });
});
