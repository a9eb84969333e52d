export { Account, AccountScope, ApiToken, Session } from './account.entity.js';
export {
  actorByName,
  addAccount,
  addToken,
  ensureFirstAdmin,
  refuseDemonstrationAccounts,
  type NewAccount,
} from './accounts.js';
export { AccessModule } from './access.module.js';
export type { AccessErrorCode } from './errors.js';
export { OneTimeLink, type LinkPurpose } from './one-time-link.entity.js';
export { issueLink, LINK_HOURS, voidLinks } from './one-time-links.js';
export { newSecret } from './secrets.js';
export {
  actorOfSession,
  actorOfToken,
  endOtherSessions,
  endSession,
  endSessions,
  pendingSession,
  sessionsOf,
  signOut,
  type OpenedSession,
  type PendingSession,
  type SignedIn,
} from './sessions.js';
export * from './sign-in/index.js';
