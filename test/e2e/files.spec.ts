import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Document, Packer, Paragraph } from 'docx';
import writeXlsxFile from 'write-excel-file/node';
import { auditedTransaction } from '#libs/audit';
import { claimFiles, openFile, sweepFiles } from '#libs/files';
import { systemActor, systemClock } from '#libs/kernel';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, smallOffice } from '../harness/small-office.js';

const PDF = Buffer.from('%PDF-1.7\n% giải trình\n%%EOF\n');
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const HEIC = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(12)]);
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');

/** A file as the API tells it. */
interface Sent {
  id: number;
  name: string;
  size: number;
  mediaType: string;
  hash: string;
}

describe('files to attach', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let reporter: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url, { FILE_MEGABYTES: '1' });
    await smallOffice(api.db);
    reporter = await api.signIn('reporter');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const send = async (name: string, content: Buffer, caller = reporter): Promise<Sent> =>
    (await caller.upload('/files', { name, content }).expect(201)).body as Sent;
  const refused = async (name: string, content: Buffer): Promise<string> => {
    const { status, body } = await reporter.upload('/files', { name, content });
    return `${status} ${(body as { code: string }).code}`;
  };
  const stored = async (): Promise<number> =>
    ((await api.db.query('SELECT count(*)::int AS n FROM stored_file')) as { n: number }[])[0]?.n ?? 0;

  const HEAD = 'content-disposition: form-data; name="file"; filename="a.pdf"\r\ncontent-type: application/pdf';
  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    ['nothing of a form behind its boundary', 'multipart/form-data; boundary=x', 'abc'],
    ['an end in the middle of a file', 'multipart/form-data; boundary=x', `--x\r\n${HEAD}\r\n\r\n%PDF`],
  ])('a form with %s is refused in a sentence', async (_, type, body) => {
    for (const [path, code] of [
      ['/files', 'attachment-missing'],
      ['/imports?kind=disbursements', 'import-file-missing'],
    ] as const) {
      const answer = await reporter.post(path, body).set('content-type', type);
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([400, code]);
    }
    expect(await stored()).toBe(0);
  });

  it('are named by the SHA-256 of their bytes and typed by what they are; a name that says otherwise gets that ending too', async () => {
    expect(await send('C:\\Users\\lan\\giải trình.jpg', PDF)).toEqual({
      id: expect.any(Number),
      name: 'giải trình.jpg.pdf',
      size: PDF.length,
      mediaType: 'application/pdf',
      hash: createHash('sha256').update(PDF).digest('hex'),
    });
    const sent = async (name: string, bytes: Buffer): Promise<unknown[]> => {
      const file = await send(name, bytes);
      return [file.name, file.mediaType];
    };
    expect(await sent('a.pdf', PNG)).toEqual(['a.pdf.png', 'image/png']);
    expect(await sent('a', JPEG)).toEqual(['a.jpg', 'image/jpeg']);
    expect(await sent('IMG_0001.JPEG', JPEG)).toEqual(['IMG_0001.JPEG', 'image/jpeg']);
    expect(await sent('IMG_0001.HEIC', HEIC)).toEqual(['IMG_0001.HEIC', 'image/heic']);
    const docx = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('Kính gửi')] }] }));
    expect((await send('cv.docx', docx)).mediaType).toMatch(/wordprocessingml/);
    const xlsx = await writeXlsxFile([[{ value: 1 }]]).toBuffer();
    expect((await send('bieu.xlsx', xlsx)).mediaType).toMatch(/spreadsheetml/);
  });

  it('are stored once however often they are sent, and by whom', async () => {
    const before = await stored();
    const again = await send('bản sao.pdf', PDF);
    const other = await send('khác.pdf', PDF, await api.signIn('inspector'));
    expect([again.hash, await stored()]).toEqual([other.hash, before]);
    expect(again.id).not.toBe(other.id);
  });

  it.each<[string, Buffer, string]>([
    ['trống.pdf', Buffer.alloc(0), '422 attachment-empty'],
    ['ảnh.pdf', Buffer.from('GIF89a.......'), '422 attachment-kind'],
    ['trang.pdf', Buffer.from('<html><script>alert(1)</script></html>'), '422 attachment-kind'],
    ['vẽ.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), '422 attachment-kind'],
    ['chương trình.pdf', Buffer.from('MZ\u0090\u0000'), '422 attachment-kind'],
    ['cũ.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '422 attachment-old-office'],
    [
      'khoá.docx',
      Buffer.concat([Buffer.from('d0cf11e0', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
      '422 attachment-locked',
    ],
    ['nén.zip', Buffer.from('504b0506000000000000000000000000000000000000', 'hex'), '422 attachment-kind'],
    ['hỏng.docx', Buffer.from('504b030400000000', 'hex'), '422 attachment-kind'],
  ])('%s is refused, and a sentence says what to do', async (name, content, expected) => {
    expect(await refused(name, content)).toBe(expected);
  });

  it('may have as many MB as FILE_MEGABYTES says, and not one byte more', async () => {
    const of = (size: number): Buffer => Buffer.concat([PDF, Buffer.alloc(size - PDF.length)]);
    expect((await send('vừa.pdf', of(1024 * 1024))).size).toBe(1024 * 1024);
    const { status, body } = await reporter.upload('/files', { name: 'quá.pdf', content: of(1024 * 1024 + 1) });
    expect([status, (body as { detail: string }).detail]).toEqual([
      413,
      'Tệp quá.pdf lớn hơn 1 MB. Giảm độ phân giải ảnh, hoặc chia tệp PDF thành nhiều phần rồi gửi từng phần.',
    ]);
  });

  it('without a file, or as no form at all, say so', async () => {
    expect((await reporter.post('/files', {})).body).toMatchObject({ code: 'attachment-missing', status: 400 });
  });

  it('are attached once, and only by who sent them', async () => {
    const { id } = await send('một lần.pdf', PDF);
    const claim = (username: string, ids: number[]): Promise<unknown> =>
      auditedTransaction(api.db, actorFor('reporter', username), async (tx, record) => {
        const files = await claimFiles(tx, actorFor('reporter', username), ids, 'answer 1');
        record({ action: 'file.upload', objectType: 'file', objectId: id });
        return files;
      });
    const unknown = { code: 'attachment-unknown' };
    await expect(claim('staff', [id])).rejects.toMatchObject(unknown);
    await expect(claim('reporter', [id, id])).rejects.toMatchObject(unknown);
    await expect(claim('reporter', [id])).resolves.toMatchObject([{ id, name: 'một lần.pdf' }]);
    await expect(claim('reporter', [id])).rejects.toMatchObject(unknown);
    expect((await openFile(api.db, id)).bytes.equals(PDF)).toBe(true);
  });

  it('nobody attached go after a day with bytes that nothing else names; attached ones stay', async () => {
    const { id, hash } = await send('quên.png', Buffer.concat([PNG, Buffer.from('quên')]));
    expect(await sweepFiles(api.db, systemActor('job'))).toEqual([]);
    jest.spyOn(systemClock, 'now').mockReturnValue(new Date(Date.now() + 25 * 3_600_000));
    expect(await sweepFiles(api.db, systemActor('job'))).toContain(id);
    const left = (await api.db.query(
      'SELECT u.name FROM stored_file AS s JOIN uploaded_file AS u ON u.hash = s.hash',
    )) as { name: string }[];
    expect(left).toEqual([{ name: 'một lần.pdf' }]);
    expect(await api.db.query('SELECT FROM stored_file WHERE hash = $1', [hash])).toEqual([]);
    expect(await sweepFiles(api.db, systemActor('job'))).toEqual([]);
  });

  it.each([
    ["UPDATE stored_file SET media_type = 'image/png'", 'PT001'],
    ["UPDATE uploaded_file SET attached_to = 'answer 2', attached_at = now()", 'PT001'],
    ['DELETE FROM uploaded_file', 'PT001'],
    ['DELETE FROM stored_file', '23503'],
    ["INSERT INTO stored_file VALUES (repeat('0', 64), 'x', 1, 'application/pdf')", '23514'],
  ])('the database itself refuses %s', async (sql, code) => {
    await expect(direct(api.db, sql)).rejects.toMatchObject({ driverError: { code } });
  });
});
