import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { WEBHOOK_TOPICS, type WebhookTopic } from '#libs/notices';
import { IsPlainText } from '../shell/field-rules.js';
import { PageDto } from '../shell/page.dto.js';

const LARGEST_ID = 2_147_483_647;
const LONGEST_ADDRESS = 500;

export class DeliveryQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['pending', 'sent', 'dead'])
  state?: 'pending' | 'sent' | 'dead';

  @IsOptional()
  @IsIn(['in-app', 'mail', 'webhook'])
  channel?: 'in-app' | 'mail' | 'webhook';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  notice?: number;
}

export class DeliveryDto {
  id: number;
  /** Null for a digest of the week. */
  notice: number | null;
  channel: 'in-app' | 'mail' | 'webhook';
  address: string;
  title: string;
  state: 'pending' | 'sent' | 'dead';
  attempts: number;
  createdAt: string;
  sentAt: string | null;
  nextAttemptAt: string | null;
  /** What the other side answered to the last attempt. */
  answer: string | null;
  readAt: string | null;
}

export class DeliveryListDto {
  items: DeliveryDto[];
  nextCursor: string | null;
  /** Given up. */
  dead: number;
}

export class NewWebhookDto {
  @IsPlainText(LONGEST_ADDRESS)
  url: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEBHOOK_TOPICS.length)
  @ArrayUnique()
  @IsIn(WEBHOOK_TOPICS, { each: true })
  topics: string[];
}

export class WebhookDto {
  id: number;
  url: string;
  topics: string[];
  createdAt: string;
  createdBy: string;
  endedAt: string | null;
  endedBy: string | null;
}

export class WebhookListDto {
  items: WebhookDto[];
  /** What one can be told of. */
  topics: string[];
}

export class MadeWebhookDto {
  webhook: WebhookDto;
  /** Signs every call (Standard Webhooks); told this once. */
  secret: string;
}

export function asTopics(topics: string[]): WebhookTopic[] {
  return topics as WebhookTopic[];
}
