import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Month, systemActor } from '#libs/kernel';
import {
  carryOutReorganisation,
  loadEvaluationInputs,
  openPlanYear,
  prepareReorganisation,
  previewReorganisation,
  recordAllocationDecision,
  recordDisbursements,
  resultHashOf,
  type NewReorganisation,
  type ReorganisationResult,
} from '#libs/ledger';
import { Evaluation, EvaluationAverage, EvaluationLine } from '#libs/monitoring';
import { evaluatePlanYear, frozenTexts, hashesOf, publishedResult, type Policy } from '#libs/monitoring/rule';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import {
  boardOf,
  BOARDS,
  closeAndEvaluate,
  DISTRICTS,
  districtsToBoards,
  langSon2025,
  projectsOf,
} from '../harness/lang-son-2025.js';
import { actorFor } from '../harness/small-office.js';

const SLOW = 60_000;

async function carryOut(db: DataSource, request: NewReorganisation): Promise<ReorganisationResult> {
  const draft = await prepareReorganisation(db, actorFor('staff'), request);
  const done = await carryOutReorganisation(
    db,
    actorFor('approver'),
    draft.id,
    resultHashOf(JSON.parse(draft.result) as ReorganisationResult),
  );
  return JSON.parse(done.result) as ReorganisationResult;
}

/** Every sum of the province by plan year, series, source, basis: what no reorganisation may change. */
async function provinceSums(db: DataSource): Promise<unknown[]> {
  return db.query(
    `SELECT 'plan' AS series, plan_year, project_code, source_code, basis, carried_over, sum(amount) AS sum
     FROM allocation_line GROUP BY 2, 3, 4, 5, 6 HAVING sum(amount) <> 0
     UNION ALL
     SELECT 'disbursed', plan_year, project_code, source_code, basis, carried_over, sum(amount)
     FROM disbursement_entry GROUP BY 2, 3, 4, 5, 6 HAVING sum(amount) <> 0
     ORDER BY 1, 2, 3, 4, 5, 6`,
  );
}

async function leftOn(db: DataSource, units: readonly string[], planYear: number): Promise<unknown[]> {
  return db.query(
    `SELECT unit_code, basis, carried_over, sum(amount) AS sum FROM (
       SELECT unit_code, plan_year, basis, carried_over, amount FROM allocation_total
       UNION ALL SELECT unit_code, plan_year, basis, carried_over, amount FROM disbursement_total) AS t
     WHERE unit_code = ANY($1) AND plan_year = $2 GROUP BY 1, 2, 3 HAVING sum(amount) <> 0`,
    [units, planYear],
  );
}

async function linesIn(db: DataSource, month: number): Promise<Map<string, EvaluationLine>> {
  const { id } = await db.manager.findOneByOrFail(Evaluation, { planYear: 2025, month });
  const lines = await db.manager.findBy(EvaluationLine, { evaluationId: id, month });
  return new Map(lines.map((line) => [line.unitCode, line]));
}

async function averageIn(db: DataSource, evaluated: number, month: number): Promise<[string, string]> {
  const { id } = await db.manager.findOneByOrFail(Evaluation, { planYear: 2025, month: evaluated });
  const average = await db.manager.findOneByOrFail(EvaluationAverage, { evaluationId: id, month });
  return [average.numerator, average.denominator];
}

/** The three hashes of month 6 computed anew from the books as they stand, under the policy frozen with it. */
async function replayed(db: DataSource): Promise<object> {
  const frozen = await db.manager.findOneByOrFail(Evaluation, { planYear: 2025, month: 6 });
  const policy = JSON.parse(frozen.policy) as Policy;
  const evaluated = evaluatePlanYear(await loadEvaluationInputs(db.manager, policy), policy);
  return hashesOf(frozenTexts(evaluated.inputs, policy, publishedResult(evaluated)));
}

