import { useQuery } from '@tanstack/react-query';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { sendsImports } from '../client/rights';
import { useSession } from '../client/use-session';
import { useWords } from '../words/words-provider';
import { offeredQuery } from './import-queries';
import { ImportsCard } from './ImportsCard';
import classes from './imports.module.css';
import { SendCard } from './SendCard';

/** Send a file, and what became of those sent before. */
export function ImportsScreen() {
  const words = useWords();
  const session = useSession();
  const maySend = sendsImports(session.role);
  const offered = useQuery({ ...offeredQuery, enabled: maySend });
  return (
    <>
      <PageHead title={words.imports.title}>
        <span className={classes.quiet}>{maySend ? words.imports.nothingBooked : words.imports.onlyRead}</span>
      </PageHead>
      <div className={classes.stack}>
        {maySend &&
          (offered.isError ? (
            <FailedState error={offered.error} what={words.imports.what} onRetry={() => void offered.refetch()} />
          ) : offered.data === undefined ? (
            <LoadingBlock what={words.imports.what} />
          ) : (
            <SendCard offered={offered.data} />
          ))}
        <ImportsCard />
      </div>
    </>
  );
}
