import * as oidc from 'openid-client';
import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock } from '#libs/kernel';
import type { Config } from '#libs/platform';
import { Account } from '../account.entity.js';
import type { AccessErrorCode } from '../errors.js';
import { voidLinks } from '../one-time-links.js';
import type { OpenedSession } from '../sessions.js';
import { AccountIdentity } from './account-identity.entity.js';
import { seal, unseal } from './secret-box.js';
import { nobody, type SignInPolicy, type Visit } from './sign-in-policy.js';
import { openAfterFirstFactor } from './sign-in.js';

/** What the installation decides about single sign-on. */
export type SignOnConfig = SignInPolicy &
  Pick<
    Config,
    | 'publicUrl'
    | 'oidcIssuer'
    | 'oidcClientId'
    | 'oidcClientSecret'
    | 'oidcAccountClaim'
    | 'oidcEmailDomain'
    | 'oidcSecondFactor'
  >;

const USE = 'single sign-on';
const MINUTES = 10;
const TIMEOUT_SECONDS = 10;
/** Where the provider sends people back to, under PUBLIC_URL. */
export const RETURN_PATH = '/api/v1/single-sign-on/return';

/** What a browser that went to the provider must bring back; it alone holds it, sealed. */
interface Errand {
  state: string;
  nonce: string;
  verifier: string;
  /** The screen that was wanted. */
  from: string;
  begunAt: number;
}

/** Where to send the browser, and what it has to keep meanwhile. */
export async function beginSingleSignOn(
  config: SignOnConfig,
  from: string,
): Promise<{ address: URL; errand: string; minutes: number }> {
  const provider = await providerOf(config);
  const errand: Errand = {
    state: oidc.randomState(),
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
    from,
    begunAt: systemClock.now().getTime(),
  };
  const address = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: new URL(RETURN_PATH, config.publicUrl).href,
    scope: 'openid profile email',
    code_challenge: await oidc.calculatePKCECodeChallenge(errand.verifier),
    code_challenge_method: 'S256',
    state: errand.state,
    nonce: errand.nonce,
  });
  return { address, errand: seal(config.secretKey, USE, 'browser', JSON.stringify(errand)), minutes: MINUTES };
}

/**
 * Lets somebody in whom the provider has recognised: whoever was bound to its `sub` before, or at the first time the
 * account of that name. No account comes into being by this. `search` is the query the provider sent back.
 */
export async function finishSingleSignOn(
  db: DataSource,
  config: SignOnConfig,
  sealedErrand: string | undefined,
  search: string,
  visit: Visit,
): Promise<{ opened: OpenedSession; from: string }> {
  const errand = errandOf(config, sealedErrand);
  const claims = errand && (await claimsOf(config, errand, search));
  const result = await auditedTransaction(db, nobody(visit.origin), async (tx, record) => {
    const account = claims && (await accountOf(tx, record, config, claims));
    if (!account) {
      const reason = claims ? 'sso-unknown-person' : 'sso-refused';
      record({ action: 'sign-in.refuse', objectType: 'account', objectId: '-', after: { reason } });
      return reason;
    }
    const isProven = hasSecondFactor(config, claims);
    return openAfterFirstFactor(tx, record, account, config, visit, isProven ? 'sso+provider' : 'sso', isProven);
  });
  if (typeof result === 'string') throw new DomainError<AccessErrorCode>(result);
  return { opened: result, from: errand?.from ?? '/' };
}

type Claims = Record<string, unknown> & { iss: string; sub: string };

function errandOf({ secretKey }: SignOnConfig, sealed: string | undefined): Errand | undefined {
  const text = sealed && unseal(secretKey, USE, 'browser', sealed);
  if (!text) return undefined;
  const errand = JSON.parse(text) as Errand;
  return systemClock.now().getTime() - errand.begunAt < MINUTES * 60_000 ? errand : undefined;
}

