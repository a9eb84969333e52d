import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { binaryBody } from '../harness/binary-body.js';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { smallOffice } from '../harness/small-office.js';

const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');

interface Inspection {
  id: number;
  version: number;
  state: string;
  visits: { id: number; recommendations: { id: number }[]; attachments: { id: number }[] }[];
}

/** T1 looks after A and B, T2 after C; A was flagged in March 2024. The day is 31/12/2024. */
describe('an inspection', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<'reporter' | 'inspector' | 'staff' | 'leader', Caller>;
  let noticeId: number;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await flaggedMonths(api.db);
    for (const name of ['reporter', 'inspector', 'staff', 'leader'] as const) as[name] = await api.signIn(name);
    const [notice] = (await api.db.query(
      "SELECT id FROM notice WHERE audience = 'team' AND recipient = 'T1' AND month = 3",
    )) as { id: number }[];
    noticeId = notice?.id ?? 0;
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const plan = (more: object = {}): object => ({
    teamCode: 'T1',
    kind: 'routine',
    subject: 'unit',
    unitCode: 'A',
    purpose: 'Tiến độ giải ngân ba tháng đầu năm',
    plannedOn: '2024-12-30',
    place: 'Trụ sở Đơn vị A',
    members: ['Nguyễn Văn An', 'Lý Thị Bình'],
    ...more,
  });
  const visit = (more: object = {}): object => ({
    draftKey: randomUUID(),
    visitedOn: '2024-12-30',
    place: 'Công trường Km 18',
    members: ['Nguyễn Văn An'],
    findings: [{ category: 'site-clearance', text: 'Còn 3 hộ chưa bàn giao', amountDong: 25 }],
    attachments: [],
    recommendations: [{ text: 'Bàn giao mặt bằng', owner: 'Đơn vị A', dueOn: '2025-01-15' }],
    ...more,
  });
  const code = ({ status, body }: { status: number; body: { code?: string } }): string => `${status} ${body.code}`;
  const stateOfNotice = async (): Promise<string> =>
    ((await as.inspector.get(`/notices/${noticeId}`).expect(200)).body as { state: string }).state;

  describe('from a notice to the team', () => {
    let id: number;
    let draftKey: string;

    it('is planned: the notice goes on to planned, and the case is the notice’s', async () => {
      const { body } = await as.inspector.post('/inspections', plan({ noticeId })).expect(201);
      expect(body).toMatchObject({
        state: 'planned',
        version: 1,
        team: { code: 'T1', name: 'Đoàn 1' },
        unit: { code: 'A' },
        caseId: expect.any(Number),
        own: true,
      });
      id = (body as Inspection).id;
      expect(await stateOfNotice()).toBe('planned');
    });

    it('moves to another day before the team goes, seen by its ETag', async () => {
      const { headers } = await as.inspector.get(`/inspections/${id}`).expect(200);
      const moved = { purpose: 'Tiến độ', plannedOn: '2024-12-31', place: 'A', members: ['An'] };
      const put = (version: string) => as.inspector.put(`/inspections/${id}`, moved).set('if-match', version);
      expect((await put(headers.etag as string).expect(200)).body).toMatchObject({
        plannedOn: '2024-12-31',
        version: 2,
      });
      expect(code(await put('"1"'))).toBe('412 inspection-changed-meanwhile');
      expect(code(await as.inspector.put(`/inspections/${id}`, moved))).toBe('428 if-match-missing');
    });

    it('is not concluded before anybody was there', async () => {
      expect(code(await as.inspector.post(`/inspections/${id}/conclusion`, { conclusion: 'Đạt' }))).toBe(
        '409 inspection-not-visited',
      );
      expect(code(await as.inspector.post(`/inspections/${id}/visits`, visit({ visitedOn: '2025-01-01' })))).toBe(
        '422 visit-in-future',
      );
    });

    it('has a visit with findings, a photo without its place, and recommendations; the notice is inspected', async () => {
      const photo = (await as.inspector.upload('/files', { name: 'ảnh.jpg', content: JPEG }).expect(201)).body as {
        id: number;
      };
      const sent = visit({ attachments: [{ fileId: photo.id, kind: 'photo', caption: 'Km 18', latitude: '21.85' }] });
      ({ draftKey } = sent as { draftKey: string });
      const { body } = await as.inspector.post(`/inspections/${id}/visits`, sent).expect(201);
      expect(body).toMatchObject({
        state: 'visited',
        visitedOn: ['2024-12-30'],
        openRecommendations: 1,
        nextDueOn: '2025-01-15',
        visits: [
          {
            findings: [{ category: 'site-clearance', text: 'Còn 3 hộ chưa bàn giao', amountDong: 25 }],
            attachments: [{ id: photo.id, kind: 'photo', caption: 'Km 18', latitude: null, longitude: null }],
            recommendations: [{ owner: 'Đơn vị A', doneOn: null }],
          },
        ],
      });
      expect(await stateOfNotice()).toBe('inspected');
      const bytes = await as.leader.get(`/inspections/${id}/files/${photo.id}`).buffer(true).parse(binaryBody);
      expect([bytes.status, bytes.headers['content-type'], (bytes.body as Buffer).equals(JPEG)]).toEqual([
        200,
        'image/jpeg',
        true,
      ]);
    });

    it('sent again with the key of its draft, as over a bad line, is the same visit; elsewhere it is refused', async () => {
      const again = await as.inspector.post(`/inspections/${id}/visits`, visit({ draftKey })).expect(201);
      expect((again.body as Inspection).visits).toHaveLength(1);
      const { body } = await as.staff.post('/inspections', plan({ teamCode: 'T2', unitCode: 'C' })).expect(201);
      expect(code(await as.staff.post(`/inspections/${(body as Inspection).id}/visits`, visit({ draftKey })))).toBe(
        '409 visit-draft-used',
      );
    });

    it('keeps a photo’s place where both halves of it were given', async () => {
      const photo = (await as.inspector.upload('/files', { name: 'b.jpg', content: JPEG }).expect(201)).body as {
        id: number;
      };
      const place = { latitude: '21.85123', longitude: '106.76' };
      const { body } = await as.inspector
        .post(
          `/inspections/${id}/visits`,
          visit({ attachments: [{ fileId: photo.id, kind: 'photo', ...place }], findings: [], recommendations: [] }),
        )
        .expect(201);
      expect((body as { visits: { attachments: object[] }[] }).visits[1]?.attachments).toEqual([
        expect.objectContaining({ latitude: '21.85123', longitude: '106.76000' }),
      ]);
    });

    it('is told to its unit once it is concluded; the notice is resolved then, and nothing more is added', async () => {
      expect(code(await as.reporter.get(`/inspections/${id}`))).toBe('404 inspection-unknown');
      const { body } = await as.inspector.post(`/inspections/${id}/conclusion`, { conclusion: 'Chậm do mặt bằng' });
      expect(body).toMatchObject({ state: 'concluded', conclusion: 'Chậm do mặt bằng', concludedBy: 'inspector' });
      expect(await stateOfNotice()).toBe('resolved');
      expect((await as.reporter.get(`/inspections/${id}`).expect(200)).body).toMatchObject({ own: false });
      expect(code(await as.inspector.post(`/inspections/${id}/visits`, visit()))).toBe('409 inspection-concluded');
    });

    it('has its recommendation carried out once, with a note how', async () => {
      const { visits } = (await as.inspector.get(`/inspections/${id}`)).body as Inspection;
      const done = (note: object) =>
        as.inspector.post(`/recommendations/${visits[0]?.recommendations[0]?.id}/completion`, note);
      expect((await done({ note: 'Đã bàn giao đủ' }).expect(200)).body).toMatchObject({ openRecommendations: 0 });
      expect(code(await done({ note: 'lần nữa' }))).toBe('409 recommendation-done');
    });

    it('is looked at again by a follow-up that names it', async () => {
      expect(code(await as.inspector.post('/inspections', plan({ kind: 'follow-up' })))).toBe(
        '422 inspection-follows-missing',
      );
      const { body } = await as.inspector.post('/inspections', plan({ kind: 'follow-up', follows: id })).expect(201);
      expect(body).toMatchObject({ follows: id, noticeId: null });
    });
  });

  describe('is of what it names', () => {
    it.each<[object, object]>([
      [
        { subject: 'project', projectCode: 'P-A', unitCode: undefined },
        { project: { code: 'P-A' }, unit: { code: 'A' } },
      ],
      [
        { subject: 'programme', programme: 'NTM', unitCode: undefined },
        { programme: 'NTM', unit: null },
      ],
      [
        { subject: 'assignment', planYear: 2024, unitCode: 'B' },
        { planYear: 2024, unit: { code: 'B' } },
      ],
    ])('%o', async (more, told) => {
      expect((await as.inspector.post('/inspections', plan(more)).expect(201)).body).toMatchObject(told);
    });

    it.each<[string, object, string]>([
      ['a unit of another team’s', { unitCode: 'C' }, '422 inspection-subject-refused'],
      ['a unit that does not exist', { unitCode: 'X' }, '422 inspection-subject-refused'],
      ['a project that does not exist', { subject: 'project', projectCode: 'P-X' }, '422 inspection-subject-refused'],
      ['a programme without its name', { subject: 'programme' }, '422 inspection-subject-refused'],
      ['another team', { teamCode: 'T2' }, '404 inspection-team-not-yours'],
      ['a team that does not exist', { teamCode: 'T9' }, '404 inspection-team-not-yours'],
      ['a notice to nobody', { noticeId: 99999 }, '422 inspection-notice-of-another'],
    ])('%s is refused', async (_, more, expected) => {
      expect(code(await as.inspector.post('/inspections', plan(more)))).toBe(expected);
    });
  });

  it('of another team is as one that does not exist', async () => {
    const [other] = (await api.db.query("SELECT id FROM inspection WHERE team_code = 'T2'")) as { id: number }[];
    for (const id of [other?.id, 99999]) {
      expect(code(await as.inspector.get(`/inspections/${id}`))).toBe('404 inspection-unknown');
      expect(code(await as.inspector.get(`/inspections/${id}/files/1`))).toBe('404 inspection-unknown');
      expect(code(await as.inspector.post(`/inspections/${id}/visits`, visit()))).toBe('404 inspection-unknown');
      expect(code(await as.inspector.post(`/inspections/${id}/conclusion`, { conclusion: 'a' }))).toBe(
        '404 inspection-unknown',
      );
    }
  });

  it('stands in the calendar by its planned day', async () => {
    const days = async (query: string): Promise<number> =>
      ((await as.leader.get(`/inspections?${query}`).expect(200)).body as { total: number }).total;
    expect(await days('from=2024-12-31&to=2024-12-31')).toBe(1);
    expect(await days('from=2025-01-01&to=2025-01-31')).toBe(0);
  });

  it.each([
    [
      "UPDATE inspection SET state = 'concluded', conclusion = 'a', concluded_at = now(), concluded_by = 'a', version = version + 1 WHERE state = 'planned'",
      'PT061',
    ],
    ["UPDATE inspection SET state = 'visited', version = version + 1 WHERE state = 'planned'", 'PT061'],
    ["UPDATE inspection SET place = 'B', version = version + 1 WHERE state = 'concluded'", 'PT061'],
    ["UPDATE inspection SET team_code = 'T0'", 'PT001'],
    ['DELETE FROM inspection', 'PT001'],
    [
      "INSERT INTO inspection_visit (inspection_id, draft_key, visited_on, place, members, note, recorded_at, recorded_by) SELECT id, gen_random_uuid(), now(), 'a', '{a}', '', now(), 'a' FROM inspection WHERE state = 'concluded'",
      'PT061',
    ],
    ["UPDATE inspection_visit SET place = 'khác'", 'PT001'],
    ["UPDATE inspection_finding SET text = 'khác'", 'PT001'],
    ['UPDATE inspection_attachment SET latitude = 1, longitude = 1', 'PT001'],
    ["UPDATE inspection_recommendation SET due_on = '2030-01-01'", 'PT001'],
  ])('the database itself refuses %s', async (sql, expected) => {
    await expect(direct(api.db, sql)).rejects.toMatchObject({ driverError: { code: expected } });
  });
});
