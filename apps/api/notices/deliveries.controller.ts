import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import {
  addWebhook,
  endWebhook,
  listDeliveries,
  listWebhooks,
  retryDelivery,
  WEBHOOK_TOPICS,
  type Delivery,
  type NoticesErrorCode,
  type Webhook,
} from '#libs/notices';
import { CONFIG, type Config } from '#libs/platform';
import { Acting, HoldsSecrets, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import {
  asTopics,
  DeliveryDto,
  DeliveryListDto,
  DeliveryQueryDto,
  MadeWebhookDto,
  NewWebhookDto,
  WebhookDto,
  WebhookListDto,
} from './delivery.dto.js';

const ROWS = 50;
const LARGEST_ID = 2_147_483_647;

/** How notices reached people and programs. */
@ApiTags('notices')
@Controller()
export class DeliveriesController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('deliveries')
  @Needs('deliveries.read')
  async list(@Query() query: DeliveryQueryDto): Promise<DeliveryListDto> {
    const limit = query.limit ?? ROWS;
    const { state, channel, notice } = query;
    const before = numberOfCursor(query.cursor);
    const { items, dead } = await listDeliveries(this.db, { state, channel, notice, before, limit: limit + 1 });
    const page = items.slice(0, limit);
    return {
      items: page.map(deliveryView),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      dead,
    };
  }

  /** Tries one again that was given up. */
  @Post('deliveries/:id/retry')
  @Needs('deliveries.retry')
  @HttpCode(200)
  async retry(@Acting() actor: Actor, @Param('id') id: string): Promise<DeliveryDto> {
    return deliveryView(await retryDelivery(this.db, actor, numberOf(id, 'delivery')));
  }

  @Get('webhooks')
  @Needs('webhooks.manage')
  async webhooks(): Promise<WebhookListDto> {
    return { items: (await listWebhooks(this.db)).map(webhookView), topics: [...WEBHOOK_TOPICS] };
  }

  /** Registers an address; the secret is told this once. */
  @Post('webhooks')
  @Needs('webhooks.manage')
  @HoldsSecrets()
  async addWebhook(@Acting() actor: Actor, @Body() { url, topics }: NewWebhookDto): Promise<MadeWebhookDto> {
    const { webhook, secret } = await addWebhook(this.db, actor, this.config, { url, topics: asTopics(topics) });
    return { webhook: webhookView(webhook), secret };
  }

  /** It is called no more. */
  @Post('webhooks/:id/end')
  @Needs('webhooks.manage')
  @HttpCode(200)
  async endWebhook(@Acting() actor: Actor, @Param('id') id: string): Promise<WebhookDto> {
    return webhookView(await endWebhook(this.db, actor, numberOf(id, 'webhook')));
  }
}

function deliveryView(delivery: Delivery): DeliveryDto {
  const { id, noticeId, channel, address, title, state, attempts, answer } = delivery;
  return {
    id,
    notice: noticeId,
    channel,
    address,
    title,
    state,
    attempts,
    createdAt: delivery.createdAt.toISOString(),
    sentAt: delivery.sentAt?.toISOString() ?? null,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    answer,
    readAt: delivery.readAt?.toISOString() ?? null,
  };
}

function webhookView({ id, url, topics, createdAt, createdBy, endedAt, endedBy }: Webhook): WebhookDto {
  return {
    id,
    url,
    topics,
    createdAt: createdAt.toISOString(),
    createdBy,
    endedAt: endedAt?.toISOString() ?? null,
    endedBy,
  };
}

/** An id that cannot be one names nothing. */
function numberOf(text: string, what: 'delivery' | 'webhook'): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID) {
    const code = what === 'delivery' ? 'delivery-unknown' : 'webhook-unknown';
    throw new DomainError<NoticesErrorCode>(code, { [what]: text });
  }
  return id;
}
