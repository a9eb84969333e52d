import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import { composeMonth, renderDocx, type OfficialDocument } from '#libs/documents';
import { wordParagraphs } from '#libs/exchange/sheet';
import { Month, systemActor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { binaryBody } from '../harness/binary-body.js';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';

/** A page on which nothing is written: what a scanner makes. */
async function pdfOfDrawing(): Promise<Buffer> {
  const { default: pdfmake } = await import('pdfmake');
  const line = { type: 'line' as const, x1: 0, y1: 0, x2: 100, y2: 100, lineWidth: 1 };
  return pdfmake
    .createPdf({
      pageSize: 'A4',
      pageMargins: [0, 0, 0, 0],
      defaultStyle: { font: 'Tinos' },
      info: { title: '', author: '' },
      language: 'vi-VN',
      header: () => null,
      content: [{ canvas: [line] }],
    })
    .getBuffer();
}

interface Doc {
  id: number;
  kind: string;
  state: string;
  recipient: { code: string } | null;
  number: string | null;
  ready: boolean;
  next: { number: number; date: string } | null;
  files: { format: string; sha256: string }[];
  recipients: string[];
  auditHead: { seq: number; hash: string } | null;
}

/**
 * The small office after March 2024 was closed and evaluated: A and C are on the list, D did not report. Business day
 * 31/12/2024.
 */
describe('official documents', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<
    'staff' | 'approver' | 'approver2' | 'clerk' | 'leader' | 'reporter' | 'inspector' | 'admin',
    Caller
  >;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await flaggedMonths(api.db);
    for (const name of ['staff', 'approver', 'approver2', 'clerk', 'leader', 'reporter', 'inspector', 'admin'] as const)
      as[name] = await api.signIn(name);
  }, 60_000);
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const march = { month: '2024-03' };
  const compose = async (kind: string, recipient?: string): Promise<Doc> =>
    (await as.staff.post('/documents', { kind, ...march, recipient }).expect(201)).body as Doc;
  const etagOf = async (id: number): Promise<string> =>
    String((await as.clerk.get(`/documents/${id}`).expect(200)).headers['etag']);
  const numbered = async (id: number, number: number, more: object = {}) =>
    as.clerk.post(`/documents/${id}/number`, { number, date: '2024-12-30', ...more }).set('if-match', await etagOf(id));
  const codeOf = ({ body }: { body: unknown }): string => (body as { code: string }).code;
  const listed = async (caller: Caller, query = ''): Promise<{ items: Doc[]; total: number; waiting: number }> =>
    (await caller.get(`/documents${query}`).expect(200)).body as never;
  const pdfOf = async (caller: Caller, id: number): Promise<Buffer> =>
    (await caller.get(`/documents/${id}/file.pdf`).buffer(true).parse(binaryBody).expect(200)).body as Buffer;

  describe('a draft', () => {
    it('is composed out of the frozen month, and again into its own place', async () => {
      const first = await compose('announcement');
      expect(first).toMatchObject({ state: 'draft', number: null, recipient: null, ready: false });
      expect((await compose('announcement')).id).toBe(first.id);
      const letter = await compose('unit-letter', 'A');
      expect(letter).toMatchObject({ recipient: { code: 'A', name: 'Đơn vị A' }, addressees: ['Đơn vị A'] });
    });

    it('of a letter goes to units on the list alone, and of an assignment to their teams', async () => {
      const refused = await as.staff.post('/documents', { kind: 'unit-letter', ...march, recipient: 'B' }).expect(422);
      expect(codeOf(refused)).toBe('document-recipient-unknown');
      expect((await compose('team-assignment', 'T1')).ready).toBe(true);
      const nobody = await as.staff.post('/documents', { kind: 'unit-letter', month: '2024-04', recipient: 'A' });
      expect([nobody.status, codeOf(nobody)]).toEqual([404, 'evaluation-missing']);
    });

    it('has nothing to correct where nothing went out before', async () => {
      const refused = await as.staff.post('/documents', { kind: 'correction', ...march }).expect(409);
      expect(codeOf(refused)).toBe('nothing-to-correct');
    });

    it('is a PDF and a Word file, without a number', async () => {
      const { id } = await compose('announcement');
      expect((await pdfOf(as.leader, id)).subarray(0, 5).toString()).toBe('%PDF-');
      const { headers } = await as.leader.get(`/documents/${id}/file.docx`).expect(200);
      expect(headers['content-disposition']).toBe('attachment; filename="thong-bao_2024-03-v1_du-thao.docx"');
    });

    it('gets no number before a second approver released it, nor by SQL', async () => {
      const { id } = await compose('announcement');
      const refused = await numbered(id, 1);
      expect([refused.status, codeOf(refused)]).toEqual([409, 'document-not-released']);
      const forced = direct(
        api.db,
        `UPDATE document SET state = 'issued', number = 1, number_year = 2024, document_date = '2024-12-30',
           sent_date = '2024-12-30', issued_at = now(), issued_by = 'x', audit_seq = 1, audit_hash = 'x' WHERE id = $1`,
        [id],
      );
      await expect(forced).rejects.toMatchObject({ driverError: { code: 'PT061', constraint: 'document_released' } });
    });
  });

  describe('the release', () => {
    it('orders the drafts of all that went out, each once, and they wait for the clerk', async () => {
      await as.approver2.post('/announcements/2024-03/release').expect(200);
      const orders: unknown[] = await api.db.query(
        "SELECT payload FROM outbox_message WHERE topic = 'announcement-released'",
      );
      expect(orders).toEqual([{ payload: { planYear: 2024, month: 3 } }]);
      const first = await composeMonth(api.db, systemActor('job'), Month.of(2024, 3));
      expect(await composeMonth(api.db, systemActor('job'), Month.of(2024, 3))).toEqual(first);
      const { items, waiting } = await listed(as.clerk, '?waiting=true');
      expect(items.map(({ kind, recipient }) => `${kind} ${recipient?.code ?? ''}`).sort()).toEqual([
        'announcement ',
        'team-assignment T0',
        'team-assignment T1',
        'team-assignment T2',
        'unit-letter A',
        'unit-letter C',
      ]);
      expect(waiting).toBe(6);
    });
  });

  describe('the number', () => {
    const find = async (kind: string, recipient = ''): Promise<number> =>
      (await listed(as.clerk, `?kind=${kind}`)).items.find((each) => (each.recipient?.code ?? '') === recipient)
        ?.id as number;

    it('is suggested, given by the clerk with its day, and freezes files, hashes and audit head', async () => {
      const id = await find('announcement');
      const { body } = await as.clerk.get(`/documents/${id}`).expect(200);
      expect((body as Doc).next).toEqual({ number: 1, date: '2024-12-31' });
      const answer = await numbered(id, 5, { recipients: ['Như đã gửi', 'Lưu: VT'] });
      expect(answer.status).toBe(200);
      const issued = answer.body as Doc;
      expect(issued).toMatchObject({
        state: 'issued',
        number: '05/TB-UBND',
        date: '2024-12-30',
        sentDate: '2024-12-30',
        recipients: ['Như đã gửi', 'Lưu: VT'],
        next: null,
      });
      const pdf = await pdfOf(as.leader, id);
      expect(issued.files.find(({ format }) => format === 'pdf')?.sha256).toBe(
        createHash('sha256').update(pdf).digest('hex'),
      );
      const [{ hash }]: [{ hash: string }] = await api.db.query('SELECT hash FROM audit_event WHERE seq = $1', [
        issued.auditHead?.seq,
      ]);
      expect(issued.auditHead?.hash).toBe(hash);
      const [event]: [{ body: string }] = await api.db.query(
        "SELECT body FROM audit_event WHERE action = 'document.issue' ORDER BY seq DESC LIMIT 1",
      );
      expect(JSON.parse(event.body)).toMatchObject({ after: { number: '05/TB-UBND', files: issued.files } });
      // Twice the same bytes: they were made once.
      expect((await pdfOf(as.leader, id)).equals(pdf)).toBe(true);
    });

    it('is unique within year and series; another series counts by itself', async () => {
      const [a, c] = [await find('unit-letter', 'A'), await find('unit-letter', 'C')];
      expect((await numbered(a, 5)).status).toBe(200);
      const taken = await numbered(c, 5);
      expect([taken.status, codeOf(taken)]).toEqual([409, 'document-number-taken']);
      const { body } = await as.clerk.get(`/documents/${c}`);
      expect((body as Doc).next?.number).toBe(6);
    });

    it('is refused for a day to come, a draft that changed since, and without having looked', async () => {
      const id = await find('unit-letter', 'C');
      expect(codeOf(await numbered(id, 6, { date: '2025-01-01' }))).toBe('document-date-future');
      const stale = as.clerk.post(`/documents/${id}/number`, { number: 6, date: '2024-12-30' });
      expect(codeOf(await stale.set('if-match', '"1"'))).toBe('document-changed');
      expect((await as.clerk.post(`/documents/${id}/number`, { number: 6, date: '2024-12-30' })).status).toBe(428);
    });

    it('of two clerks with one number at once, one gets it', async () => {
      const ids = [await find('team-assignment', 'T1'), await find('team-assignment', 'T2')];
      const etags = await Promise.all(ids.map(etagOf));
      const answers = await Promise.all(
        ids.map((id, i) =>
          as.clerk
            .post(`/documents/${id}/number`, { number: 77, date: '2024-12-30' })
            .set('if-match', etags[i] as string),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });

  describe('what was issued', () => {
    const refused = async (sql: string): Promise<string> =>
      direct(api.db, sql).then(
        () => 'went through',
        (error: { driverError: { code: string; constraint: string } }) =>
          `${error.driverError.code} ${error.driverError.constraint}`,
      );

    it.each([
      ["UPDATE document SET subject = 'khác' WHERE state = 'issued'", 'PT061 document_frozen'],
      ["UPDATE document SET content = '{}' WHERE state = 'issued'", 'PT061 document_frozen'],
      ["UPDATE document SET sent_date = '2024-12-31' WHERE state = 'issued'", 'PT061 document_frozen'],
      ['DELETE FROM document', 'PT061 document_frozen'],
      ["UPDATE document_file SET bytes = 'x'", 'PT061 document_frozen'],
      ['DELETE FROM document_file', 'PT061 document_frozen'],
      ['TRUNCATE document_file', 'PT061 document_frozen'],
      ["UPDATE document SET recipient = 'B' WHERE state = 'draft'", 'PT061 document_identity'],
      [
        "INSERT INTO document_file SELECT id, 'pdf', 'x', encode(sha256('x'), 'hex') FROM document WHERE state = 'draft'",
        'PT061 document_files',
      ],
      [
        "INSERT INTO document_file SELECT id, 'docx', 'x', 'y' FROM document WHERE state = 'issued' LIMIT 1",
        '23514 document_file_hash_check',
      ],
      [
        "UPDATE document SET state = 'issued', number = 500, number_year = 2024, document_date = '2024-12-30', sent_date = '2024-12-30', issued_at = now(), issued_by = 'x', audit_seq = 1, audit_hash = 'x' WHERE state = 'draft'",
        '23505 document_number_unique',
      ],
      [
        "UPDATE document SET state = 'issued', number = 500, number_year = 2024, document_date = '2024-12-30', sent_date = '2024-12-30', issued_at = now(), issued_by = 'x', audit_seq = 1, audit_hash = 'x' WHERE id = (SELECT max(id) FROM document WHERE state = 'draft')",
        'PT061 document_files',
      ],
      [
        "UPDATE document SET state = 'issued', number = 500, number_year = 2023, document_date = '2024-12-30', sent_date = '2024-12-30', issued_at = now(), issued_by = 'x', audit_seq = 1, audit_hash = 'x' WHERE state = 'draft'",
        '23514 document_number_check',
      ],
    ])('the database refuses: %s', async (sql, refusal) => {
      expect(await refused(sql)).toBe(refusal);
    });

    it('is neither composed nor numbered again', async () => {
      expect(codeOf(await as.staff.post('/documents', { kind: 'announcement', ...march }).expect(409))).toBe(
        'document-issued',
      );
      const { items } = await listed(as.clerk, '?kind=announcement');
      expect(codeOf(await numbered(items[0]?.id as number, 9))).toBe('document-issued');
    });

    it('leaves as a workbook of the year; for nobody outside the department', async () => {
      const rows = async (caller: Caller): Promise<unknown[][]> => {
        const { body } = await caller
          .get('/exports/document-register?planYear=2024')
          .buffer(true)
          .parse(binaryBody)
          .expect(200);
        const cells = await readSheet(body as Buffer);
        return cells.filter(([first]) => typeof first === 'number').map((row) => row.slice(0, 2));
      };
      expect(await rows(as.clerk)).toEqual([
        [5, 'TB-UBND'],
        [5, 'UBND-TH'],
        [77, 'UBND-TH'],
      ]);
      expect(await rows(as.reporter)).toEqual([]);
    });

    it('stands in the register by series and number', async () => {
      const { body } = await as.leader.get('/document-register?year=2024').expect(200);
      const { items, series } = body as { items: Doc[]; series: string[] };
      expect(items.map(({ number }) => number)).toEqual(['05/TB-UBND', '05/UBND-TH', '77/UBND-TH']);
      expect(series).toEqual(['TB-UBND', 'UBND-TH']);
      const found = await as.leader.get('/document-register?year=2024&search=don%20vi%20a').expect(200);
      expect((found.body as { items: Doc[] }).items.map(({ number }) => number)).toEqual(['05/UBND-TH']);
    });

    it('is seen by whom it is for: the unit its letter, the team its sheet, all of them the announcement', async () => {
      const seen = async (caller: Caller): Promise<string[]> =>
        (await listed(caller)).items.map(({ kind, recipient }) => `${kind} ${recipient?.code ?? ''}`).sort();
      expect(await seen(as.reporter)).toEqual(['announcement ', 'unit-letter A']);
      const sheets = (await seen(as.inspector)).filter((each) => each !== 'team-assignment T1');
      expect(sheets).toEqual(['announcement ']);
      const drafts = (await listed(as.clerk, '?state=draft')).items.map(({ id }) => id);
      for (const path of [`/documents/${drafts[0]}`, `/documents/${drafts[0]}/file.pdf`, '/documents/987654']) {
        const { status, body } = await as.reporter.get(path);
        expect([status, (body as { code: string }).code]).toEqual([404, 'document-unknown']);
      }
    });
  });

  describe('the file that the office sent out', () => {
    interface Version {
      id: number;
      fileName: string;
      sha256: string;
      hasText: boolean;
      differences: { kind: string; ours: string | null; theirs: string | null }[] | null;
    }
    let id: number;
    beforeAll(async () => {
      id = (await listed(as.clerk, '?kind=unit-letter&state=issued')).items[0]?.id as number;
    });
    const fileOf = async (format: 'pdf' | 'docx'): Promise<Buffer> =>
      (await as.clerk.get(`/documents/${id}/file.${format}`).buffer(true).parse(binaryBody)).body as Buffer;
    const uploaded = async (caller: Caller, name: string, content: Buffer): Promise<number> =>
      ((await caller.upload('/files', { name, content }).expect(201)).body as { id: number }).id;
    const sent = async (name: string, content: Buffer): Promise<Version> => {
      const { body } = await as.clerk
        .post(`/documents/${id}/versions`, { fileId: await uploaded(as.clerk, name, content) })
        .expect(201);
      return (body as { versions: Version[] }).versions[0] as Version;
    };

    it('that says the same differs in nothing, as Word file and as PDF', async () => {
      expect(await sent('cong-van.docx', await fileOf('docx'))).toMatchObject({ hasText: true, differences: [] });
      expect(await sent('da-ky.pdf', await fileOf('pdf'))).toMatchObject({ hasText: true, differences: [] });
    });

    it('is kept beside ours, and each figure or name that was edited is told', async () => {
      // A of 100 đồng plan: 18 paid, the average is 30 %.
      const [{ content }]: [{ content: string }] = await api.db.query('SELECT content FROM document WHERE id = $1', [
        id,
      ]);
      const changed = content.replace('30,0\u00a0%', '31,5\u00a0%').replaceAll('Đơn vị A', 'Đơn vị B');
      const edited = await renderDocx(JSON.parse(changed) as OfficialDocument);
      const version = await sent('da-sua.docx', edited);
      expect(version.differences).toEqual([
        expect.objectContaining({ kind: 'figure', ours: '30,0 %', theirs: '31,5 %' }),
        expect.objectContaining({ kind: 'name', ours: 'Đơn vị A', theirs: null }),
        expect.objectContaining({ kind: 'name', ours: null, theirs: 'Đơn vị B' }),
      ]);
      const kept = await as.leader
        .get(`/documents/${id}/versions/${version.id}/file`)
        .buffer(true)
        .parse(binaryBody)
        .expect(200);
      expect((kept.body as Buffer).equals(edited)).toBe(true);
      expect(kept.headers['content-disposition']).toMatch(/^attachment/);
    });

    it('of pictures alone is kept, and that nobody compared it is said', async () => {
      const scan = await pdfOfDrawing();
      expect(await sent('ban-quet.pdf', scan)).toMatchObject({ hasText: false, differences: [] });
    });

    it('is sent for a document with a number, by who uploaded it, once, as Word or PDF', async () => {
      const draft = (await listed(as.clerk, '?state=draft')).items[0]?.id as number;
      const pdf = await fileOf('pdf');
      const send = async (caller: Caller, document: number, fileId: number): Promise<string> =>
        codeOf(await caller.post(`/documents/${document}/versions`, { fileId }));
      expect(await send(as.clerk, draft, await uploaded(as.clerk, 'a.pdf', pdf))).toBe('document-not-issued');
      const others = await uploaded(as.staff, 'a.pdf', pdf);
      expect(await send(as.clerk, id, others)).toBe('attachment-unknown');
      const picture = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
      expect(await send(as.clerk, id, await uploaded(as.clerk, 'a.jpg', picture))).toBe('document-version-kind');
      const torn = await uploaded(as.clerk, 'a.pdf', Buffer.from('%PDF-1.7 không phải PDF'));
      expect(await send(as.clerk, id, torn)).toBe('document-version-unreadable');
      await expect(direct(api.db, 'DELETE FROM document_version')).rejects.toMatchObject({
        driverError: { constraint: 'document_frozen' },
      });
    });

    it('is its unit’s to read too, without what the department found', async () => {
      const { body } = await as.reporter.get(`/documents/${id}`).expect(200);
      const { versions } = body as { versions: Version[] };
      expect(versions.length).toBeGreaterThan(2);
      expect(versions.every(({ differences }) => differences === null)).toBe(true);
    });
  });

  describe('the template', () => {
    const path = '/document-templates/team-assignment';
    const read = async (): Promise<{ version: number; fields: Record<string, unknown> }> =>
      (await as.staff.get(path).expect(200)).body as never;

    it('is edited with the version that was seen, and every version is kept', async () => {
      const { version, fields } = await read();
      expect(version).toBe(0);
      const next = { ...fields, urgency: 'KHẨN', symbol: 'SKH-TH' };
      await as.staff.put(path, next).expect(428);
      const set = await as.staff.put(path, next).set('if-match', '"0"').expect(200);
      expect([set.headers['etag'], (set.body as { version: number }).version]).toEqual(['"1"', 1]);
      expect(codeOf(await as.admin.put(path, fields).set('if-match', '"0"').expect(409))).toBe('template-changed');
      expect(codeOf(await as.staff.put(path, next).set('if-match', '"1"').expect(409))).toBe('template-unchanged');
      expect((await compose('team-assignment', 'T0')) as unknown).toMatchObject({
        symbol: 'SKH-TH',
        templateVersion: 1,
      });
    });

    it.each([
      ['a symbol in small letters', { symbol: 'tb-ubnd' }, '/symbol'],
      ['an urgency nobody knows', { urgency: 'NHANH' }, '/urgency'],
      ['no recipients', { recipients: [] }, '/recipients'],
      ['an empty line among the recipients', { recipients: ['', 'Lưu: VT'] }, '/recipients'],
      ['a body of three lines', { issuer: { name: 'A\nB\nC', nameInText: 'A', place: 'B' } }, '/issuer/name'],
    ])('refuses %s', async (_, change, pointer) => {
      const { version, fields } = await read();
      const { body } = await as.staff
        .put(path, { ...fields, ...change })
        .set('if-match', `"${version}"`)
        .expect(400);
      const { errors } = body as { errors: { pointer: string }[] };
      expect(errors.map((each) => each.pointer.replace(/\/\d+$/, ''))).toContain(pointer);
    });

    it('is shown as PDF of a real month before it is kept', async () => {
      const { fields } = await read();
      for (const kind of ['announcement', 'unit-letter', 'team-assignment', 'correction', 'agenda', 'minutes']) {
        const answer = await as.staff
          .post(`/document-templates/${kind}/preview`, { fields, ...march })
          .buffer(true)
          .parse(binaryBody)
          .expect(200);
        expect((answer.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
      }
    });
  });

  describe('the correction of what was announced', () => {
    it('is composed when a month that was corrected is released again, names what it corrects, and gets its number', async () => {
      await as.staff.post('/months/2024-03/reopen', { reason: 'A ghi thiếu 30 đồng' }).expect(200);
      await as.approver.post('/months/2024-03/reopen', {}).expect(200);
      // A has 48 of 100 now, the pool 150 of 400: A leaves the list, C stays.
      await bookMonth(api.db, 3, { A: 30n }, []);
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, 3));
      const again = { planYear: 2024, month: 3, monthVersion: 2 };
      const evaluation = await evaluateMonth(api.db, systemActor('job'), again);
      await issueNotices(api.db, systemActor('job'), evaluation?.id ?? 0);
      await as.approver2.post('/announcements/2024-03/release').expect(200);
      await composeMonth(api.db, systemActor('job'), Month.of(2024, 3));
      const { items } = await listed(as.clerk, '?kind=correction');
      expect(items).toHaveLength(1);
      const id = items[0]?.id as number;
      expect(items[0]).toMatchObject({ state: 'draft', ready: true });
      const { body } = await as.staff.get(`/documents/${id}/file.docx`).buffer(true).parse(binaryBody).expect(200);
      const told = (await wordParagraphs(body as Buffer, 'dinh-chinh.docx')).join('\n');
      expect(told).toContain(
        '(lần 1 thành lần 2), UBND tỉnh Tỉnh Thử đính chính Thông báo số 05/TB-UBND ngày 30/12/2024',
      );
      expect(told).toContain('- Bình quân chung của tỉnh: 30,0\u00a0% nay là 37,5\u00a0%.');
      // C is short of more than before, at the same rate of its own: nothing of it is corrected.
      expect(told).not.toContain('Đơn vị C');
      expect(told).toMatch(/Đưa ra khỏi danh sách đơn vị thấp hơn bình quân chung 3 tháng liên tiếp: Đơn vị A/);
      expect((await numbered(id, 6)).body).toMatchObject({ state: 'issued', number: '06/TB-UBND' });
    });
  });
});