describe('Lạng Sơn, 1 July 2025: 11 districts become 11 area boards', () => {
  let database: FreshDatabase;
  let db: DataSource;
  let result: ReorganisationResult;
  let before: { sums: unknown[]; hashes: object };
  const districts = DISTRICTS.map(({ code }) => code);

  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await langSon2025(db);
    before = { sums: await provinceSums(db), hashes: await replayed(db) };
  }, SLOW);
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('there are eleven of each, and district 184 is on the list after June', async () => {
    expect([districts.length, BOARDS.length]).toEqual([11, 11]);
    expect((await linesIn(db, 6)).get('184')).toMatchObject({ status: 'below', flagged: true, streak: 6 });
  });

  it('the preview says what the act does and leaves nothing behind', async () => {
    const rows = async (): Promise<unknown> =>
      db.query(
        `SELECT (SELECT count(*) FROM unit) AS units, (SELECT count(*) FROM disbursement_entry) AS entries,
                (SELECT count(*) FROM allocation_line) AS lines, (SELECT count(*) FROM reorganisation) AS acts,
                (SELECT count(*) FROM audit_event) AS events, (SELECT count(*) FROM project_unit) AS holders`,
      );
    const was = await rows();
    const preview = await previewReorganisation(db, actorFor('staff'), districtsToBoards());
    expect(await rows()).toEqual(was);
    result = await carryOut(db, districtsToBoards());
    expect(result).toEqual(preview);
  });

  it('moves every project, its components and parents, what is not assigned, and the rates with them', () => {
    expect(result.months).toEqual([{ planYear: 2025, month: 7 }]);
    // Per district: the plain project, the parent, two components, the idle one, and capital not assigned.
    expect(result.projects).toHaveLength(11 * 6);
    const units = new Map(result.units.map((unit) => [unit.code, unit]));
    for (const code of districts) {
      const [old, board] = [units.get(code), units.get(boardOf(code))];
      expect(board?.after).toEqual(old?.before);
      expect(Object.values(old?.after ?? {})).toEqual([0, 0, 0, 0, 0]);
      expect(Object.values(board?.before ?? {})).toEqual([0, 0, 0, 0, 0]);
    }
    // Advances of 5 a month for six months less 2 recovered in three of them, by the formula of the builder.
    const component = result.projects.find(({ project }) => project?.code === '181-TP-2');
    expect(component?.unrecoveredAdvanceDong).toBe((3000 + '1'.charCodeAt(0)) * 10_000 * (6 * 5 - 3 * 2));
    expect(component?.estimateDong).toBe((3000 + '1'.charCodeAt(0)) * 10_000);
  });

  it('conserves every sum to the đồng: per project, source, basis and series', async () => {
    expect(await provinceSums(db)).toEqual(before.sums);
    expect(result.totals).toHaveLength(10);
    for (const { beforeDong, afterDong } of result.totals) expect(afterDong).toBe(beforeDong);
    expect(await leftOn(db, districts, 2025)).toEqual([]);
  });

  it('ends the districts the day before, and the boards hold their projects and stand under their teams', async () => {
    expect(await db.query(`SELECT DISTINCT valid_to::text FROM unit WHERE kind = 'district'`)).toEqual([
      { valid_to: '2025-06-30' },
    ]);
    const holders: { unit_code: string }[] = await db.query(
      `SELECT unit_code FROM project_unit WHERE project_code LIKE '183-%' AND valid_to IS NULL`,
    );
    expect(holders.map((row) => row.unit_code)).toEqual(Array(5).fill('BQLDA-KV-II'));
    const teams: { code: string; team: string }[] = await db.query(
      `SELECT unit_code AS code, team_code AS team FROM team_area WHERE valid_to IS NULL ORDER BY unit_code`,
    );
    expect(teams).toHaveLength(11);
    expect(teams.find(({ code }) => code === 'BQLDA-KV-I')?.team).toBe('D1');
    expect(teams.find(({ code }) => code === 'BQLDA-KV-III')?.team).toBe('D2');
  });

  it('month 6 replays to the same three hashes', async () => {
    expect(await replayed(db)).toEqual(before.hashes);
  });

  it('month 7 without a payment: the average is that of June; districts not rated, boards rated, no streak above 1', async () => {
    await closeAndEvaluate(db, 7, [...BOARDS.map(({ code }) => code), 'BQLDA-TINH', 'SO-GTVT']);
    expect(await averageIn(db, 7, 7)).toEqual(await averageIn(db, 6, 6));
    const lines = await linesIn(db, 7);
    for (const { code, district } of BOARDS) {
      expect(lines.get(district)).toMatchObject({ status: 'not-rated', plan: 0n, disbursed: 0n, streak: 0 });
      expect(lines.get(code)?.status).toMatch(/^(below|at-or-above)$/);
      expect(lines.get(code)?.streak).toBeLessThanOrEqual(1);
    }
    expect(lines.get('BQLDA-KV-IX')).toMatchObject({ status: 'below', streak: 1, flagged: false });
    const { id } = await db.manager.findOneByOrFail(Evaluation, { planYear: 2025, month: 7 });
    const june = await db.manager.findBy(EvaluationLine, { evaluationId: id, month: 6, unitCode: '184' });
    expect(june[0]).toMatchObject({ status: 'below', flagged: true, streak: 6 });
    expect(await db.query('SELECT state, end_reason FROM warning_case WHERE unit_code = $1', ['184'])).toEqual([
      { state: 'ended', end_reason: 'unit-ended' },
    ]);
    const { result: text } = await db.manager.findOneByOrFail(Evaluation, { id });
    expect((JSON.parse(text) as { problems: unknown[] }).problems).toEqual([]);
  });

  it('1 February 2026: the boards hand over to commune boards, one project after another, and the chain holds', async () => {
    await openPlanYear(db, systemActor('command-line'), 2026);
    const board = 'BQLDA-KV-X';
    const { plain, components } = projectsOf('181');
    await recordAllocationDecision(db, actorFor('staff'), {
      planYear: 2026,
      number: '1/QĐ-UBND',
      decisionDate: '2025-12-20',
      effectiveDate: '2026-01-01',
      level: 'province',
      kind: 'initial',
      note: '',
      lines: [plain, ...components].map((projectCode, i) => ({
        basis: 'province',
        carriedOver: false,
        unitCode: board,
        projectCode,
        sourceCode: 'NSDP',
        amount: BigInt(1000 + i),
      })),
    });
    const commune = (code: string, name: string) => ({
      code,
      kind: 'commune' as const,
      group: 'district',
      name,
      shortName: name,
      teamCode: null,
    });
    const sums = await provinceSums(db);
    const done = await carryOut(db, {
      decisionNo: '9/NQ-HĐND',
      decisionDate: '2026-01-15',
      effectiveDate: '2026-02-01',
      note: '',
      ended: [{ unitCode: board, successorCode: '06112', unassignedTo: null }],
      successors: [commune('06112', 'Xã Bình Gia'), commune('06115', 'Xã Tân Văn')],
      projects: [{ projectCode: components[0] as string, successorCode: '06115' }],
    });
    // Plan year 2025 ended on 31 January: it stays where it was; only 2026 moves.
    expect(done.months).toEqual([{ planYear: 2026, month: 2 }]);
    expect(await provinceSums(db)).toEqual(sums);
    expect(await leftOn(db, [board], 2026)).toEqual([]);
    expect(await leftOn(db, [board], 2025)).not.toEqual([]);
    const moved = new Map(done.projects.map(({ project, to, planDong }) => [project?.code, [to.code, planDong]]));
    expect(moved.get(plain)).toEqual(['06112', 1000]);
    expect(moved.get(components[0])).toEqual(['06115', 1001]);
    // The parent's components part, so it goes with its unit's others.
    expect(moved.get('181-TP')).toEqual(['06112', 0]);
    const chain = await db.query(
      `SELECT predecessor_code AS old, successor_code AS new FROM unit_succession
       WHERE predecessor_code IN ('181', $1) ORDER BY 1, 2`,
      [board],
    );
    expect(chain).toEqual([
      { old: '181', new: board },
      { old: board, new: '06112' },
      { old: board, new: '06115' },
    ]);
    await expect(
      recordDisbursements(db, actorFor('staff'), Month.of(2026, 2), [
        {
          unitCode: board,
          projectCode: plain,
          sourceCode: 'NSDP',
          kind: 'payment',
          carriedOver: false,
          basis: 'actual',
          amount: 1n,
          documentNo: null,
          documentDate: null,
          reason: null,
          corrects: null,
        },
      ]),
    ).rejects.toMatchObject({
      code: 'entries-refused',
      problems: [{ code: 'unit-ended', facts: { unit: board, successors: '06112' } }],
    });
  });
});

