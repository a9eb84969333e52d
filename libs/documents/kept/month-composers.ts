import type { DataSource } from 'typeorm';
import { asRational, listDifference } from '#libs/insight';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import { releasedVersionBefore } from '#libs/notices';
import { composeAnnouncement } from '../compose-announcement.js';
import { composeCorrection } from '../compose-correction.js';
import { composeTeamAssignment, composeUnitLetter } from '../compose-letters.js';
import type { DocumentKind, DocumentTemplate } from '../document-template.js';
import type { DocumentsErrorCode } from '../errors.js';
import { gatherMonthFacts } from '../gather-month-facts.js';
import type { MonthFacts } from '../month-facts.js';
import type { DocumentRequest } from './composers.js';
import type { Draft } from './keep-draft.js';
import { issuedReference } from './document-queries.js';
import { templateInForce } from './templates.js';

const EVERYBODY = { code: '', name: '' };

export async function composeMonthAnnouncement(db: DataSource, actor: Actor, request: DocumentRequest): Promise<Draft> {
  return draftOf(db, actor, request, (facts, template) => ({
    recipient: EVERYBODY,
    content: composeAnnouncement(facts, template),
  }));
}

/** To a unit that is on the list of the month. */
export async function composeMonthLetter(db: DataSource, actor: Actor, request: DocumentRequest): Promise<Draft> {
  return draftOf(db, actor, request, (facts, template) => {
    const unit = facts.units.find(({ code, flagged }) => code === request.recipient && flagged);
    if (!unit) throw unknownRecipient(request);
    return { recipient: { code: unit.code, name: unit.name }, content: composeUnitLetter(facts, unit, template) };
  });
}

/** To a team that looks after a unit on the list, or after one that did not report. */
export async function composeMonthAssignment(db: DataSource, actor: Actor, request: DocumentRequest): Promise<Draft> {
  return draftOf(db, actor, request, (facts, template) => {
    const concerns = facts.units.filter(({ flagged, status }) => flagged || status === 'missing');
    const team = concerns.map((unit) => unit.team).find((each) => each?.code === request.recipient);
    if (!team) throw unknownRecipient(request);
    return { recipient: team, content: composeTeamAssignment(facts, team, template) };
  });
}

/** What the present version of a month changed of the one that was announced. */
export async function composeMonthCorrection(db: DataSource, actor: Actor, request: DocumentRequest): Promise<Draft> {
  const month = monthOf(request);
  const from = await releasedVersionBefore(db, month);
  if (from === null) throw new DomainError<DocumentsErrorCode>('nothing-to-correct', { month: month.toString() });
  const { average, units, to } = await listDifference(db, actor, month, { from });
  const named = (list: 'joined' | 'left'): string[] =>
    units.filter((unit) => unit.list === list).map(({ unit }) => unit.name);
  const rate = (value: typeof average.before) => value && asRational(value);
  const change = {
    from,
    to,
    corrected: await issuedReference(db, 'announcement', aboutMonth(month, from)),
    averageBefore: rate(average.before),
    averageAfter: rate(average.after),
    joined: named('joined'),
    left: named('left'),
    changed: units.flatMap(({ unit, before, after, list }) =>
      list === 'stayed' || list === 'off'
        ? [{ name: unit.name, before: rate(before?.rate ?? null), after: rate(after?.rate ?? null) }]
        : [],
    ),
  };
  return draftOf(db, actor, request, (facts, template) => ({
    recipient: EVERYBODY,
    content: composeCorrection(facts, change, template),
  }));
}

/** How a month's version is named in `about`. */
export function aboutMonth(month: Month, version: number): string {
  return `${month.toString()} v${version}`;
}

async function draftOf(
  db: DataSource,
  actor: Actor,
  request: DocumentRequest,
  compose: (facts: MonthFacts, template: DocumentTemplate) => Pick<Draft, 'recipient' | 'content'>,
): Promise<Draft> {
  const month = monthOf(request);
  const facts = await gatherMonthFacts(db, actor, month);
  const { template, version } = await templateInForce(db, request.kind, facts.provinceName);
  const { recipient, content } = compose(facts, template);
  return {
    kind: request.kind,
    about: aboutMonth(month, facts.evidence.monthVersion),
    recipient,
    templateVersion: version,
    content,
    evaluated: {
      planYear: month.planYear,
      month: month.number,
      monthVersion: facts.evidence.monthVersion,
      evaluationId: facts.evidence.evaluationId,
    },
  };
}

function monthOf({ kind, month }: { kind: DocumentKind; month: Month | null }): Month {
  if (!month) throw new DomainError<DocumentsErrorCode>('document-kind-not-composed', { kind });
  return month;
}

function unknownRecipient({ recipient, kind }: DocumentRequest): DomainError<DocumentsErrorCode> {
  return new DomainError<DocumentsErrorCode>('document-recipient-unknown', { recipient, kind });
}
