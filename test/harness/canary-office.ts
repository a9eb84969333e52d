import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { addAccount } from '#libs/access';
import { composeDocument, documentFile, findDocument, numberDocument, sendVersion } from '#libs/documents';
import { receiveFile } from '#libs/files';
import {
  addBody,
  callMeeting,
  candidatesOf,
  closeMeeting,
  concludeInspection,
  decideInMeeting,
  findMeeting,
  fixAgenda,
  listBodies,
  planInspection,
  recordDifficulty,
  recordVisit,
  sendAnswer,
  setAgenda,
} from '#libs/followup';
import { Month, ROLES, systemActor, type Role } from '#libs/kernel';
import {
  commentCell,
  openPlanYear,
  prepareReorganisation,
  recordAllocationDecision,
  recordDisbursements,
  setMediumTermPlan,
  submitReport,
  type NewDisbursement,
} from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices, releaseAnnouncement } from '#libs/notices';
import { registerOrganisation } from '#libs/organisation';
import { recordProgress, registerKeyProjects, registerProjects } from '#libs/projects';
import { acceptDifference, importStatement, signOffMonth } from '#libs/reconciliation';
export { PLAN_YEAR } from './small-office.js';
import { direct } from './direct-sql.js';
import { actorFor, closeMonth, PASSWORD, PLAN_YEAR } from './small-office.js';
import { entry, line } from './treasury-office.js';

/**
 * Whose a text of the canary office is. Every name, code, document, reason and note bears its owner's canary, and
 * amounts of the four lie in decades of their own, so that a sum tells whom it counts.
 * - QMIN: the reporter's unit, which the inspector's team T1 looks after too.
 * - QTEA: another unit of the team's.
 * - QARE: a project in the place of the team's, held by a unit that is not.
 * - QARU: that unit itself, and what is told of it beside the project.
 * - XQZ: what neither of the two may ever learn of.
 */
export const CANARIES = ['QMIN', 'QTEA', 'QARE', 'QARU', 'XQZ'] as const;
export type Canary = (typeof CANARIES)[number];

/** đồng: no amount or sum of the owner's rows reaches it, and every amount of the next owner does. */
export const BELOW_DONG = { QMIN: 100_000, QTEA: 100_000_000, QARE: 100_000_000_000 } as const;

interface Holding {
  unit: string;
  project: string;
  nationalCode: string;
  place: string;
  /** đồng of plan, and of each month's entry */
  plan: bigint;
  monthly: bigint;
  canary: Canary;
}

export const HOLDINGS: readonly Holding[] = [
  { unit: 'QMIN-U', project: 'QMIN-P', nationalCode: '1000001', place: 'QMIN-D', plan: 1_000n, monthly: 100n },
  { unit: 'QTEA-U', project: 'QTEA-P', nationalCode: '1000002', place: 'QTEA-D', plan: 1_000_000n, monthly: 100_000n },
  {
    unit: 'QARU-U',
    project: 'QARE-P',
    nationalCode: '1000003',
    place: 'QARE-D',
    plan: 1_000_000_000n,
    monthly: 100_000_000n,
  },
  {
    unit: 'QARU-U',
    project: 'XQZ-Q',
    nationalCode: '1000004',
    place: 'XQZ-D',
    plan: 1_000_000_000_000n,
    monthly: 100_000_000_000n,
  },
  {
    unit: 'XQZ-U',
    project: 'XQZ-P',
    nationalCode: '1000005',
    place: 'XQZ-D',
    plan: 10_000_000_000_000n,
    monthly: 3_000_000_000_000n,
  },
  {
    unit: 'XQZ-V',
    project: 'XQZ-R',
    nationalCode: '1000006',
    place: 'XQZ-D',
    plan: 1_000_000_000_000n,
    monthly: 100_000_000_000n,
  },
].map((holding) => ({ ...holding, canary: holding.project.split('-')[0] as Canary }));

const UNITS = [...new Set(HOLDINGS.map(({ unit }) => unit))];
/** Closed months; the one after them is open. */
export const CLOSED = [1, 2, 3].map((month) => Month.of(PLAN_YEAR, month));
export const OPEN = Month.of(PLAN_YEAR, 4);

