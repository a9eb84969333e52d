import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import type { DocumentKind } from '../document-template.js';
import type { DocumentsErrorCode } from '../errors.js';
import { keepDraft, type Draft } from './keep-draft.js';
import {
  composeMonthAnnouncement,
  composeMonthAssignment,
  composeMonthCorrection,
  composeMonthLetter,
} from './month-composers.js';

/** What is to be composed: a kind, of a closed month or of a meeting, to whom. */
export interface DocumentRequest {
  kind: DocumentKind;
  month: Month | null;
  /** Unit or team code; empty where the kind goes to many. */
  recipient: string;
  meeting: number | null;
}

/** Makes a draft out of what is frozen; refuses what there is nothing to write about. */
export type Composer = (db: DataSource, actor: Actor, request: DocumentRequest) => Promise<Draft>;

const COMPOSERS = new Map<DocumentKind, Composer>([
  ['announcement', composeMonthAnnouncement],
  ['unit-letter', composeMonthLetter],
  ['team-assignment', composeMonthAssignment],
  ['correction', composeMonthCorrection],
]);

/** For contexts that stand on this one: who knows the facts of a kind says here how it is composed. */
export function registerComposer(kind: DocumentKind, composer: Composer): void {
  COMPOSERS.set(kind, composer);
}

/** Composes a document and keeps it as the draft of what it is about; gives its id. */
export async function composeDocument(db: DataSource, actor: Actor, request: DocumentRequest): Promise<number> {
  const composer = COMPOSERS.get(request.kind);
  if (!composer) throw new DomainError<DocumentsErrorCode>('document-kind-not-composed', { kind: request.kind });
  const draft = await composer(db, actor, request);
  return auditedTransaction(db, actor, (tx, record) => keepDraft(tx, record, actor, draft));
}
