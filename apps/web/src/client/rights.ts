import type { Notice, Role, Session } from './types';

// The server decides; these only keep commands and pages that would be refused out of a person's way.

/** Reporters and inspection teams read their own units, not the table of the whole province. */
export function seesProvince(role: Role): boolean {
  return role !== 'reporter' && role !== 'inspector';
}

/** Staff see what is missing before a close; the approver closes. */
export function preparesMonths(role: Role): boolean {
  return role === 'staff' || role === 'approver';
}

/** Staff, and reporters for the projects of their units, which are the only ones they see. */
export function entersProgress(role: Role): boolean {
  return role === 'staff' || role === 'reporter';
}

export function closesMonths(role: Role): boolean {
  return role === 'approver';
}

/** Either of two people asks for a reopening; an approver carries it out. */
export function reopensMonths(role: Role): boolean {
  return role === 'staff' || role === 'approver';
}

export function notesNationalAverage(role: Role): boolean {
  return role === 'staff';
}

export function releasesAnnouncements(role: Role): boolean {
  return role === 'approver';
}

export function mayAcknowledge(session: Session, notice: Notice): boolean {
  if (notice.state !== 'issued' && notice.state !== 'delivered') return false;
  if (notice.audience === 'team') return session.team?.code === notice.recipient.code;
  return notice.audience === 'unit' && session.units.some((unit) => unit.code === notice.recipient.code);
}

type Home =
  { to: '/months' } | { to: '/notices' } | { to: '/units' } | { to: '/units/$code'; params: { code: string } };

/** The first screen of each role, as product.md lists them. */
export function homeOf(session: Session): Home {
  if (session.role === 'inspector') return { to: '/notices' };
  if (session.role !== 'reporter') return { to: '/months' };
  const [first, second] = session.units;
  return first !== undefined && second === undefined
    ? { to: '/units/$code', params: { code: first.code } }
    : { to: '/units' };
}

/** Staff send every kind of file, reporters those of their own units. */
export function sendsImports(role: Role): boolean {
  return role === 'staff' || role === 'reporter';
}
