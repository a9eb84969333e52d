import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { instanceQuery } from '../client/queries';
import { LanguageSwitch } from '../frame/LanguageSwitch';
import { Logo } from '../frame/Logo';
import { Marking } from '../frame/Marking';
import { MarkingStrip } from '../frame/MarkingStrip';
import { OfflineBanner } from '../frame/OfflineBanner';
import { useWords } from '../words/words-provider';
import classes from './SignInScreen.module.css';
import { ThemeSwitch } from './ThemeSwitch';

/** What stands around every page that nobody is signed in on. */
export function SignInShell({ title, isAlone, children }: { title: string; isAlone: boolean; children: ReactNode }) {
  const words = useWords();
  const instance = useQuery(instanceQuery);
  return (
    <div className={classes.page}>
      <title>{`${title} · ${words.product}`}</title>
      <header className={classes.bar}>
        <span className={classes.brand}>
          <Logo />
          {words.product}
        </span>
        <span className={classes.tools}>
          <LanguageSwitch />
          <ThemeSwitch />
        </span>
      </header>
      <MarkingStrip />
      <OfflineBanner />
      <main className={classes.columns} data-alone={isAlone || undefined}>
        {children}
      </main>
      {instance.data?.illustrative === true && (
        <p className="printOnly">
          <Marking />
        </p>
      )}
    </div>
  );
}
