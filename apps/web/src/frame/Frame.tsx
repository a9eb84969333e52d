import { Outlet, useRouterState } from '@tanstack/react-router';
import { useWords } from '../words/words-provider';
import classes from './Frame.module.css';
import { MarkingStrip } from './MarkingStrip';
import { OfflineBanner } from './OfflineBanner';
import { PhoneTabs } from './PhoneTabs';
import { TopBar } from './TopBar';

/** What stands around every screen: skip link, bar, marking, content, tabs on a phone. */
export function Frame() {
  const words = useWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {words.skipToContent}
      </a>
      <TopBar />
      <MarkingStrip />
      <OfflineBanner />
      <main id="content" tabIndex={-1} className={classes.content} data-path={path}>
        <Outlet />
      </main>
      <PhoneTabs />
    </div>
  );
}
