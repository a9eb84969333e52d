import { ROLES, type Actor, type Role } from './actor.js';

const DEPARTMENT = ['admin', 'staff', 'approver', 'clerk', 'leader', 'auditor'] as const satisfies readonly Role[];

/**
 * Who may do what: the only place where it is said. Routes name a permission, use cases ask `may`; which rows are
 * somebody's is the actor's scope and narrows the queries. A token carries a part of its owner's permissions.
 * Four eyes are two permissions of one act: who asks, and who carries it out and must be another person.
 */
export const PERMISSIONS = {
  /** Lists, figures and files of one's own rows. */
  'books.read': ROLES,
  /** Screens that only make sense over the whole province. */
  'province.read': DEPARTMENT,
  /** Accounts, who they are and what they may. */
  'accounts.read': ['admin', 'auditor'],
  'accounts.manage': ['admin'],
  /** The second person of an invitation or a change of role. */
  'accounts.confirm': ['admin', 'approver'],
  /** One's own password, second factor, sessions and tokens: never of a token. */
  'self.manage': ROLES,
  /** A unit's explanation or objection; the department decides about it. */
  'answers.send': ['reporter'],
  'answers.decide': ['staff', 'approver'],
  'audit.read': ['admin', 'auditor'],
  'business-day.move': ['staff', 'admin'],
  'calendar.edit': ['staff'],
  'cells.comment': ['staff', 'approver', 'reporter'],
  'decisions.record': ['staff'],
  /** Who was told what over which channel, and what did not arrive. */
  'deliveries.read': ['admin', 'staff', 'approver', 'auditor'],
  'deliveries.retry': ['admin', 'staff'],
  /** Writing difficulties of one's own units, or of those a team looks after: what blocks, proposals, how it ended. */
  'difficulties.record': ['staff', 'reporter', 'inspector'],
  /** Noting what whoever has the authority decided. */
  'difficulties.decide': ['staff', 'approver'],
  'disbursements.record': ['staff', 'reporter'],
  'documents.compose': ['staff', 'approver'],
  /** Number and date from the outgoing register: never a program's own. */
  'documents.number': ['clerk'],
  /** The signed or edited file of a document that was issued. */
  'documents.upload': ['clerk', 'staff'],
  'document-templates.edit': ['staff', 'admin'],
  /** What is attached elsewhere: to an answer, a visit, an issued document. */
  'files.send': ['staff', 'approver', 'clerk', 'reporter', 'inspector'],
  'imports.send': ['staff', 'reporter'],
  /** Of any team by staff, of their own by inspectors. */
  'inspections.record': ['staff', 'inspector'],
  'medium-term.record': ['staff'],
  /** Of every body; an inspector those of the own team. */
  'meetings.read': [...DEPARTMENT, 'inspector'],
  /** Calling meetings, their agenda, what was decided and how it ended. */
  'meetings.prepare': ['staff', 'approver'],
  'meeting-bodies.edit': ['staff', 'admin'],
  'months.close': ['approver'],
  'months.reopen-request': ['staff', 'approver'],
  /** The second person of a reopening. */
  'months.reopen': ['approver'],
  'national-average.record': ['staff'],
  'notices.acknowledge': ['inspector', 'reporter', 'staff'],
  /** Another person than the one who closed the month. */
  'announcements.release': ['approver'],
  'plan-years.open': ['staff', 'admin'],
  'policies.propose': ['staff', 'approver'],
  /** The second person of a change of the rule's policy. */
  'policies.confirm': ['approver'],
  'progress.record': ['staff', 'reporter'],
  'projects.edit': ['staff'],
  'reconciliation.answer': ['staff', 'approver'],
  'reconciliation.correct': ['staff'],
  'reconciliation.sign': ['staff', 'approver'],
  'reorganisations.prepare': ['staff', 'approver'],
  /** The second person of a reorganisation. */
  'reorganisations.confirm': ['approver'],
  'reports.submit': ['staff', 'reporter'],
  'site-clearance.record': ['staff', 'reporter'],
  'teams.edit': ['staff', 'admin'],
  'treasury.import': ['staff'],
  'units.edit': ['staff', 'admin'],
  /** Addresses of other programs that are called, and the secrets that sign. */
  'webhooks.manage': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export const ALL_PERMISSIONS = Object.keys(PERMISSIONS) as Permission[];

/** Whether the actor may: its role by the table, and for a program within what its token carries. */
export function may(actor: Pick<Actor, 'role' | 'grants'>, permission: Permission): boolean {
  const roles: readonly Actor['role'][] = PERMISSIONS[permission];
  const isRoles = actor.role === 'system' || roles.includes(actor.role);
  return isRoles && (actor.grants === undefined || actor.grants.includes(permission));
}

/** All that the actor may, in the order of the table. */
export function permissionsOf(actor: Pick<Actor, 'role' | 'grants'>): Permission[] {
  return ALL_PERMISSIONS.filter((permission) => may(actor, permission));
}
