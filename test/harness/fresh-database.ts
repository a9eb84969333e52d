import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import {
  Account,
  AccountIdentity,
  AccountRequest,
  AccountScope,
  ApiToken,
  OneTimeLink,
  RecoveryCode,
  SecondFactor,
  Session,
  SignInThrottle,
} from '#libs/access';
import { AuditEvent, AuditHead, verifyStoredPart } from '#libs/audit';
import { ImportBatch, ImportFileChunk, ImportMapping, ImportRow } from '#libs/exchange';
import { CalendarDay } from '#libs/calendar';
import { MonthDecision } from '#libs/closing';
import { DocumentFile, DocumentTemplateVersion, DocumentVersion, KeptDocument } from '#libs/documents';
import {
  AllocationDecision,
  AllocationDecisionSum,
  AllocationDecisionTotal,
  AllocationLine,
  AllocationTotal,
  CellComment,
  DisbursementEntry,
  DisbursementTotal,
  DisbursementWarning,
  MonthClosing,
  MediumTermPlan,
  MonthlyReport,
  MonthReopening,
  NationalAverage,
  ReportingMonth,
  UnassignedCapital,
  StagedDisbursement,
} from '#libs/ledger';
import {
  Evaluation,
  EvaluationAverage,
  EvaluationLine,
  PolicyProposal,
  PolicyVersion,
  WarningCase,
  WarningCaseStep,
} from '#libs/monitoring';
import {
  Answer,
  AnswerFile,
  Inspection,
  InspectionAttachment,
  InspectionFinding,
  InspectionRecommendation,
  InspectionVisit,
  Difficulty,
  DifficultyCategory,
  DifficultyStep,
  Meeting,
  MeetingBody,
  MeetingDecision,
  MeetingItem,
  MeetingMember,
} from '#libs/followup';
import { Delivery, Notice, NoticeLine, NoticeStep, NoticeTransition, Webhook } from '#libs/notices';
import { StoredFile, UploadedFile } from '#libs/files';
import {
  FundingSource,
  InspectionTeam,
  Place,
  Reorganisation,
  TeamArea,
  Unit,
  UnitSuccession,
} from '#libs/organisation';
import { databaseOptions, IdempotencyRecord, InstanceSetting, OutboxMessage, RateLimit } from '#libs/platform';
import {
  KeyProject,
  KeyProjectList,
  PressProject,
  Project,
  ProjectPlace,
  ProjectProgress,
  ProjectUnit,
  SiteClearanceMonth,
  SiteClearancePlan,
} from '#libs/projects';
import {
  ReconciliationEntry,
  ReconciliationFigure,
  ReconciliationResolution,
  ReconciliationSignOff,
  TreasuryLine,
  TreasuryStatement,
} from '#libs/reconciliation';

/** Every table of the product; the drift test fails when one is missing here or in a migration. */
export const ENTITIES = [
  Account,
  AccountIdentity,
  AccountRequest,
  AccountScope,
  AllocationDecision,
  AllocationDecisionSum,
  AllocationDecisionTotal,
  AllocationLine,
  AllocationTotal,
  Answer,
  AnswerFile,
  ApiToken,
  AuditEvent,
  AuditHead,
  CalendarDay,
  CellComment,
  Delivery,
  Difficulty,
  DifficultyCategory,
  DifficultyStep,
  DisbursementEntry,
  DisbursementTotal,
  DisbursementWarning,
  DocumentFile,
  DocumentTemplateVersion,
  DocumentVersion,
  Evaluation,
  EvaluationAverage,
  EvaluationLine,
  FundingSource,
  IdempotencyRecord,
  ImportBatch,
  ImportFileChunk,
  ImportMapping,
  ImportRow,
  Inspection,
  InspectionAttachment,
  InspectionFinding,
  InspectionRecommendation,
  InspectionTeam,
  InspectionVisit,
  InstanceSetting,
  KeptDocument,
  KeyProject,
  KeyProjectList,
  Meeting,
  MeetingBody,
  MeetingDecision,
  MeetingItem,
  MeetingMember,
  MonthClosing,
  MonthDecision,
  MediumTermPlan,
  MonthlyReport,
  MonthReopening,
  NationalAverage,
  Notice,
  NoticeLine,
  NoticeStep,
  NoticeTransition,
  OneTimeLink,
  OutboxMessage,
  Place,
  PolicyProposal,
  PolicyVersion,
  PressProject,
  Project,
  ProjectPlace,
  ProjectProgress,
  ProjectUnit,
  RateLimit,
  ReconciliationEntry,
  ReconciliationFigure,
  ReconciliationResolution,
  ReconciliationSignOff,
  RecoveryCode,
  Reorganisation,
  ReportingMonth,
  SecondFactor,
  Session,
  SignInThrottle,
  SiteClearanceMonth,
  SiteClearancePlan,
  StagedDisbursement,
  StoredFile,
  TeamArea,
  TreasuryLine,
  TreasuryStatement,
  UnassignedCapital,
  Unit,
  UnitSuccession,
  UploadedFile,
  WarningCase,
  WarningCaseStep,
  Webhook,
];

export interface FreshDatabase {
  url: string;
  /**
   * Verifies the audit chain that the suite left (I12), then removes the database. A chain that the suite broke on
   * purpose is named so, and must be broken.
   */
  drop(chain?: 'whole' | 'broken on purpose'): Promise<void>;
}

/** One that can be copied. */
export interface NamedDatabase extends FreshDatabase {
  name: string;
}

/**
 * A migrated, empty database of this suite's own, cloned from the template (about 30 ms); or a copy of a database that
 * the suite has filled and disconnected from.
 */
export async function freshDatabase(template = process.env['TEST_TEMPLATE']): Promise<NamedDatabase> {
  const name = `tracker_${randomBytes(6).toString('hex')}`;
  await asAdmin((admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = new URL(process.env['TEST_ADMIN_URL'] as string);
  url.pathname = `/${name}`;
  return {
    name,
    url: url.href,
    drop: async (chain = 'whole') => {
      const problem = await chainProblem(url.href);
      await asAdmin((admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
      if (chain === 'whole' ? problem !== undefined : problem === undefined)
        throw new Error(`the audit chain of ${name}: ${problem ?? 'is whole, though it was to be broken'}`);
    },
  };
}

/** A connection with every table, for suites that call use cases directly. */
export async function openBooks(url: string): Promise<DataSource> {
  return new DataSource({ ...databaseOptions(url, 5), entities: ENTITIES }).initialize();
}

/** What is wrong with the chain of a database; undefined when nothing is, or when there is none any more. */
async function chainProblem(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const db = {
    query: async <T>(sql: string, values?: unknown[]): Promise<T> => (await client.query(sql, values)).rows as T,
  };
  try {
    const [there] = await db.query<{ chain: string | null }[]>("SELECT to_regclass('audit_waiting')::text AS chain");
    if (there?.chain === null) return undefined;
    for (let after = 0; ;) {
      const { findings, through, done } = await verifyStoredPart(db, after);
      const [first] = findings;
      if (first) return `event ${first.seq} was ${first.kind}`;
      if (done) break;
      after = through;
    }
    const left = await db.query<unknown[]>('SELECT FROM audit_waiting UNION ALL SELECT FROM audit_transaction');
    return left.length > 0 ? `${left.length} events wait for a commit that is over` : undefined;
  } finally {
    await client.end();
  }
}

async function asAdmin<T>(work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: process.env['TEST_ADMIN_URL'] });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
