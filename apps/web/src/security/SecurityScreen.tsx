import { useQuery } from '@tanstack/react-query';
import { useSession } from '../client/use-session';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import { securityQuery } from './commands';
import { EmailCard } from './EmailCard';
import { PasswordCard } from './PasswordCard';
import { SecondFactorCard } from './SecondFactorCard';
import classes from './security.module.css';
import { SessionsCard } from './SessionsCard';

/** One's own password, second factor and sessions. */
export function SecurityScreen() {
  const words = useWords();
  const say = words.security;
  const { username } = useSession();
  const security = useQuery(securityQuery);
  if (security.isError)
    return <FailedState what={say.title} error={security.error} onRetry={() => void security.refetch()} />;
  return (
    <>
      <PageHead title={say.title} />
      {security.data === undefined ? (
        <LoadingBlock what={say.title} />
      ) : (
        <>
          {security.data.fixed && <p className={classes.note}>{say.fixed}</p>}
          {!security.data.hasPassword && <p className={classes.note}>{say.password.none}</p>}
          <div className={classes.columns}>
            {!security.data.fixed && <SecondFactorCard security={security.data} />}
            {!security.data.fixed && security.data.hasPassword && <PasswordCard username={username} />}
            <EmailCard email={security.data.email} />
            <SessionsCard />
          </div>
        </>
      )}
    </>
  );
}