/** Every kind of row that a unit can have, for each owner, made through the use cases. */
export async function canaryOffice(db: DataSource): Promise<void> {
  const [system, job, staff] = [systemActor('command-line'), systemActor('job'), actorFor('staff')];
  await organisation(db);
  await openPlanYear(db, system, PLAN_YEAR);
  await direct(db, "UPDATE instance_setting SET business_date = '2024-12-31'");
  await allocate(db);
  for (const { project, plan } of HOLDINGS)
    await setMediumTermPlan(db, staff, project, mediumTerm(project, plan / 2n), 0);
  for (const month of CLOSED) {
    await recordDisbursements(db, staff, month, HOLDINGS.map(paid));
    for (const unit of UNITS) await submitReport(db, staff, month, unit);
    await closeMonth(db, actorFor('approver'), month);
    const evaluation = await evaluateMonth(db, job, { planYear: PLAN_YEAR, month: month.number, monthVersion: 1 });
    await issueNotices(db, job, evaluation?.id ?? 0);
  }
  await releaseAnnouncement(db, actorFor('approver', 'approver2'), CLOSED.at(-1) as Month);
  await issueDocuments(db);
  // Over the plan, so with a warning; and an advance that nobody recovers.
  await recordDisbursements(
    db,
    staff,
    OPEN,
    HOLDINGS.flatMap((holding) => [
      { ...paid(holding), amount: holding.plan },
      { ...paid(holding), kind: 'advance' as const },
    ]),
  );
  for (const { unit, project, canary } of HOLDINGS) {
    const cell = { unitCode: unit, projectCode: project, sourceCode: 'NSDP', carriedOver: false, month: OPEN };
    // Who looks after a place sees its projects, not what is said in another unit's sheet.
    await commentCell(db, staff, cell, canary === 'QARE' ? 'XQZ: trao đổi trong đơn vị' : `${canary}: trao đổi`);
    await recordProgress(
      db,
      staff,
      OPEN,
      project,
      {
        volume: 1n,
        physicalPercent: '10',
        implemented: null,
        implementedPlan: null,
        done: `${canary} đã làm`,
        unfinished: `${canary} còn lại`,
        nextSteps: `${canary} tiếp theo`,
      },
      0,
    );
  }
  for (const { project, plan, canary } of HOLDINGS)
    await recordDifficulty(db, staff, {
      projectCode: project,
      categoryCode: 'site-clearance',
      title: `${canary} vướng mặt bằng`,
      description: `${canary} còn hộ chưa bàn giao`,
      blocked: plan / 2n,
      owner: `${canary} chủ đầu tư`,
      decider: 'UBND tỉnh',
      dueDate: '2024-12-01',
    });
  await meetings(db);
  await treasury(db);
  await followUp(db);
  for (const unit of ['QTEA-U', 'XQZ-V']) await prepareReorganisation(db, staff, ending(unit));
}

/** Documents of the last closed month in each scope, with a number and with the file that was sent out; and a draft. */
async function issueDocuments(db: DataSource): Promise<void> {
  const clerk = actorFor('clerk');
  const month = CLOSED.at(-1) as Month;
  const papers = [
    ['unit-letter', 'QMIN-U'],
    ['unit-letter', 'QTEA-U'],
    ['team-assignment', 'T1'],
    ['team-assignment', 'XQZ-T'],
    ['unit-letter', 'XQZ-V'],
  ] as const;
  for (const [i, [kind, recipient]] of papers.entries()) {
    const id = await composeDocument(db, actorFor('staff'), { kind, month, recipient, meeting: null });
    // The last one stays a draft.
    if (i === papers.length - 1) break;
    const { composedAt } = await findDocument(db, clerk, id);
    const day = '2024-12-31';
    const numbering = { number: i + 1, date: day, sentDate: day, recipients: null };
    await numberDocument(db, clerk, id, numbering, composedAt.getTime());
    const { name, bytes } = await documentFile(db, clerk, id, 'docx');
    const sent = {
      fileName: () => name,
      bytes: (async function* () {
        yield bytes;
      })(),
    };
    await sendVersion(db, clerk, id, (await receiveFile(db, clerk, sent, { fileMegabytes: 20 })).id);
  }
}

