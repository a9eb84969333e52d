import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Account, AccountScope, ApiToken, Session } from '#libs/access';
import { AuditEvent, AuditHead } from '#libs/audit';
import { ImportBatch, ImportFileChunk, ImportMapping, ImportRow } from '#libs/exchange';
import {
  AllocationDecision,
  AllocationLine,
  AllocationTotal,
  DisbursementEntry,
  DisbursementTotal,
  MonthlyReport,
  ReportingMonth,
  StagedDisbursement,
} from '#libs/ledger';
import {
  Evaluation,
  EvaluationAverage,
  EvaluationLine,
  PolicyVersion,
  WarningCase,
  WarningCaseStep,
} from '#libs/monitoring';
import { Notice, NoticeLine } from '#libs/notices';
import { FundingSource, InspectionTeam, Place, TeamArea, Unit } from '#libs/organisation';
import { databaseOptions, IdempotencyRecord, InstanceSetting, OutboxMessage } from '#libs/platform';
import { KeyProject, KeyProjectList, PressProject, Project, ProjectPlace, ProjectUnit } from '#libs/projects';

/** Every table of the product; the drift test fails when one is missing here or in a migration. */
export const ENTITIES = [
  Account,
  AccountScope,
  AllocationDecision,
  AllocationLine,
  AllocationTotal,
  ApiToken,
  AuditEvent,
  AuditHead,
  DisbursementEntry,
  DisbursementTotal,
  Evaluation,
  EvaluationAverage,
  EvaluationLine,
  FundingSource,
  IdempotencyRecord,
  ImportBatch,
  ImportFileChunk,
  ImportMapping,
  ImportRow,
  InspectionTeam,
  InstanceSetting,
  KeyProject,
  KeyProjectList,
  MonthlyReport,
  Notice,
  NoticeLine,
  OutboxMessage,
  Place,
  PolicyVersion,
  PressProject,
  Project,
  ProjectPlace,
  ProjectUnit,
  ReportingMonth,
  Session,
  StagedDisbursement,
  TeamArea,
  Unit,
  WarningCase,
  WarningCaseStep,
];

export interface FreshDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of this suite's own, cloned from the template (about 30 ms). */
export async function freshDatabase(): Promise<FreshDatabase> {
  const name = `tracker_${randomBytes(6).toString('hex')}`;
  await asAdmin((admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${process.env['TEST_TEMPLATE']}`));
  const url = new URL(process.env['TEST_ADMIN_URL'] as string);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: async () => void (await asAdmin((admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`))),
  };
}

/** A connection with every table, for suites that call use cases directly. */
export async function openBooks(url: string): Promise<DataSource> {
  return new DataSource({ ...databaseOptions(url, 5), entities: ENTITIES }).initialize();
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
