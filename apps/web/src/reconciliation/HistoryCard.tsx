import { useQuery } from '@tanstack/react-query';
import { formatDong } from '../format/amount';
import { formatDay, formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { useWords } from '../words/words-provider';
import classes from './HistoryCard.module.css';
import { historyQuery } from './reconciliation-queries';

interface Happening {
  id: string;
  at: string;
  by: string;
  what: string;
  more: string[];
}

/** Statements, answers and signatures of the month, newest first: nothing is taken out of it. */
export function HistoryCard({ month }: { month: string }) {
  const words = useWords().reconciliation;
  const history = useQuery(historyQuery(month));
  const happenings = (): Happening[] => {
    if (history.data === undefined) return [];
    const { statements, resolutions, signOffs } = history.data;
    return [
      ...statements.map(({ version, asOf, documentNo, lines, importedAt, importedBy }) => ({
        id: `statement ${version}`,
        at: importedAt,
        by: importedBy,
        what: words.historyStatement(version, formatDay(asOf)),
        more: [documentNo, lines === null ? null : words.historyLines(lines)].filter((part) => part !== null),
      })),
      ...resolutions.map(({ id, kind, project, sourceCode, cause, note, booksDong, treasuryDong, at, by }) => ({
        id: `resolution ${id}`,
        at,
        by,
        what: kind === 'note' ? words.historyNote(project.name) : words.historyEntry(project.name),
        more: [
          `${sourceCode} · ${words.causes[cause as keyof typeof words.causes]}`,
          note,
          words.answeredThen(formatDong(booksDong), formatDong(treasuryDong)),
        ],
      })),
      ...signOffs.map(({ action, reason, at, by }) => ({
        id: `sign-off ${at}`,
        at,
        by,
        what: action === 'signed' ? words.historySigned : words.historyWithdrawn,
        more: reason === null ? [] : [reason],
      })),
    ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  };
  return (
    <Card title={words.history}>
      {history.isError ? (
        <FailedState error={history.error} what={words.whatHistory} onRetry={() => void history.refetch()} />
      ) : history.data === undefined ? (
        <LoadingBlock what={words.whatHistory} />
      ) : happenings().length === 0 ? (
        <p className={classes.none}>{words.historyNone}</p>
      ) : (
        // Focusable, so that the keyboard can scroll it.
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.history}>
          <ol className={classes.history}>
            {happenings().map(({ id, at, by, what, more }) => (
              <li key={id}>
                <p className={classes.what}>{what}</p>
                {more.map((line) => (
                  <p key={line}>{line}</p>
                ))}
                <p className={classes.who}>{words.answeredBy(by, formatMoment(at))}</p>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Card>
  );
}