async function organisation(db: DataSource): Promise<void> {
  const system = systemActor('command-line');
  const places = [...new Set(HOLDINGS.map(({ place }) => place))];
  await registerOrganisation(db, system, {
    units: UNITS.map((code) => ({
      code,
      kind: 'investor' as const,
      group: 'provincial',
      name: `Đơn vị ${code}`,
      shortName: code,
      validFrom: null,
      validTo: null,
    })),
    places: places.map((code) => ({
      code,
      kind: 'district' as const,
      name: `Huyện ${code}`,
      validFrom: null,
      validTo: null,
    })),
    teams: [
      { code: 'T1', name: 'Đoàn 1', isFallback: false },
      { code: 'XQZ-T', name: 'Đoàn XQZ', isFallback: false },
      { code: 'T0', name: 'Đầu mối', isFallback: true },
    ],
    teamAreas: [
      { teamCode: 'T1', unitCode: 'QMIN-U', validFrom: '2024-01-01' },
      { teamCode: 'T1', unitCode: 'QTEA-U', validFrom: '2024-01-01' },
      { teamCode: 'T1', placeCode: 'QARE-D', validFrom: '2024-01-01' },
      { teamCode: 'XQZ-T', unitCode: 'QARU-U', validFrom: '2024-01-01' },
      { teamCode: 'XQZ-T', unitCode: 'XQZ-V', validFrom: '2024-01-01' },
    ],
    fundingSources: [{ code: 'NSDP', name: 'NSĐP cân đối', level: 'local' }],
  });
  const project = {
    parentCode: null,
    investorName: null,
    capitalType: 'public' as const,
    programme: 'none' as const,
    totalInvestment: null,
  };
  await registerProjects(
    db,
    system,
    HOLDINGS.map(({ unit, project: code, nationalCode, place, canary }) => ({
      ...project,
      code,
      nationalCode,
      name: `Dự án ${code}`,
      totalInvestmentNote: `khoảng ${canary}`,
      unitCode: unit,
      places: [place],
    })),
  );
  const listed = HOLDINGS.filter(({ project: code }) => code !== 'XQZ-R');
  await registerKeyProjects(
    db,
    system,
    { year: PLAN_YEAR, declaredCount: 33, noteVi: '', noteEn: '' },
    listed.map(({ project: code }, i) => ({
      ordinal: i + 1,
      projectCode: code,
      name: `Dự án ${code}`,
      capitalType: 'public' as const,
      origin: 'new' as const,
    })),
    [{ projectCode: 'XQZ-R', likelihood: 'unknown', sourceNote: 'XQZ báo' }],
  );
  for (const role of [...ROLES, 'approver2' as const]) {
    const account = { username: role, displayName: role, password: PASSWORD };
    const scope = role === 'reporter' ? { units: ['QMIN-U'] } : role === 'inspector' ? { teams: ['T1'] } : {};
    await addAccount(db, system, { ...account, role: role === 'approver2' ? 'approver' : (role as Role), ...scope });
  }
}

/** A decision of every owner's lines, capital that no project has yet, and a decision of others alone. */
async function allocate(db: DataSource): Promise<void> {
  const head = {
    planYear: PLAN_YEAR,
    decisionDate: '2024-01-02',
    effectiveDate: '2024-01-02',
    level: 'province' as const,
    kind: 'initial' as const,
    note: '',
  };
  const planned = ({ unit, project, plan }: Holding, projectCode: string | null = project, amount = plan) => ({
    basis: 'province' as const,
    carriedOver: false,
    unitCode: unit,
    projectCode,
    sourceCode: 'NSDP',
    amount,
  });
  await recordAllocationDecision(db, actorFor('staff'), {
    ...head,
    number: '01/QĐ',
    lines: HOLDINGS.flatMap((holding) => [planned(holding), planned(holding, null, holding.monthly)]),
  });
  await recordAllocationDecision(db, actorFor('staff'), {
    ...head,
    number: '02/XQZ',
    note: 'XQZ',
    kind: 'supplement',
    lines: HOLDINGS.filter(({ unit }) => unit.startsWith('XQZ')).map((holding) => planned(holding)),
  });
}

function paid({ unit, project, monthly, canary }: Holding): NewDisbursement {
  return entry(unit, project, monthly, {
    documentNo: `${canary}-CT`,
    documentDate: '2024-01-31',
    reason: `${canary} giải thích`,
  });
}

function mediumTerm(project: string, amount: bigint) {
  const decisionNo = `${project.split('-')[0]}/NQ`;
  return {
    periodStart: 2021,
    decisionNo,
    decisionDate: '2021-12-31',
    lines: [{ sourceCode: 'NSDP', amount, allocatedBefore: 0n }],
  };
}

