import { Link } from '@tanstack/react-router';
import { useWords } from '../words/words-provider';
import classes from './PhoneTabs.module.css';
import { useNavigation } from './use-navigation';

/** The menu within reach of a thumb; the bar on top hides its own on narrow screens. */
export function PhoneTabs() {
  const words = useWords();
  const items = useNavigation().filter(({ isWideOnly }) => !isWideOnly);
  return (
    <nav aria-label={words.nav.main} className={classes.tabs}>
      {items.map(({ to, shortLabel, icon: Icon, waiting }) => (
        <Link key={to} to={to} className={classes.tab} activeProps={{ 'aria-current': 'page' }}>
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          <span>
            {shortLabel}
            {waiting > 0 && (
              <span className={classes.count} role="img" aria-label={words.nav.waiting(waiting)}>
                {waiting}
              </span>
            )}
          </span>
        </Link>
      ))}
    </nav>
  );
}
