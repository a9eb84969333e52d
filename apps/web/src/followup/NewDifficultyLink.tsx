import { Link } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';

/** Where what blocks a project or a unit comes to light: the record begins with its subject. */
export function NewDifficultyLink({ subject }: { subject: { project: string } | { unit: string } }) {
  const say = useWords().tackling.difficulty;
  const { permissions } = useSession();
  if (!permissions.includes('difficulties.record')) return null;
  return (
    <Link to="/difficulties/new" search={subject} className={`${table.link} screenOnly`}>
      {say.record}
    </Link>
  );
}
