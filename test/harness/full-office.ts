import type { DataSource } from 'typeorm';
import { addToken, signIn } from '#libs/access';
import { receiveImport } from '#libs/exchange';
import { Month, systemActor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { readConfig } from '#libs/platform';
import { TEST_SECRET_KEY } from './secret-key.js';
import { actorFor, bookMonth, closeMonth, PASSWORD, smallOffice } from './small-office.js';

/** Signs of COPY, of SQL and of Vietnamese that must come through unchanged. */
export const AWKWARD = 'Hoàn trả\ttạm ứng\\N \\. "thừa"\nở Lạng Sơn, ẤẦẪ';

/** A small office with something in most tables: months evaluated and told, a file that was uploaded, people signed in. */
export async function fullOffice(db: DataSource): Promise<void> {
  const system = systemActor('job');
  await smallOffice(db, 1000n);
  for (const month of [1, 2, 3]) {
    await bookMonth(db, month, { A: 6n, B: 140n, C: 10n, D: 90n });
    await closeMonth(db, actorFor('approver'), Month.of(2024, month));
    const evaluation = await evaluateMonth(db, system, { planYear: 2024, month, monthVersion: 1 });
    if (evaluation) await issueNotices(db, system, evaluation.id);
  }
  await receiveImport(db, actorFor('staff'), {
    kind: 'disbursements',
    fileName: () => 'tháng 4.csv',
    bytes: upload(),
    choices: () => ({}),
  });
  await db.query('INSERT INTO idempotency_record VALUES ($1, $2, $3, 201, $4, now())', ['staff', 'k', 'h', AWKWARD]);
  await addToken(db, system, { username: 'staff', name: 'program', days: 30 });
  await signIn(
    db,
    readConfig({ SECRET_KEY: TEST_SECRET_KEY }, () => ''),
    { username: 'staff', password: PASSWORD },
    { origin: { via: 'http' }, userAgent: 'test' },
  );
}

async function* upload(): AsyncGenerator<Buffer> {
  yield await Promise.resolve(Buffer.from([0, 1, 2, 0xff, 0x5c, 0x0a, 0x80]));
}
