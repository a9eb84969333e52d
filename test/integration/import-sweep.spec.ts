import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readSheet } from 'read-excel-file/node';
import type { DataSource } from 'typeorm';
import {
  commitImport,
  findImport,
  importRows,
  markedFile,
  receiveImport,
  sweepImports,
  type ImportBatch,
} from '#libs/exchange';
import { systemActor } from '#libs/kernel';
import { direct } from '../harness/direct-sql.js';
import { disbursementCsv, readWaiting } from '../harness/imports.js';
import { reusedOffice, type Office } from '../harness/reused-office.js';
import { actorFor, smallOffice } from '../harness/small-office.js';

const staff = actorFor('staff');
const job = systemActor('job');
const DAYS = { importRowsDays: 30 };

describe('old imports', () => {
  let base: Awaited<ReturnType<typeof reusedOffice>>;
  let own: Office;
  let db: DataSource;
  beforeAll(async () => {
    base = await reusedOffice(smallOffice);
  });
  beforeEach(async () => {
    own = await base.open();
    db = own.db;
  });
  afterEach(() => own.close());
  afterAll(() => base.drop());

  const send = async (kind: ImportBatch['kind'], content: string): Promise<number> => {
    const { id } = await receiveImport(db, staff, {
      kind,
      fileName: () => 'tep.csv',
      bytes: (async function* () {
        yield Buffer.from(content);
      })(),
      choices: () => ({}),
    });
    await readWaiting(db);
    return id;
  };
  // P-X is no project: the second row is rejected.
  const FILE = disbursementCsv(['2024,1,A,P-A,NSDP,payment,0,actual,10', '2024,1,A,P-X,NSDP,payment,0,actual,20']);
  const UNIT_ROWS = 'plan_year,month,unit_code\n2024,1,A\n';
  const count = async (table: string, id: number): Promise<number> =>
    ((await db.query(`SELECT count(*)::int AS n FROM ${table} WHERE batch_id = $1`, [id])) as { n: number }[])[0]?.n ??
    0;
  const counts = async (id: number): Promise<number[]> => [
    await count('staged_disbursement', id),
    await count('import_row', id),
    await count('import_file_chunk', id),
  ];
  /** As if the import had been sent so many days ago. */
  const age = async (days: number): Promise<void> => {
    await db.query('ALTER TABLE import_batch DISABLE TRIGGER guard_import_batch');
    await direct(
      db,
      `UPDATE import_batch SET created_at = created_at - make_interval(days => $1),
         read_at = read_at - make_interval(days => $1), committed_at = committed_at - make_interval(days => $1)`,
      [days],
    );
    await db.query('ALTER TABLE import_batch ENABLE TRIGGER guard_import_batch');
  };

  it('that are committed lose their booked rows after 30 days; the marked workbook stays', async () => {
    const id = await send('disbursements', FILE);
    await commitImport(db, staff, id, { withoutRejected: true });
    // Both rows are staged, the rejected one stands among the kept ones too.
    expect(await counts(id)).toEqual([2, 1, 1]);
    await age(29);
    expect(await sweepImports(db, job, DAYS)).toEqual({ discarded: [], emptied: [] });
    expect(await counts(id)).toEqual([2, 1, 1]);
    await age(2);
    expect(await sweepImports(db, job, DAYS)).toEqual({ discarded: [], emptied: [id] });
    expect(await counts(id)).toEqual([0, 1, 1]);
    expect(await sweepImports(db, job, DAYS)).toEqual({ discarded: [], emptied: [] });

    const { batch } = await findImport(db, staff, id);
    expect(batch.state).toBe('committed');
    const marked = await markedFile(db, batch, (code) => `vì ${code}`);
    expect(((await readSheet(marked.bytes)) as unknown[][]).flat()).toContainEqual(
      expect.stringContaining('vì project-unknown'),
    );
    const { items } = await importRows(db, staff, id, { outcome: 'rejected', limit: 10 });
    expect(items.map(({ row }) => row)).toEqual([3]);
  });

  it('of other kinds too', async () => {
    const id = await send('reports', UNIT_ROWS);
    await commitImport(db, staff, id, {});
    await age(31);
    expect(await sweepImports(db, job, DAYS)).toEqual({ discarded: [], emptied: [id] });
    expect(await counts(id)).toEqual([0, 0, 1]);
  });

  it('that nobody committed, or that were refused, are given up with file and rows', async () => {
    const ready = await send('disbursements', FILE);
    const failed = await send('disbursements', 'nothing,known\n1,2\n');
    expect((await findImport(db, staff, failed)).batch.state).toBe('failed');
    await age(31);
    const fresh = await send('reports', UNIT_ROWS);
    expect(await sweepImports(db, job, DAYS)).toEqual({ discarded: [ready, failed], emptied: [] });
    expect([await counts(ready), await counts(failed), await counts(fresh)]).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 1, 1],
    ]);
    const events: { action: string }[] = await db.query(
      "SELECT action FROM audit_event WHERE action = 'import.discard' AND actor = 'system'",
    );
    expect(events).toHaveLength(2);
    await expect(commitImport(db, staff, ready, {})).rejects.toMatchObject({ code: 'import-discarded' });
  });
});
