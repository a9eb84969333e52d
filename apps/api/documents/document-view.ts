import type { DocumentHead } from '#libs/documents';
import { writtenNumber } from '#libs/documents';
import { Month } from '#libs/kernel';
import type { DocumentDto } from './document.dto.js';

export function documentView(head: DocumentHead): DocumentDto {
  const { id, kind, state, monthVersion, subject, symbol, sentDate } = head;
  return {
    id,
    kind,
    state,
    month: head.planYear === null || head.month === null ? null : Month.of(head.planYear, head.month).toString(),
    monthVersion,
    recipient: head.recipient === '' ? null : { code: head.recipient, name: head.recipientName },
    subject,
    number: head.number === null ? null : `${writtenNumber(head.number)}/${symbol}`,
    symbol,
    date: head.documentDate,
    sentDate,
    composedAt: head.composedAt.toISOString(),
    issuedAt: head.issuedAt?.toISOString() ?? null,
    ready: head.isReady,
    outdated: head.isOutdated,
  };
}
