import { IconAlertCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { sendsImports } from '../client/rights';
import { useSession } from '../client/use-session';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import { lettersOf } from './read-values';
import { TeachCard } from './TeachCard';
import type { Import } from './types';

/** Why a file was not taken and what to do instead; where its columns can be told, telling them is the way on. */
export function RefusedFile({ file }: { file: Import }) {
  const { imports: own } = useWords();
  const session = useSession();
  const problems = file.failure?.problems ?? [];
  const canTeach = sendsImports(session.role) && file.reading !== null && file.reading.columns.length > 0;
  return (
    <div className={classes.stack}>
      <StateBox
        icon={<IconAlertCircle size={22} />}
        title={own.refusedTitle}
        alert
        actions={
          <Link to="/imports" search={{ kind: file.kind }} className={classes.button}>
            {own.sendOther}
          </Link>
        }
      >
        {problems.length === 0 ? (
          <p>{file.failure?.detail}</p>
        ) : (
          <ul className={classes.problems} aria-label={own.refusedWhere}>
            {problems.map(({ column, code, detail }) => (
              <li key={`${column} ${code} ${detail}`}>
                <strong>{column === null ? own.wholeFile : own.columnAt(lettersOf(column))}</strong> {detail}
              </li>
            ))}
          </ul>
        )}
      </StateBox>
      {canTeach && file.reading !== null && <TeachCard file={file} reading={file.reading} />}
    </div>
  );
}
