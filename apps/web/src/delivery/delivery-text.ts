import type { Words } from '../words/vi';
import type { Delivery } from './delivery-client';

/** What was told: a webhook's title is its topic, all else has words of its own. */
export function titleOf({ channel, title }: Pick<Delivery, 'channel' | 'title'>, words: Words): string {
  const topic = /^notice\.(.+)$/.exec(title)?.[1];
  if (channel !== 'webhook' || topic === undefined) return title;
  return words.deliveries.moved(words.webhooks.topicNames[topic] ?? topic);
}

/** Whom it went to. Before a webhook's address stands its number, which says nothing to a reader. */
export function receiverOf({ channel, address }: Pick<Delivery, 'channel' | 'address'>, words: Words): string {
  return `${words.deliveries.channels[channel]} · ${channel === 'webhook' ? address.replace(/^\d+ /, '') : address}`;
}

/** Why it did not arrive, in the reader's words where the reason is a known one; else as the other side put it. */
export function outcomeOf(answer: string, { deliveries: { outcomes } }: Words): string {
  const status = /^answered (\d+)$/.exec(answer)?.[1];
  if (status !== undefined) return outcomes.answered(status);
  if (answer === 'answered 410: gone') return outcomes.gone;
  if (answer === 'the webhook was ended') return outcomes.ended;
  if (answer === 'SMTP_URL is not set') return outcomes.noMail;
  if (/^the address |^the name leads to an address/.test(answer)) return outcomes.refused;
  if (/ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNRESET/.test(answer)) return outcomes.unreachable;
  if (/timeout|ETIMEDOUT/i.test(answer)) return outcomes.slow;
  return answer;
}
