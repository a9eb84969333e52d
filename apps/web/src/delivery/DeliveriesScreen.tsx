import { Button } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconClock, IconMailCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { newIdempotencyKey } from '../client/commands';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { Chip } from '../frame/Chip';
import { Choice } from '../frame/Choice';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { deliveriesQuery, retryDelivery, type Delivery } from './delivery-client';
import { outcomeOf, receiverOf, titleOf } from './delivery-text';
import classes from './delivery.module.css';

type Filter = 'dead' | 'pending' | 'all';

/** Who was told what over which channel, first what did not arrive. */
export function DeliveriesScreen() {
  const words = useWords();
  const say = words.deliveries;
  const [filter, setFilter] = useState<Filter>('dead');
  const deliveries = useInfiniteQuery(deliveriesQuery(filter === 'all' ? undefined : filter));
  const items = deliveries.data?.pages.flatMap((page) => page.items) ?? [];
  const dead = deliveries.data?.pages[0]?.dead ?? 0;
  const options = (['dead', 'pending', 'all'] as const).map((value) => ({
    value,
    label: value === 'dead' && dead > 0 ? `${say.filters.dead} ${dead}` : say.filters[value],
  }));
  return (
    <>
      <PageHead title={say.title} />
      <p className={classes.means}>{say.means}</p>
      <div className={classes.filter}>
        <Choice label={say.filter} value={filter} options={options} onChange={setFilter} />
      </div>
      {deliveries.isError && items.length === 0 ? (
        <FailedState error={deliveries.error} what={say.what} onRetry={() => void deliveries.refetch()} />
      ) : deliveries.data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : items.length === 0 ? (
        <StateBox icon={<IconMailCheck size={22} />} title={filter === 'dead' ? say.noneDead : say.none}>
          <p>{say.noneBody}</p>
        </StateBox>
      ) : (
        <div className={`${table.scroll} ${classes.sheet}`}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{say.message}</th>
                <th scope="col" className={table.wideOnly}>
                  {say.to}
                </th>
                <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                  {say.attempts}
                </th>
                <th scope="col">{say.state}</th>
                <th scope="col" className={table.wideOnly}>
                  {say.at}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} />
              ))}
            </tbody>
          </table>
          {deliveries.hasNextPage && (
            <button type="button" className={table.more} onClick={() => void deliveries.fetchNextPage()}>
              {words.inbox.more}
            </button>
          )}
        </div>
      )}
    </>
  );
}

function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const words = useWords();
  const say = words.deliveries;
  const { notice, attempts, state, answer } = delivery;
  const title = titleOf(delivery, words);
  const receiver = receiverOf(delivery, words);
  const moment =
    delivery.sentAt !== null
      ? formatMoment(delivery.sentAt)
      : delivery.nextAttemptAt !== null
        ? say.next(formatMoment(delivery.nextAttemptAt))
        : formatMoment(delivery.createdAt);
  return (
    <tr>
      <th scope="row">
        {notice === null ? (
          title
        ) : (
          <Link to="/notices/$id" params={{ id: String(notice) }}>
            {title}
          </Link>
        )}
        <span className={`${table.under} ${table.narrowOnly} ${classes.address}`}>{receiver}</span>
      </th>
      <td className={`${table.wideOnly} ${classes.address}`}>{receiver}</td>
      <td className={`${table.number} ${table.wideOnly}`}>{attempts}</td>
      <td className={classes.outcome}>
        <DeliveryState state={state} />
        {state !== 'sent' && answer !== null && (
          <span className={`${table.under} ${classes.address}`}>{outcomeOf(answer, words)}</span>
        )}
        {state === 'dead' && <Retry id={delivery.id} />}
      </td>
      <td className={table.wideOnly}>{moment}</td>
    </tr>
  );
}

function DeliveryState({ state }: { state: Delivery['state'] }) {
  const say = useWords().deliveries;
  const Icon = { pending: IconClock, sent: IconCircleCheck, dead: IconCircleX }[state];
  const tone = { pending: 'plain', sent: 'ok', dead: 'late' } as const;
  return (
    <Chip tone={tone[state]} icon={<Icon size={14} aria-hidden="true" />}>
      {say.states[state]}
    </Chip>
  );
}

function Retry({ id }: { id: number }) {
  const say = useWords().deliveries;
  const { permissions } = useSession();
  const client = useQueryClient();
  const [key] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => retryDelivery(id, key),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deliveries'] }),
  });
  if (!permissions.includes('deliveries.retry')) return null;
  return (
    <>
      <Button loading={command.isPending} onClick={() => command.mutate()}>
        {say.retry}
      </Button>
      <Refused label={say.refused} error={command.error} />
    </>
  );
}
