import { isIPv6 } from 'node:net';
import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type {} from '@fastify/multipart';
import { DataSource } from 'typeorm';
import { CONFIG, openRateLimiter, type Config, type RateLimiter } from '#libs/platform';
import type { ActingRequest } from './access.guard.js';
import { refusal } from './refusal.js';

type Kind = 'address' | 'sign-in' | 'account' | 'uploads';

/** Health is asked by machines that act on the answer. */
const UNCOUNTED = /^\/api\/v1\/health\//;

/**
 * How often somebody may ask: a person who is signed in by account, so that an office behind one address is not one
 * asker; everybody else by address. All api processes count together.
 */
@Injectable()
export class RateLimits implements OnModuleInit, OnModuleDestroy {
  private readonly limiter: RateLimiter<Kind>;

  constructor(db: DataSource, @Inject(CONFIG) config: Config) {
    const log = new Logger(RateLimits.name);
    this.limiter = openRateLimiter<Kind>(
      config,
      db,
      {
        address: { most: config.rateLimitAddress, seconds: 60 },
        'sign-in': { most: config.rateLimitSignIn, seconds: 600 },
        account: { most: config.rateLimitAccount, seconds: 60 },
        uploads: { most: config.rateLimitUploads, seconds: 600 },
      },
      (reason) => log.warn(`Redis is away, each process counts requests for itself: ${reason}`),
    );
  }

  /** The first request is counted where all others are. */
  async onModuleInit(): Promise<void> {
    await this.limiter.ready();
  }

  /** Counts the request of whoever the guard found; `too-many-requests` tells how long to wait. */
  async count(request: ActingRequest): Promise<void> {
    if (UNCOUNTED.test(request.url)) return;
    const { actor, method } = request;
    if (actor) {
      const account = String(actor.accountId ?? actor.username);
      await this.take('account', account);
      if (request.isMultipart()) await this.take('uploads', account);
      return;
    }
    // Who writes without being signed in wants to sign in or redeems a link.
    await this.take(method === 'GET' || method === 'HEAD' ? 'address' : 'sign-in', addressKey(request.ip));
  }

  onModuleDestroy(): void {
    this.limiter.close();
  }

  private async take(kind: Kind, who: string): Promise<void> {
    const seconds = await this.limiter.count(kind, who);
    if (seconds !== undefined) throw refusal('too-many-requests', { retryAfterSeconds: seconds });
  }
}

/** One subscriber has a whole /64 of IPv6 and could take a new address for each request. */
export function addressKey(address: string): string {
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address);
  if (mapped) return mapped[1] as string;
  if (!isIPv6(address)) return address;
  const [before = '', after] = (address.split('%')[0] ?? '').split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const groups =
    after === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
