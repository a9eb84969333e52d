import { IconHistory } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { useWords } from '../words/words-provider';
import classes from './audit.module.css';

/** From an object to all that was done to it, for who may read the audit trail. */
export function HistoryLink({ type, id }: { type: string; id: string }) {
  const { audit: own } = useWords();
  const { permissions } = useSession();
  if (!permissions.includes('audit.read')) return null;
  return (
    <Link to="/audit" search={{ objectType: type, objectId: id }} className={`${classes.history} screenOnly`}>
      <IconHistory size={16} aria-hidden="true" />
      {own.history}
    </Link>
  );
}
