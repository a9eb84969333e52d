import { queryOptions } from '@tanstack/react-query';
import { answer, client, requestContext } from '../client/client';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];

export type Opened = Schemas['OpenedSessionDto'];
export type Offer = Schemas['SecondFactorOfferDto'];
export type OwnSession = Schemas['OwnSessionDto'];
export type OwnSecurity = Schemas['OwnSecurityDto'];
export type Session = Schemas['SessionDto'];

const API = '/api/v1';

/** Every step of a sign-in changes the token that goes with the cookie. */
function keepToken(opened: Opened): Opened {
  requestContext.csrfToken = opened.csrfToken;
  return opened;
}

export async function signIn(username: string, password: string): Promise<Opened> {
  return keepToken(await answer(client.POST(`${API}/sessions`, { body: { username, password } })));
}

export async function redeemLink(secret: string, password: string): Promise<Opened> {
  return keepToken(await answer(client.POST(`${API}/links/redemption`, { body: { secret, password } })));
}

export async function proveSecondFactor(code: string): Promise<Opened> {
  return keepToken(await answer(client.POST(`${API}/sessions/current/second-factor`, { body: { code } })));
}

/** What a sign-in that came back from single sign-on still needs. */
export const pendingQuery = queryOptions({
  queryKey: ['pending-session'],
  queryFn: async () => {
    const pending = await answer(client.GET(`${API}/sessions/pending`));
    requestContext.csrfToken = pending.csrfToken;
    return pending;
  },
  retry: false,
  staleTime: 0,
});

export function lookAtLink(secret: string): Promise<Schemas['LinkDto']> {
  return answer(client.POST(`${API}/links/look`, { body: { secret } }));
}

/** How a second factor is set up: while signing in, or later by somebody who is signed in. */
export interface SetUp {
  offer: (password?: string) => Promise<Offer>;
  /** The recovery codes, told this once, and the session where the sign-in is complete by it. */
  confirm: (code: string) => Promise<{ recoveryCodes: string[]; session?: Session }>;
}

export const setUpWhileSigningIn: SetUp = {
  offer: () => answer(client.POST(`${API}/sessions/current/second-factor/offer`)),
  confirm: async (code) => {
    const done = await answer(client.POST(`${API}/sessions/current/second-factor/setup`, { body: { code } }));
    requestContext.csrfToken = done.session.csrfToken;
    return done;
  },
};

const proof = (password: string | undefined) => ({ body: password === undefined ? {} : { password } });

export const setUpOwn: SetUp = {
  offer: (password) => answer(client.POST(`${API}/own-account/second-factor/offer`, proof(password))),
  confirm: (code) => answer(client.POST(`${API}/own-account/second-factor`, { body: { code } })),
};

export async function changePassword(current: string, next: string): Promise<void> {
  await answer(client.PUT(`${API}/own-account/password`, { body: { current, next } }));
}

export async function removeSecondFactor(password?: string): Promise<void> {
  await answer(client.POST(`${API}/own-account/second-factor/removal`, proof(password)));
}

export async function renewRecoveryCodes(password?: string): Promise<string[]> {
  return (await answer(client.POST(`${API}/own-account/recovery-codes`, proof(password)))).recoveryCodes;
}

export async function endSession(id: number, password?: string): Promise<void> {
  await answer(
    client.POST(`${API}/own-account/sessions/{id}/end`, { params: { path: { id: String(id) } }, ...proof(password) }),
  );
}

export async function endOtherSessions(password?: string): Promise<void> {
  await answer(client.POST(`${API}/own-account/sessions/end-others`, proof(password)));
}

export const securityQuery = queryOptions({
  queryKey: ['own-security'],
  queryFn: () => answer(client.GET(`${API}/own-account/security`)),
  staleTime: 0,
});

export const ownSessionsQuery = queryOptions({
  queryKey: ['own-sessions'],
  queryFn: () => answer(client.GET(`${API}/own-account/sessions`)),
  staleTime: 0,
});