describe('the same day, several to several by project', () => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await langSon2025(db);
  }, SLOW);
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('projects of one district go to two boards and a unit that exists; one board takes from two districts', async () => {
    const { successors } = districtsToBoards();
    const sums = await provinceSums(db);
    const done = await carryOut(db, {
      ...districtsToBoards(),
      ended: [
        { unitCode: '181', successorCode: 'BQLDA-KV-X', unassignedTo: 'BQLDA-TINH' },
        { unitCode: '180', successorCode: 'BQLDA-KV-VIII', unassignedTo: null },
      ],
      successors: successors.filter(({ code }) => ['BQLDA-KV-X', 'BQLDA-KV-VIII'].includes(code)),
      projects: [
        { projectCode: '181-DA', successorCode: 'BQLDA-KV-VIII' },
        // The parent speaks for both components.
        { projectCode: '180-TP', successorCode: 'BQLDA-TINH' },
      ],
    });
    expect(await provinceSums(db)).toEqual(sums);
    expect(await leftOn(db, ['180', '181'], 2025)).toEqual([]);
    const routes = done.projects.map(({ project, from, to }) => `${from.code} ${project?.code ?? '-'} ${to.code}`);
    expect(routes.sort()).toEqual(
      [
        '180 - BQLDA-KV-VIII',
        '180 180-CHO BQLDA-KV-VIII',
        '180 180-DA BQLDA-KV-VIII',
        '180 180-TP BQLDA-TINH',
        '180 180-TP-1 BQLDA-TINH',
        '180 180-TP-2 BQLDA-TINH',
        '181 - BQLDA-TINH',
        '181 181-CHO BQLDA-KV-X',
        '181 181-DA BQLDA-KV-VIII',
        '181 181-TP BQLDA-KV-X',
        '181 181-TP-1 BQLDA-KV-X',
        '181 181-TP-2 BQLDA-KV-X',
      ].sort(),
    );
    const people = await db.query(
      `SELECT predecessor_code AS old, successor_code AS new FROM unit_succession WHERE people_follow ORDER BY 1, 2`,
    );
    // A unit that existed before keeps its own people: taking over a project does not open its books.
    expect(people).toEqual([
      { old: '180', new: 'BQLDA-KV-VIII' },
      { old: '181', new: 'BQLDA-KV-VIII' },
      { old: '181', new: 'BQLDA-KV-X' },
    ]);
    expect(done.units.find(({ code }) => code === 'BQLDA-TINH')).toMatchObject({ role: 'successor', isNew: false });
  });
});
