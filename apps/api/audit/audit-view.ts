import { changesBetween, type AuditEventHead, type ToldEvent } from '#libs/audit';
import type { AuditEventDetailDto, AuditEventDto } from './audit.dto.js';

const MOST_CHANGES = 500;

export function eventView(event: AuditEventHead & { actorName: string | null }): AuditEventDto {
  return {
    seq: event.seq,
    at: event.at.toISOString(),
    actor: { username: event.actor, displayName: event.actorName },
    action: event.action,
    object: { type: event.objectType, id: event.objectId },
  };
}

export function detailView(event: ToldEvent): AuditEventDetailDto {
  const { actorRole, origin, before, after, hash, previousHash } = event;
  const changes = changesBetween(before, after);
  return {
    ...eventView(event),
    actorRole,
    origin: { via: origin.via, address: origin.address ?? null, requestId: origin.requestId ?? null },
    changes: changes.slice(0, MOST_CHANGES),
    changesInAll: changes.length,
    hash,
    previousHash,
  };
}
