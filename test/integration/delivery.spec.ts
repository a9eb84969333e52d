import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Month, systemActor } from '#libs/kernel';
import {
  addWebhook,
  attemptDelivery,
  endWebhook,
  listDeliveries,
  orderDueDeliveries,
  releaseAnnouncement,
  RETRY_SECONDS,
  retryDelivery,
  tellStep,
} from '#libs/notices';
import { openMailer, type Mailer } from '#libs/platform';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { startMailServer, type MailServer } from '../harness/mail-server.js';
import { TEST_SECRET_KEY } from '../harness/secret-key.js';
import { actorFor, smallOffice } from '../harness/small-office.js';
import { startWorker, until, type WorkerProcess } from '../harness/worker-process.js';

const WITH_PROCESSES_MS = 120_000;
const system = systemActor('job');
const admin = actorFor('admin');
const FROM = 'Theo dõi giải ngân <giaingan@tinh.example>';
const PUBLIC_URL = 'https://giaingan.tinh.example';

interface Call {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Month 3 of the small office, A 16 đồng short: (120·100 − 18·400)/(400 − 100); the reporter of A and the inspector of team 1 have an address. */
describe('delivery', () => {
  let database: FreshDatabase;
  let db: DataSource;
  let mail: MailServer;
  let mailer: Mailer | undefined;
  let hookServer: Server;
  let hookUrl: string;
  let answerWith = 200;
  let secret: string;
  const calls: Call[] = [];
  const config = { secretKey: TEST_SECRET_KEY, webhookAddresses: 'any' as const, publicUrl: PUBLIC_URL };
  const telling = {
    acknowledgeWorkingDays: 3,
    planWorkingDays: 5,
    answerWorkingDays: 7,
    escalationWorkingDays: 3,
    publicUrl: PUBLIC_URL,
  };

  /** What the worker does with all that is due, once. */
  const work = async (): Promise<void> => {
    for (const topic of ['notice-stepped', 'delivery-due']) {
      const due: { id: number; payload: { stepId: number; deliveryId: number } }[] = await db.query(
        'SELECT id, payload FROM outbox_message WHERE topic = $1 AND done_at IS NULL ORDER BY id',
        [topic],
      );
      for (const { id: messageId, payload } of due)
        if (topic === 'notice-stepped')
          await tellStep(db, system, { ...telling, smtpUrl: mail.url }, { stepId: payload.stepId, messageId });
        else await attemptDelivery(db, { mailer, config }, { deliveryId: payload.deliveryId, messageId });
    }
  };
  const states = async (channel: string): Promise<string[]> => {
    const rows: { line: string }[] = await db.query(
      "SELECT concat_ws(' ', subject, address, state, attempts) AS line FROM delivery WHERE channel = $1 ORDER BY id",
      [channel],
    );
    return rows.map(({ line }) => line);
  };
  const passTime = (): Promise<unknown> =>
    db.query("UPDATE delivery SET next_attempt_at = now() - interval '1 second' WHERE next_attempt_at IS NOT NULL");

  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    mail = await startMailServer();
    mailer = openMailer({ smtpUrl: mail.url, mailFrom: FROM });
    hookServer = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        calls.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        response.writeHead(answerWith).end();
      });
    });
    await new Promise<void>((resolve) => hookServer.listen(0, '127.0.0.1', resolve));
    hookUrl = `http://127.0.0.1:${(hookServer.address() as AddressInfo).port}/notices`;
    await direct(
      db,
      "UPDATE account SET email = username || '@don-vi.example' WHERE username IN ('reporter', 'inspector')",
    );
    ({ secret } = await addWebhook(db, admin, config, { url: hookUrl, topics: ['issued', 'withdrawn'] }));
    await flaggedMonths(db);
    await work();
  }, WITH_PROCESSES_MS);
  afterAll(async () => {
    mailer?.close();
    await mail?.stop();
    await new Promise((resolve) => hookServer?.close(resolve));
    await db?.destroy();
    await database?.drop();
  });

  it('a team notice reaches the inbox and, by mail, who has an address; Vietnamese as it is written', async () => {
    expect(mail.mails).toHaveLength(1);
    const [received] = mail.mails;
    expect(received?.subject).toBe('Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024');
    expect(received?.from?.value).toEqual([{ name: 'Theo dõi giải ngân', address: 'giaingan@tinh.example' }]);
    expect(received?.to && 'text' in received.to ? received.to.text : '').toBe('inspector@don-vi.example');
    expect(received?.messageId).toMatch(/^<delivery-\d+@giaingan\.tinh\.example>$/);
    expect(received?.text).toBe(
      [
        'Kính gửi: Đoàn 1.',
        'Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024.',
        'Hạn xử lý: 06/01/2025.',
        '- Đơn vị A: mới vào danh sách, còn thiếu 16 đồng',
        `Xem và xử lý: ${PUBLIC_URL}/notices/${await idOf('team', 'T1')}`,
        'Thư này do hệ thống theo dõi giải ngân vốn đầu tư công gửi tự động.',
        '',
      ]
        .join('\n\n')
        .replace(/\n\n$/, '\n'),
    );
  });

  const idOf = async (audience: string, recipient: string): Promise<number> => {
    const [row]: { id: number }[] = await db.query(
      'SELECT id FROM notice WHERE month = 3 AND audience = $1 AND recipient = $2',
      [audience, recipient],
    );
    return row?.id as number;
  };

  it('a webhook is called for each notice that was issued, signed so that its receiver can tell', async () => {
    expect(calls).toHaveLength(3);
    const { headers, body } = calls[0] as Call;
    const id = String(headers['webhook-id']);
    const timestamp = String(headers['webhook-timestamp']);
    const expected = createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${expected}`);
    expect(Math.abs(Date.now() / 1000 - Number(timestamp))).toBeLessThan(60);
    expect(new Set(calls.map(({ headers: { 'webhook-id': each } }) => each)).size).toBe(3);
    expect(JSON.parse(body)).toMatchObject({
      type: 'notice.issued',
      illustrative: false,
      data: { month: '2024-03', monthVersion: 1, step: 'issued' },
    });
  });

  it('the letter of a unit goes out with its release, not before; the announcement into inboxes alone', async () => {
    await releaseAnnouncement(db, actorFor('approver', 'approver2'), Month.of(2024, 3));
    await work();
    expect(mail.mails.map(({ subject }) => subject)).toEqual([
      'Đơn vị thấp hơn bình quân chung và chưa báo cáo tháng 3 năm 2024',
      'Đôn đốc giải ngân vốn đầu tư công tháng 3 năm 2024: Đơn vị A',
    ]);
    const announcement = await idOf('announcement', 'province');
    expect((await states('in-app')).filter((line) => line.startsWith(`notice ${announcement} `))).toHaveLength(3);
    // Nobody reports for C.
    const [letter]: { state: string }[] = await db.query(
      "SELECT state FROM notice WHERE recipient = 'C' AND month = 3",
    );
    expect(letter).toEqual({ state: 'issued' });
  });

  it('what fails for now is tried again, later and later, and goes out once', async () => {
    mail.isOutOfOrder = true;
    const before = mail.mails.length;
    await order('thử lại');
    await work();
    expect((await states('mail')).at(-1)).toBe('thử lại reporter@don-vi.example pending 1');
    const [{ wait }]: [{ wait: number }] = await db.query(
      "SELECT round(extract(epoch FROM next_attempt_at - now()))::int AS wait FROM delivery WHERE subject = 'thử lại'",
    );
    expect(Math.abs(wait - RETRY_SECONDS[0])).toBeLessThan(10);
    expect(await orderDueDeliveries(db)).toBe(0);
    await passTime();
    expect(await orderDueDeliveries(db)).toBe(1);
    expect(await orderDueDeliveries(db)).toBe(0);
    mail.isOutOfOrder = false;
    await work();
    await work();
    expect((await states('mail')).at(-1)).toBe('thử lại reporter@don-vi.example sent 2');
    expect(mail.mails.length).toBe(before + 1);
  });

  it('what the server refuses for good is given up at once, listed, and sent when somebody has it tried again', async () => {
    mail.unknown.add('reporter@don-vi.example');
    await order('hộp thư lạ');
    await work();
    const { items, dead } = await listDeliveries(db, { state: 'dead', limit: 10 });
    expect([dead, items.map(({ subject, answer }) => [subject, answer?.includes('no such mailbox')])]).toEqual([
      1,
      [['hộp thư lạ', true]],
    ]);
    mail.unknown.clear();
    const id = items[0]?.id ?? 0;
    await retryDelivery(db, actorFor('staff'), id);
    await expect(retryDelivery(db, actorFor('staff'), id)).rejects.toMatchObject({ code: 'delivery-not-dead' });
    await work();
    expect((await states('mail')).at(-1)).toBe('hộp thư lạ reporter@don-vi.example sent 1');
  });

  it('is given up after the last attempt', async () => {
    answerWith = 500;
    const before = calls.length;
    await order('sập', 'webhook');
    for (let i = 0; i <= RETRY_SECONDS.length; i++) {
      await work();
      await passTime();
      await orderDueDeliveries(db);
    }
    answerWith = 200;
    expect((await states('webhook')).at(-1)).toMatch(/^sập .* dead 8$/);
    expect(calls.length - before).toBe(RETRY_SECONDS.length + 1);
    expect(new Set(calls.slice(before).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('no inner address is called unless that is allowed, and none of an ended webhook', async () => {
    const closed = { ...config, webhookAddresses: 'public' as const };
    for (const url of [
      hookUrl,
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://10.0.0.1/',
      'https://user:x@a.example/',
    ])
      await expect(addWebhook(db, admin, closed, { url, topics: ['issued'] })).rejects.toMatchObject({
        code: 'webhook-address-refused',
      });
    const before = calls.length;
    const attempt = async (subject: string, means: typeof closed | typeof config): Promise<string | undefined> => {
      await order(subject, 'webhook');
      const [{ id }]: [{ id: number }] = await db.query('SELECT id FROM delivery WHERE subject = $1', [subject]);
      return attemptDelivery(db, { mailer, config: means }, { deliveryId: id });
    };
    expect(await attempt('nội bộ', closed)).toBe('dead');
    const [{ id }]: [{ id: number }] = await db.query('SELECT id FROM webhook');
    await endWebhook(db, admin, id);
    expect(await attempt('đã kết thúc', config)).toBe('dead');
    expect(calls.length).toBe(before);
  });

  describe('the database refuses', () => {
    const refusal = (sql: string): Promise<string> =>
      direct(db, sql).then(
        () => 'went through',
        (error: { driverError: { code: string; constraint: string } }) =>
          `${error.driverError.code} ${error.driverError.constraint}`,
      );
    it.each([
      [
        'a second message to the same address',
        `INSERT INTO delivery (subject, channel, address, account_id, title, body, state, created_at, sent_at)
         SELECT subject, channel, address, account_id, title, body, state, created_at, sent_at FROM delivery WHERE state = 'sent' LIMIT 1`,
        '23505 delivery_once_unique',
      ],
      [
        'one that was sent to be sent again',
        "UPDATE delivery SET state = 'pending', sent_at = NULL WHERE state = 'sent'",
        'PT001 append_only',
      ],
      ['another text', "UPDATE delivery SET body = 'khác'", 'PT001 append_only'],
      ['a delivery removed', 'DELETE FROM delivery', 'PT001 append_only'],
      ['an address that is none', "UPDATE account SET email = 'a@b, c@d'", '23514 account_email_check'],
    ])('%s', async (_, sql, expected) => {
      expect(await refusal(sql)).toBe(expected);
    });
  });

  describe('a worker killed with kill -9', () => {
    let worker: WorkerProcess | undefined;
    afterAll(() => worker?.kill());
    const start = (): WorkerProcess =>
      startWorker({ databaseUrl: database.url, env: { SMTP_URL: mail.url, MAIL_FROM: FROM } });

    it(
      'when the server has the mail and the worker does not know it yet: it is sent again, recognisably the same, and then never more',
      async () => {
        const taken: string[] = [];
        const arrivals: (() => void)[] = [];
        // A worker takes long to start on a busy machine: each arrival is waited for, however late.
        const [first, second] = [0, 1].map((i) => new Promise<void>((resolve) => (arrivals[i] = resolve)));
        mail.onTaken = async () => {
          arrivals[taken.push(String(mail.mails.at(-1)?.messageId)) - 1]?.();
          // Longer than the first worker lives.
          if (taken.length === 1) await new Promise((resolve) => setTimeout(resolve, 2000));
        };
        await order('giữa chừng');
        worker = start();
        await first;
        await worker.kill();
        worker = start();
        await second;
        await until('sent', async () => (await states('mail')).includes('giữa chừng reporter@don-vi.example sent 1'));
        mail.onTaken = undefined;
        expect(taken).toHaveLength(2);
        expect(new Set(taken).size).toBe(1);
        const [left]: { due: number }[] = await db.query(
          "SELECT count(*)::int AS due FROM outbox_message WHERE done_at IS NULL AND topic = 'delivery-due'",
        );
        expect(left).toEqual({ due: 0 });
      },
      WITH_PROCESSES_MS,
    );
  });

  /** One more message to the reporter, or to the webhook, as a step would order it. */
  async function order(subject: string, channel: 'mail' | 'webhook' = 'mail'): Promise<void> {
    await db.query(
      `WITH written AS (
         INSERT INTO delivery (subject, channel, address, account_id, webhook_id, title, body, state, created_at)
         SELECT $1, $2, CASE $2 WHEN 'mail' THEN 'reporter@don-vi.example' ELSE '1 ' || $3 END,
                CASE $2 WHEN 'mail' THEN (SELECT id FROM account WHERE username = 'reporter') END,
                CASE $2 WHEN 'webhook' THEN (SELECT max(id) FROM webhook) END, $1, '{}', 'pending', now() RETURNING id)
       INSERT INTO outbox_message (topic, payload, created_at)
       SELECT 'delivery-due', jsonb_build_object('deliveryId', id), now() FROM written`,
      [subject, channel, hookUrl],
    );
  }
});
