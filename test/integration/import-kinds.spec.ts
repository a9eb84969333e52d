import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { importFile, told } from '../harness/imports.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { smallOffice } from '../harness/small-office.js';

/** A file of each kind in the columns of product.md; they build on each other in this order. */
const FILES: [kind: string, csv: string, first: string, again: string, booked: string][] = [
  [
    'projects',
    `code,national_code,name_vi,parent_code,unit_code,investor_name,capital_type,programme,places,total_investment_vnd
N-1,7000001,Dự án mới,,A,,public,none,178,5000
P-B,7000002,Dự án của B,,B,,public,none,178,`,
    'new 1, changed 1',
    'same 2',
    "SELECT count(*) AS found FROM project WHERE national_code IN ('7000001', '7000002')",
  ],
  [
    'allocations',
    `plan_year,decision_no,decision_date,effective_date,basis,carried_over,unit_code,project_code,source_code,amount_vnd
2024,09/QĐ-UBND,2024-02-05,,province,0,A,N-1,NSDP,700
2024,09/QĐ-UBND,2024-02-05,,pm,0,A,N-1,NSDP,300`,
    'new 2',
    'same 2',
    "SELECT count(*) AS found FROM allocation_line WHERE project_code = 'N-1'",
  ],
  [
    'key-projects',
    `year,ordinal,project_code,name_vi,capital_type,origin
2024,1,N-1,Dự án mới,public,new
2024,2,,Dự án chuyển tiếp số 01,unknown,carried-over`,
    'new 2',
    'same 2',
    'SELECT count(*) AS found FROM key_project WHERE year = 2024',
  ],
  [
    'progress',
    `plan_year,month,project_code,volume_vnd,physical_percent,implemented_vnd,implemented_plan_vnd,done,unfinished,next
2024,2,N-1,250,12.5,,,Đào móng,Mặt đường,Thi công nền
2024,3,N-1,400,20,,,Đào móng,Mặt đường,Thi công nền`,
    'new 2',
    'same 2',
    "SELECT count(*) AS found FROM project_progress WHERE project_code = 'N-1'",
  ],
  [
    'treasury',
    `plan_year,month,national_code,unit_code,project_name,source_code,carried_over,amount_vnd,advance_vnd,advance_recovered_vnd,document_no,statement_date
2024,2,7000001,A,Dự án mới,NSDP,0,120,,,BK-02,2024-02-29
2024,2,7000002,B,Dự án của B,NSDP,0,80,,,BK-02,2024-02-29`,
    'new 2',
    'same 2',
    "SELECT count(*) AS found FROM monthly_report WHERE month = 2 AND via = 'treasury'",
  ],
];

describe('a file of each other kind, over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db, 1000n);
    staff = await api.signIn('staff');
  });
  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  const outcome = (sent: Parameters<typeof told>[0]): string => told(sent).replaceAll(/: -?\d+/g, '');

  it.each(FILES)('%s: shown, committed, and the second time nothing', async (kind, content, first, again, booked) => {
    const send = () => importFile(api.db, staff, content, { kind, name: `${kind}.csv` });
    const sent = await send();
    const { body } = await staff.get(`/imports/${sent.id}/rows?outcome=rejected`).expect(200);
    expect([sent.failure, (body as { items: unknown[] }).items]).toEqual([null, []]);
    expect(outcome(sent)).toBe(first);
    await staff.post(`/imports/${sent.id}/commit`, {}).expect(200);
    const [row]: { found: string }[] = await api.db.query(booked);
    expect(row?.found).toBe('2');
    expect(outcome(await send())).toBe(again);
  });
});
