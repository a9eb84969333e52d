import { IconCircleCheck, IconSpeakerphone } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { releaseAnnouncement } from '../client/commands';
import { preparesMonths, releasesAnnouncements } from '../client/rights';
import type { Month, Overview } from '../client/types';
import { useSession } from '../client/use-session';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { useWords } from '../words/words-provider';
import { ClosingCard } from './ClosingCard';
import classes from './MonthDuties.module.css';

/** What is left to do on a month that has a result: release its announcement, or close it again after reopening. */
export function MonthDuties({ item, overview }: { item: Month; overview: Overview }) {
  const words = useWords();
  const session = useSession();
  const queryClient = useQueryClient();

  if (item.state === 'reopened') {
    return (
      <div className={classes.reopened}>
        <p className={classes.duty}>{words.month.reopenedNote(overview.month.version)}</p>
        {preparesMonths(session.role) && <ClosingCard item={item} />}
      </div>
    );
  }
  if (item.announcement !== 'draft' || !preparesMonths(session.role)) return null;
  const isCloser = item.closedBy !== null && [session.username, session.displayName].includes(item.closedBy);
  return (
    <div className={classes.duty}>
      <IconSpeakerphone size={17} aria-hidden="true" />
      <strong>{words.release.draft}</strong>
      {releasesAnnouncements(session.role) ? (
        <div className={classes.command}>
          <ConfirmCommand
            label={words.release.command}
            icon={<IconCircleCheck size={16} aria-hidden="true" />}
            blockedBy={isCloser ? words.release.sameAsCloser : undefined}
            title={words.release.title(item.number, item.planYear)}
            consequencesTitle={words.release.consequences}
            consequences={[
              words.release.published(overview.belowCount, overview.flaggedCount),
              words.release.letters,
              words.release.noRewrite,
            ]}
            confirmLabel={words.release.confirm(item.number)}
            backLabel={words.release.back}
            refusedLabel={words.release.refused}
            run={(key) => releaseAnnouncement(item.month, key)}
            onDone={() =>
              queryClient.invalidateQueries({
                predicate: ({ queryKey }) => ['months', 'overview', 'notices'].includes(String(queryKey[0])),
              })
            }
          />
        </div>
      ) : (
        <Chip>{words.release.waits}</Chip>
      )}
    </div>
  );
}
