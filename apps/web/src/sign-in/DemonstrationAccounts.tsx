import type { Instance } from '../client/types';
import { useWords } from '../words/words-provider';
import classes from './DemonstrationAccounts.module.css';

interface DemonstrationAccountsProps {
  accounts: Instance['demonstrationAccounts'];
  chosen: string;
  onChoose: (username: string) => void;
}

/** Fills in the user name only: the password is never on a screen. */
export function DemonstrationAccounts({ accounts, chosen, onChoose }: DemonstrationAccountsProps) {
  const words = useWords();
  return (
    <section aria-labelledby="demonstration-title" className={classes.section}>
      <div className={classes.head}>
        <h2 id="demonstration-title">{words.signIn.demonstration}</h2>
        <span className={classes.mark}>{words.signIn.onlyHere}</span>
      </div>
      <p className={classes.explain}>{words.signIn.choose}</p>
      <ul className={classes.list}>
        {accounts.map((account) => (
          <li key={account.username}>
            <button
              type="button"
              className={classes.account}
              aria-pressed={account.username === chosen}
              onClick={() => onChoose(account.username)}
            >
              <span className={classes.name}>{account.displayName}</span>
              <span className={classes.username}>{account.username}</span>
              <span className={classes.does}>{words.account.roleDoes[account.role]}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
