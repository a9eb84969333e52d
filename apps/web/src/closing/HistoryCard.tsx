import type { ClosingSheet } from '../client/types';
import { formatDong } from '../format/amount';
import { formatDay, formatDayOf } from '../format/date';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import classes from './ClosingScreen.module.css';

/** Every close, every reopening and every decision of the month, newest first: nothing of it is ever taken away. */
export function HistoryCard({ sheet }: { sheet: ClosingSheet }) {
  const words = useWords();
  return (
    <Card title={words.sheet.versions}>
      <dl className={classes.history}>
        {sheet.versions.map((version) => (
          <div key={version.version}>
            <dt>{words.sheet.version(version.version)}</dt>
            <dd>
              {words.sheet.closedBy(
                version.closedBy,
                version.closedOn === null ? formatDayOf(version.closedAt) : formatDay(version.closedOn),
              )}
              {version.anewOf !== null && `, ${words.sheet.anewOf(parseMonth(version.anewOf).number)}`}
              {version.seal !== null && (
                <p className={classes.seal}>{words.audit.seal(formatDong(version.seal.seq), version.seal.hash)}</p>
              )}
            </dd>
          </div>
        ))}
        {sheet.reopenings.map((reopening) => (
          <div key={`${reopening.monthVersion} ${reopening.requestedAt}`}>
            <dt>
              {words.sheet.reopen}, {words.sheet.version(reopening.monthVersion).toLowerCase()}
            </dt>
            <dd>
              {words.sheet.reopeningStates[reopening.state]} ·{' '}
              {reopening.decidedBy === null
                ? reopening.requestedBy
                : words.sheet.reopeningBy(reopening.requestedBy, reopening.decidedBy)}
              <p className={classes.means}>{reopening.reason}</p>
            </dd>
          </div>
        ))}
        {sheet.decisions.map((decision) => (
          <div key={`${decision.monthVersion} ${decision.kind} ${decision.subject}`}>
            <dt>
              {decision.name}, {words.sheet.kinds[decision.kind]}
            </dt>
            <dd>
              {words.sheet.decidedBy(decision.decidedBy, decision.monthVersion)}
              <p className={classes.means}>{decision.note}</p>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
