import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { instanceQuery } from '../client/queries';
import { useWords } from '../words/words-provider';
import { AccountMenu } from './AccountMenu';
import { useBooksNavigation } from './books-navigation';
import { InboxBell } from './InboxBell';
import { useFollowupNavigation } from './followup-navigation';
import { LanguageSwitch } from './LanguageSwitch';
import { Logo } from './Logo';
import { SearchBox } from './SearchBox';
import { ScreensMenu } from './ScreensMenu';
import { useSettingsNavigation } from './settings-navigation';
import classes from './TopBar.module.css';
import { useNavigation } from './use-navigation';

export function TopBar() {
  const words = useWords();
  const instance = useQuery(instanceQuery);
  const items = useNavigation();
  return (
    <header className={classes.bar}>
      <Link to="/" className={classes.brand}>
        <Logo />
        <span className={classes.product}>{words.product}</span>
        <span className={classes.province}>{instance.data?.provinceName}</span>
      </Link>
      <nav aria-label={words.nav.main} className={classes.nav}>
        {items.map((item) => (
          <Link key={item.to} to={item.to} className={classes.item} activeProps={{ 'aria-current': 'page' }}>
            {item.label}
            {item.waiting > 0 && (
              <span className={classes.count} aria-label={words.nav.waiting(item.waiting)} role="img">
                {item.waiting}
              </span>
            )}
          </Link>
        ))}
        <ScreensMenu label={words.nav.books} items={useBooksNavigation()} />
        <ScreensMenu label={words.tackling.menu} items={useFollowupNavigation()} />
        <ScreensMenu label={words.settings.menu} items={useSettingsNavigation()} />
      </nav>
      <div className={classes.tools}>
        <SearchBox />
        <InboxBell />
        <LanguageSwitch inBar />
        <AccountMenu />
      </div>
    </header>
  );
}
