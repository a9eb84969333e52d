export { Account, AccountScope, ApiToken, Session } from './account.entity.js';
export { actorByName, addAccount, ensureFirstAdmin, type NewAccount } from './accounts.js';
export type { Access } from './account-access.rule.js';
export type { AccountErrorCode } from './account-errors.js';
export {
  findAccount,
  listAccounts,
  listRequests,
  type AccountFilter,
  type AccountInList,
  type AccountPlace,
  type AccountState,
  type RequestSeen,
} from './account-queries.js';
export {
  AccountRequest,
  REQUEST_KINDS,
  REQUEST_STATES,
  type RequestKind,
  type RequestState,
} from './account-request.entity.js';
export {
  askForAccess,
  changeAccess,
  confirmRequest,
  enableAccount,
  inviteAccount,
  orderLink,
  withdrawRequest,
  withdrawRequestsOf,
  type Invitation,
} from './account-requests.js';
export { accessOf, administering, markDisabled, renameAccount, takeAccount } from './administration.js';
export { inviteFromServer, type AdministrationOutcome } from './carry-out-request.js';
export { AccessModule } from './access.module.js';
export { refuseDemonstration } from './demonstration.js';
export type { AccessErrorCode } from './errors.js';
export { OneTimeLink, type LinkPurpose } from './one-time-link.entity.js';
export { issueLink, LINK_HOURS, voidLinks } from './one-time-links.js';
export { setOwnEmail } from './own-email.js';
export { newSecret } from './secrets.js';
export {
  actorOfSession,
  endOtherSessions,
  endSession,
  endSessions,
  endSessionsOf,
  pendingSession,
  sessionsOf,
  signOut,
  type OpenedSession,
  type PendingSession,
  type SignedIn,
} from './sessions.js';
export * from './sign-in/index.js';
export {
  actorOfToken,
  addToken,
  grantableTo,
  listTokens,
  MOST_TOKEN_DAYS,
  revokeToken,
  revokeTokensOf,
} from './tokens.js';
