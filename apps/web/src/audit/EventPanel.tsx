import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { SidePanel } from '../frame/SidePanel';
import { useWords } from '../words/words-provider';
import classes from './audit.module.css';
import { auditEventQuery, type AuditChange, type AuditEventDetail } from './audit-queries';
import { wordOf } from './FilterBar';
import { isAmount, toldValue } from './told-value';

/** One event: what it changed, who did it from where, and its place in the chain. */
export function EventPanel({ seq, onClose }: { seq: number; onClose: () => void }) {
  const words = useWords();
  const own = words.audit;
  const event = useQuery(auditEventQuery(seq));
  return (
    <SidePanel
      subject={seq}
      title={own.eventTitle(formatDong(seq))}
      icon={<IconHistory size={18} aria-hidden="true" />}
      page={own.title}
      backLabel={own.back}
      closeLabel={own.close}
      onClose={onClose}
    >
      {event.isError ? (
        <FailedState error={event.error} what={own.whatOne} onRetry={() => void event.refetch()} />
      ) : event.data === undefined ? (
        <LoadingBlock what={own.whatOne} />
      ) : (
        <Event event={event.data} />
      )}
    </SidePanel>
  );
}

function Event({ event }: { event: AuditEventDetail }) {
  const { audit: own } = useWords();
  const { actor, actorRole, object, origin, changes, changesInAll } = event;
  return (
    <>
      <p className={classes.act}>{wordOf(own.actions, event.action)}</p>
      <dl className={classes.facts}>
        <div>
          <dt>{own.at}</dt>
          <dd>{formatMoment(event.at)}</dd>
        </div>
        <div>
          <dt>{own.actor}</dt>
          <dd>
            {actor.displayName ?? wordOf(own.roles, actor.username)} ({actor.username}, {wordOf(own.roles, actorRole)})
          </dd>
        </div>
        <div>
          <dt>{own.object}</dt>
          <dd>
            {wordOf(own.objectTypes, object.type)} {object.id}
          </dd>
        </div>
        <div>
          <dt>{own.origin}</dt>
          <dd>
            {[wordOf(own.via, origin.via), origin.address, origin.requestId]
              .filter((part) => part !== null)
              .join(' · ')}
          </dd>
        </div>
      </dl>
      <h3 className={classes.section}>{own.changes}</h3>
      {changes.length === 0 ? (
        <p className={classes.quiet}>{own.noChanges}</p>
      ) : (
        <ul className={classes.changes}>
          {changes.map((change) => (
            <ChangeLine key={change.field} change={change} />
          ))}
        </ul>
      )}
      {changesInAll > changes.length && (
        <p className={classes.quiet}>{own.moreChanges(formatDong(changesInAll - changes.length))}</p>
      )}
      <h3 className={classes.section}>{own.chain}</h3>
      <dl className={classes.facts}>
        <div>
          <dt>{own.hash}</dt>
          <dd className={classes.hash}>{event.hash}</dd>
        </div>
        <div>
          <dt>{own.previousHash}</dt>
          <dd className={classes.hash}>{event.previousHash}</dd>
        </div>
      </dl>
    </>
  );
}

function ChangeLine({ change }: { change: AuditChange }) {
  const { audit: own } = useWords();
  const { field } = change;
  const unit = isAmount(field) ? ' đồng' : '';
  const value = (given: unknown) => `${toldValue(given, field)}${typeof given === 'number' ? unit : ''}`;
  return (
    <li>
      <span className={classes.field}>{field === '' ? own.value : field}</span>
      {'before' in change && (
        <span className={classes.before}>
          <span className={classes.side}>{own.before}</span> {value(change.before)}
        </span>
      )}
      {'after' in change && (
        <span className={classes.after}>
          <span className={classes.side}>{'before' in change ? '→' : own.added}</span> {value(change.after)}
        </span>
      )}
    </li>
  );
}
