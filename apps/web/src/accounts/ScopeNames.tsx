import type { Named, Role } from '../client/types';
import { useWords } from '../words/words-provider';

const SHOWN = 3;

interface ScopeNamesProps {
  role: Role;
  units: Named[];
  teams: Named[];
  /** All of them, not the first few. */
  whole?: boolean;
}

/** Whose rows an account sees, in words. */
export function ScopeNames({ role, units, teams, whole = false }: ScopeNamesProps) {
  const { accounts: say } = useWords();
  if (role !== 'reporter' && role !== 'inspector') return <>{say.allRows}</>;
  const names = [...units, ...teams].map(({ name }) => name);
  if (names.length === 0) return <>{say.noRows}</>;
  const shown = whole ? names : names.slice(0, SHOWN);
  return (
    <>
      {shown.join(', ')}
      {names.length > shown.length && ` ${say.more(names.length - shown.length)}`}
    </>
  );
}