/** The team of the two, and the province: each takes up all there is for it and decides on every item. */
async function meetings(db: DataSource): Promise<void> {
  const staff = actorFor('staff');
  await addBody(db, staff, { kind: 'team', name: 'Giao ban Đoàn 1', teamCode: 'T1' });
  await addBody(db, staff, { kind: 'committee', name: 'UBND tỉnh', teamCode: null });
  for (const { id: bodyId } of await listBodies(db, staff)) {
    const id = await callMeeting(db, staff, { bodyId, heldOn: '2024-12-30', place: 'Phòng họp' });
    await setAgenda(db, staff, id, await candidatesOf(db, staff, id), 1);
    await fixAgenda(db, staff, id);
    for (const { id: itemId, title } of (await findMeeting(db, staff, id)).items)
      await decideInMeeting(db, staff, id, { itemId, text: `Tháo gỡ: ${title}`, owner: 'Sở', dueDate: '2024-12-31' });
    await closeMeeting(db, staff, id, { presentIds: [], conclusion: 'Thống nhất' });
  }
}

/** The Treasury knows of half of what the books hold of the open month; the others' difference has a note. */
async function treasury(db: DataSource): Promise<void> {
  await importStatement(db, actorFor('staff'), OPEN, {
    asOf: OPEN.end,
    documentNo: '04/BK-KBNN',
    lines: HOLDINGS.map(({ nationalCode, monthly, canary }) =>
      line(nationalCode, monthly, { projectName: `KBNN ${canary}` }),
    ),
  });
  for (const { project, plan, monthly, canary } of HOLDINGS)
    await acceptDifference(
      db,
      actorFor('staff'),
      OPEN,
      { project, sourceCode: 'NSDP', carriedOver: false, books: plan + monthly, treasury: monthly },
      { cause: 'amount-differs', note: canary === 'QARE' ? 'XQZ ghi chú' : `${canary} ghi chú` },
    );
  await signOffMonth(db, actorFor('staff'), OPEN);
}

/** What each flagged unit objects to, and an inspection of it that its team concluded. */
async function followUp(db: DataSource): Promise<void> {
  const cases: { id: number; unit: string }[] = await db.query(
    "SELECT id, unit_code AS unit FROM warning_case WHERE unit_code <> 'QARU-U' ORDER BY id",
  );
  for (const { id: caseId, unit } of cases) {
    const { canary, monthly } = HOLDINGS.find((holding) => holding.unit === unit) as Holding;
    await sendAnswer(
      db,
      actorFor('reporter', 'reporter', [unit]),
      {
        noticeId: null,
        caseId,
        kind: 'objection',
        contested: {
          month: CLOSED.at(-1) as Month,
          figure: 'disbursed',
          projectCode: null,
          sourceCode: null,
          claimed: monthly,
        },
        text: `${canary} kiến nghị`,
        fileIds: [],
      },
      { objectionDeadlineWorkingDays: 5, smtpUrl: undefined, publicUrl: undefined },
    );
    const id = await planInspection(db, actorFor('staff'), {
      teamCode: canary === 'XQZ' ? 'XQZ-T' : 'T1',
      kind: 'routine',
      subject: 'unit',
      unitCode: unit,
      projectCode: null,
      programme: null,
      planYear: null,
      noticeId: null,
      follows: null,
      purpose: `${canary} kiểm tra`,
      plannedOn: '2024-12-30',
      place: canary,
      members: [canary],
    });
    await recordVisit(db, actorFor('staff'), id, {
      draftKey: randomUUID(),
      visitedOn: '2024-12-30',
      place: canary,
      members: [canary],
      note: canary,
      findings: [{ category: 'progress', text: `${canary} chậm`, amount: monthly }],
      attachments: [],
      recommendations: [{ text: `${canary} làm nhanh`, owner: canary, dueOn: '2025-01-15' }],
    });
    await concludeInspection(db, actorFor('staff'), id, `${canary} kết luận`);
  }
}

function ending(unit: string) {
  const canary = unit.split('-')[0] as string;
  return {
    decisionNo: `${canary}/NQ-HĐND`,
    decisionDate: '2024-04-15',
    effectiveDate: '2024-05-01',
    note: canary,
    ended: [{ unitCode: unit, successorCode: `${canary}-N`, unassignedTo: null }],
    successors: [
      {
        code: `${canary}-N`,
        kind: 'investor' as const,
        group: 'provincial',
        name: `Đơn vị mới ${canary}`,
        shortName: canary,
        teamCode: null,
      },
    ],
    projects: [],
  };
}
