import { IconCircleCheck, IconClock } from '@tabler/icons-react';
import { formatMoment } from '../format/date';
import { useWords } from '../words/words-provider';
import type { Administration } from './account-client';
import classes from './accounts.module.css';
import { SecretOnce } from './SecretOnce';

/** What came of an act: done, waiting, done alone; and the link, this one time. */
export function OutcomeNote({ outcome, onKept }: { outcome: Administration; onKept: () => void }) {
  const words = useWords();
  const { outcome: say, link: ofLink } = words.accounts;
  const { account, request, link } = outcome;
  const name = account?.displayName ?? request?.displayName ?? '';
  const isWaiting = request?.state === 'requested';
  return (
    <>
      <p role="status" className={classes.told}>
        {isWaiting ? <IconClock size={18} aria-hidden="true" /> : <IconCircleCheck size={18} aria-hidden="true" />}
        <span>
          {isWaiting ? say.waits(name) : say.done(name)}
          {request?.isAlone && ` ${say.alone}`}
        </span>
      </p>
      {link !== null && (
        <SecretOnce
          title={ofLink.title}
          means={ofLink.means(name, formatMoment(link.expiresAt))}
          text={`${window.location.origin}/link#${link.secret}`}
          copyLabel={ofLink.copy}
          keptLabel={ofLink.kept}
          onKept={onKept}
        />
      )}
    </>
  );
}
