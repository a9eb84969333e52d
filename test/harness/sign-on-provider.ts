import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

export interface Person {
  sub: string;
  preferred_username?: string;
  email?: string;
  email_verified?: boolean;
  acr?: string;
  amr?: string[];
}

export interface SignOnProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who sits before the browser and signs in there. */
  person: Person;
  /** It publishes another key than the one that signs: its tokens are anybody's. */
  publishesAnotherKey: boolean;
  /** Goes where a browser is sent, signing in and agreeing, until it is sent back; that address. */
  signInAt(address: string): Promise<string>;
  stop(): Promise<void>;
}

/** A real OpenID Connect provider on this machine, for which `returnTo` is the program's address of return. */
export async function startSignOnProvider(returnTo: string): Promise<SignOnProvider> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const started: SignOnProvider = {
    issuer,
    clientId: 'giai-ngan',
    clientSecret: 'bi-mat-cua-chuong-trinh-thu',
    person: { sub: 'nobody' },
    publishesAnotherKey: false,
    signInAt: (address) => follow(address, issuer, returnTo),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const configuration: Configuration = {
    jwks: { keys: [signingKeys().privateKey] },
    clients: [
      {
        client_id: started.clientId,
        client_secret: started.clientSecret,
        redirect_uris: [returnTo],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['preferred_username'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({ ...started.person, sub }),
    }),
    interactions: { url: (_context, interaction) => `/agree/${interaction.uid}` },
  };
  const provider = new Provider(issuer, configuration);
  server.on('request', (request, response) => {
    if (request.url === '/jwks' && started.publishesAnotherKey)
      return void response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ keys: [signingKeys().publicKey] }));
    if (!request.url?.startsWith('/agree/')) return void provider.callback()(request, response);
    void agree(provider, started.person).then((result) => provider.interactionFinished(request, response, result));
    async function agree(at: Provider, { sub, acr, amr }: Person) {
      const { params, prompt } = await at.interactionDetails(request, response);
      if (prompt.name === 'login') return { login: { accountId: sub, acr, amr } };
      const grant = new at.Grant({ accountId: sub, clientId: params['client_id'] as string });
      grant.addOIDCScope('openid profile email');
      return { consent: { grantId: await grant.save() } };
    }
  });
  return started;
}

/** Always of the same name, so that only the signature tells two pairs apart. */
function signingKeys(): { privateKey: JsonWebKey; publicKey: JsonWebKey } {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const named = (key: JsonWebKey): JsonWebKey => ({ ...key, kid: 'k1', use: 'sig', alg: 'RS256' });
  return {
    privateKey: named(pair.privateKey.export({ format: 'jwk' })),
    publicKey: named(pair.publicKey.export({ format: 'jwk' })),
  };
}

async function follow(first: string, issuer: string, returnTo: string): Promise<string> {
  const cookies = new Map<string, string>();
  let address = first;
  for (let steps = 0; steps < 10; steps++) {
    if (address.startsWith(returnTo)) return address;
    const answer = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    const next = answer.headers.get('location');
    if (!next) throw new Error(`the provider answers ${answer.status}: ${await answer.text()}`);
    address = new URL(next, issuer).href;
  }
  throw new Error('the provider sends the browser in a circle');
}
