import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { readImport, type ImportDifference } from '#libs/exchange';
import { systemActor } from '#libs/kernel';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { smallOffice } from '../harness/small-office.js';

const HEADER = 'plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount_vnd';

interface Import {
  id: number;
  state: string;
  reading: { mode: string } | null;
  difference: Record<'new' | 'changed' | 'same' | 'rejected', Record<string, number>> & { withoutReason: number };
  failure: { code: string; detail: string } | null;
  repeatOf: { id: number } | null;
  entries: number;
  rowsHash: string | null;
}

describe('an import of disbursements', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let db: DataSource;
  let staff: Caller;
  let reporter: Caller;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    db = api.db;
    await smallOffice(db);
    staff = await api.signIn('staff');
    reporter = await api.signIn('reporter');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  /** What the worker does when the outbox hands over the message. */
  async function runJobs(): Promise<void> {
    const due: { id: number; payload: { importId: number } }[] = await db.query(
      "SELECT id, payload FROM outbox_message WHERE topic = 'import-received' AND done_at IS NULL ORDER BY id",
    );
    for (const { id, payload } of due) await readImport(db, systemActor('job'), { ...payload, messageId: id });
  }
  async function send(content: string, fields: Record<string, string> = {}, caller = staff): Promise<Import> {
    const { body } = await caller.upload('/imports?kind=disbursements', { name: 'f.csv', content }, fields).expect(202);
    await runJobs();
    return (await caller.get(`/imports/${(body as Import).id}`).expect(200)).body as Import;
  }
  const rows = (...lines: string[]): string => [HEADER, ...lines, ''].join('\n');
  const commit = (id: number, body: object = {}, caller = staff) => caller.post(`/imports/${id}/commit`, body);

  it('x', async () => {
    const first = await send(rows('2024,1,A,P-A,NSDP,payment,0,actual,10', '2024,1,B,P-B,NSDP,payment,0,actual,20'));
    console.log(JSON.stringify(first, null, 1));
    console.log(JSON.stringify((await staff.get(`/imports/${first.id}/rows`)).body));
    console.log(JSON.stringify((await commit(first.id)).body));
    const again = await send(rows('2024,1,A,P-A,NSDP,payment,0,actual,10', '2024,1,B,P-B,NSDP,payment,0,actual,20'));
    console.log(JSON.stringify(again.difference), again.repeatOf);
    const bad = await send(rows('2024,1,A,P-A,NSDP,payment,0,actual,7', '2024,1,A,P-A,NSDP,payment,0,actual,x', '2024,1,Z,P-B,NSDP,payment,0,actual,20','2024,2,B,P-B,NSDP,payment,0,actual,1','2024,2,B,P-B,NSDP,payment,0,actual,2'));
    console.log(JSON.stringify(bad));
    console.log(JSON.stringify((await staff.get(`/imports/${bad.id}/rows`)).body,null,1));
    console.log(JSON.stringify((await commit(bad.id, {withoutRejected:true})).body));
    console.log(await db.query('select * from disbursement_entry'));
  });
});
