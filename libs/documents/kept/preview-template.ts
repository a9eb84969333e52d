import type { DataSource } from 'typeorm';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import { composeAnnouncement } from '../compose-announcement.js';
import { composeCorrection } from '../compose-correction.js';
import { composeTeamAssignment, composeUnitLetter } from '../compose-letters.js';
import type { DocumentKind, DocumentTemplate } from '../document-template.js';
import type { DocumentsErrorCode } from '../errors.js';
import { gatherMonthFacts } from '../gather-month-facts.js';
import type { MonthFacts } from '../month-facts.js';
import type { OfficialDocument } from '../official-document.js';
import { renderPdf } from '../render-pdf.js';

/** A document of a closed month in a form that nobody has set yet, as PDF; nothing is kept. */
export async function previewTemplate(
  db: DataSource,
  actor: Actor,
  kind: DocumentKind,
  template: DocumentTemplate,
  month: Month,
): Promise<Buffer> {
  const facts = await gatherMonthFacts(db, actor, month);
  return renderPdf(sampleOf(kind, facts, template));
}

/** The first of those that a kind goes to stands for all of them; a correction is shown as one that changed nothing. */
function sampleOf(kind: DocumentKind, facts: MonthFacts, template: DocumentTemplate): OfficialDocument {
  switch (kind) {
    case 'announcement':
      return composeAnnouncement(facts, template);
    case 'correction': {
      const average = facts.averages.find(({ group }) => group === '*')?.rate ?? null;
      const version = facts.evidence.monthVersion;
      const same = {
        corrected: null,
        averageBefore: average,
        averageAfter: average,
        joined: [],
        left: [],
        changed: [],
      };
      return composeCorrection(facts, { from: version, to: version + 1, ...same }, template);
    }
    case 'unit-letter': {
      const unit = facts.units.find(({ flagged }) => flagged) ?? facts.units[0];
      if (!unit) throw nobody(kind);
      return composeUnitLetter(facts, unit, template);
    }
    case 'team-assignment': {
      const concerns = facts.units.filter(({ flagged, status }) => flagged || status === 'missing');
      const team = [...concerns, ...facts.units].find((unit) => unit.team)?.team;
      if (!team) throw nobody(kind);
      return composeTeamAssignment(facts, team, template);
    }
    case 'agenda':
    case 'minutes':
      return bareForm(kind, facts, template);
  }
}

/** Of a meeting the facts of a month say nothing: the form alone. */
function bareForm(
  kind: 'agenda' | 'minutes',
  facts: MonthFacts,
  { tasks, ...form }: DocumentTemplate,
): OfficialDocument {
  return {
    ...form,
    number: null,
    date: null,
    year: Number(facts.asOf.slice(0, 4)),
    typeName: kind === 'agenda' ? 'CHƯƠNG TRÌNH HỌP' : 'BIÊN BẢN',
    subject: 'Họp về tiến độ giải ngân vốn đầu tư công',
    addressees: [],
    body: tasks.map((text) => ({ kind: 'paragraph', runs: [{ text }] })),
    annexes: [],
    illustrative: facts.illustrative,
  };
}

function nobody(kind: DocumentKind): DomainError<DocumentsErrorCode> {
  return new DomainError<DocumentsErrorCode>('document-recipient-unknown', { recipient: '', kind });
}
