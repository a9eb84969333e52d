import { lookup } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { systemClock } from '#libs/kernel';
import type { Config } from '#libs/platform';
import { isPublicAddress } from './public-address.js';
import { webhookHeaders } from './webhook-signature.js';

const ANSWER_MS = 10_000;
const GONE = 410;

/** Trying again is of no use: the address may not be called, or says that it is gone for good. */
export class WebhookRefused extends Error {}

/** What is wrong with an address before any name is looked up; undefined when nothing is. */
export function addressProblem(address: string, allowed: Config['webhookAddresses']): string | undefined {
  if (!URL.canParse(address)) return 'is no address';
  const { protocol, hostname, username, password } = new URL(address);
  if (username !== '' || password !== '') return 'must not hold a password';
  if (protocol !== 'https:' && !(allowed === 'any' && protocol === 'http:')) return 'must begin with https://';
  const literal = hostname.replace(/^\[|\]$/g, '');
  if (allowed === 'public' && (hostname === 'localhost' || (isIP(literal) !== 0 && !isPublicAddress(literal))))
    return 'is not a public address';
  return undefined;
}

/**
 * Calls a webhook once; resolves with its status, rejects unless that is 2xx. No redirect is followed, and the name
 * is judged as it resolves for this very connection, so that it cannot turn into an inner address meanwhile.
 */
export async function callWebhook(
  { url, secret, id, body }: { url: string; secret: string; id: string; body: string },
  allowed: Config['webhookAddresses'],
): Promise<string> {
  const problem = addressProblem(url, allowed);
  if (problem) throw new WebhookRefused(`the address ${problem}`);
  const request = url.startsWith('https:') ? httpsRequest : httpRequest;
  const status = await new Promise<number>((resolve, reject) => {
    const call = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'public-investment-tracker',
          ...webhookHeaders(secret, { id, body, at: systemClock.now() }),
        },
        // A connection kept from before was judged by another look-up.
        agent: false,
        signal: AbortSignal.timeout(ANSWER_MS),
        ...(allowed === 'public' ? { lookup: lookupPublic } : {}),
      },
      (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
  if (status === GONE) throw new WebhookRefused('answered 410: gone');
  if (status < 200 || status > 299) throw new Error(`answered ${status}`);
  return String(status);
}

const lookupPublic: LookupFunction = (hostname, options, callback) =>
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const inner = addresses.find(({ address }) => !isPublicAddress(address));
    if (inner || addresses.length === 0)
      return callback(new WebhookRefused('the name leads to an address that is not public'), []);
    const [first] = addresses;
    return options.all ? callback(null, addresses) : callback(null, first?.address ?? '', first?.family);
  });