/** Exchanges the code and checks what comes back: state, PKCE, nonce, signature, issuer, audience, time. */
async function claimsOf(config: SignOnConfig, errand: Errand, search: string): Promise<Claims | undefined> {
  const provider = await providerOf(config);
  const returned = new URL(RETURN_PATH, config.publicUrl);
  returned.search = search;
  try {
    const tokens = await oidc.authorizationCodeGrant(provider, returned, {
      pkceCodeVerifier: errand.verifier,
      expectedState: errand.state,
      expectedNonce: errand.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) return undefined;
    if (config.oidcAccountClaim in claims) return claims;
    // Providers may tell names only there. It must be about the same person.
    return { ...(await oidc.fetchUserInfo(provider, tokens.access_token, claims.sub)), ...claims };
  } catch (error) {
    if (isAway(error)) throw new DomainError<AccessErrorCode>('sso-unreachable');
    return undefined;
  }
}

async function accountOf(
  tx: EntityManager,
  record: RecordAudit,
  config: SignOnConfig,
  claims: Claims,
): Promise<Account | undefined> {
  const { iss: issuer, sub: subject } = claims;
  const bound = await tx.findOneBy(AccountIdentity, { issuer, subject });
  const username = nameIn(config, claims);
  const account = bound
    ? await tx.findOneBy(Account, { id: bound.accountId })
    : username === undefined
      ? null
      : await tx.findOne(Account, { where: { username }, lock: { mode: 'pessimistic_write' } });
  if (!account || account.disabledAt || account.isDemonstration) return undefined;
  if (bound) return account;
  // Bound to somebody else there already: a name given anew at the provider is not the person of before.
  if (await tx.existsBy(AccountIdentity, { issuer, accountId: account.id })) return undefined;
  await tx.insert(AccountIdentity, { issuer, subject, accountId: account.id, boundAt: systemClock.now() });
  if (account.passwordHash === null) await voidLinks(tx, account.id);
  record({
    action: 'identity.bind',
    objectType: 'account',
    objectId: account.id,
    after: { username: account.username, issuer, subject },
  });
  return account;
}

/** The account that a person's claim names; a name of another domain than ours names nobody. */
function nameIn({ oidcAccountClaim, oidcEmailDomain }: SignOnConfig, claims: Claims): string | undefined {
  const claim = claims[oidcAccountClaim];
  if (typeof claim !== 'string' || (oidcAccountClaim === 'email' && claims['email_verified'] === false))
    return undefined;
  const [name = '', domain, ...more] = claim.trim().toLowerCase().split('@');
  const isOurs = domain === undefined || (oidcEmailDomain !== '' && domain === oidcEmailDomain.toLowerCase());
  return isOurs && more.length === 0 && name !== '' ? name : undefined;
}

function hasSecondFactor({ oidcSecondFactor }: SignOnConfig, { acr, amr }: Claims): boolean {
  const said = [acr, ...(Array.isArray(amr) ? (amr as unknown[]) : [])];
  return said.some((value) => typeof value === 'string' && oidcSecondFactor.includes(value));
}

/** What the provider publishes about itself, read once a process; what could not be read is tried again. */
const providers = new Map<string, Promise<oidc.Configuration>>();

async function providerOf(config: SignOnConfig): Promise<oidc.Configuration> {
  const { oidcIssuer, oidcClientId, oidcClientSecret } = config;
  if (!oidcIssuer) throw new DomainError<AccessErrorCode>('sso-off');
  const key = `${oidcIssuer} ${oidcClientId}`;
  const isLocal = oidcIssuer.startsWith('http:');
  const found =
    providers.get(key) ??
    oidc.discovery(new URL(oidcIssuer), oidcClientId, undefined, clientProof(oidcClientSecret), {
      timeout: TIMEOUT_SECONDS,
      // The configuration lets plain HTTP through for this machine alone.
      execute: [
        ...(isLocal ? [oidc.allowInsecureRequests] : []),
        // The library trusts the connection alone otherwise, and looks at no signature.
        oidc.enableNonRepudiationChecks,
      ],
    });
  providers.set(key, found);
  try {
    return await found;
  } catch {
    providers.delete(key);
    throw new DomainError<AccessErrorCode>('sso-unreachable');
  }
}

function clientProof(secret: string | undefined): oidc.ClientAuth {
  return secret ? oidc.ClientSecretBasic(secret) : oidc.None();
}

/** The connection failed, as opposed to an answer that says no. */
function isAway(error: unknown): boolean {
  const { code, cause } = error as { code?: string; cause?: { code?: string } };
  return code === 'OAUTH_TIMEOUT' || /^(ECONN|ENOTFOUND|EAI_|UND_)/.test(cause?.code ?? '');
}
