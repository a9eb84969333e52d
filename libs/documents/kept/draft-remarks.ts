import type { DataSource } from 'typeorm';
import type { DocumentHead } from './document-queries.js';

/** Sentences that whoever issues a draft must know first. */
export type DraftRemarks = (
  db: DataSource,
  draft: Pick<DocumentHead, 'kind' | 'planYear' | 'month' | 'recipient'>,
) => Promise<string[]>;

const SOURCES = new Set<DraftRemarks>();

/** For contexts that stand on this one: who knows of something open about a document says so here. */
export function registerDraftRemarks(remarks: DraftRemarks): void {
  SOURCES.add(remarks);
}

/** What is still open about a draft, as it is now; nothing of what was issued. */
export async function draftRemarks(db: DataSource, head: DocumentHead): Promise<string[]> {
  if (head.state !== 'draft') return [];
  return (await Promise.all([...SOURCES].map((remarks) => remarks(db, head)))).flat();
}
