import { Menu, useMantineColorScheme } from '@mantine/core';
import {
  IconChevronDown,
  IconDeviceDesktop,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconShieldLock,
  IconSun,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { signOut } from '../client/commands';
import { sessionQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { useSpeech } from '../words/words-provider';
import classes from './AccountMenu.module.css';
import { useBooksNavigation } from './books-navigation';
import { useFollowupNavigation } from './followup-navigation';
import { useSettingsNavigation } from './settings-navigation';
import { PeopleItems } from './PeopleItems';

const THEMES = [
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
  { value: 'auto', icon: IconDeviceDesktop },
] as const;

const LANGUAGES = [
  { language: 'vi', name: 'Tiếng Việt' },
  { language: 'en', name: 'English' },
] as const;

export function AccountMenu() {
  const { words, language, setLanguage } = useSpeech();
  const session = useSession();
  const books = useBooksNavigation();
  const followup = useFollowupNavigation();
  const settings = useSettingsNavigation();
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      queryClient.setQueryData(sessionQuery.queryKey, null);
      await navigate({ to: '/sign-in' });
      // After the screens are gone, so that none of them asks again without a session.
      queryClient.removeQueries({
        predicate: (query) => query.queryKey[0] !== 'session' && query.queryKey[0] !== 'instance',
      });
    },
  });

  return (
    <Menu position="bottom-end" width={232}>
      <Menu.Target>
        <button type="button" className={classes.button} aria-label={words.account.menu(session.displayName)}>
          <span className={classes.name}>{session.displayName}</span>
          <IconChevronDown size={14} className={classes.chevron} aria-hidden="true" />
          <IconMenu2 size={20} className={classes.burger} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={words.account.menu(session.displayName)}>
        <Menu.Label>{[...new Set([session.displayName, words.account.roles[session.role]])].join(' · ')}</Menu.Label>
        <div className={classes.books}>
          {books.length > 0 && <Menu.Label>{words.nav.books}</Menu.Label>}
          {books.map(({ to, label, icon: Icon }) => (
            <Menu.Item
              key={to}
              component={Link}
              to={to}
              leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}
            >
              {label}
            </Menu.Item>
          ))}
          {followup.length > 0 && <Menu.Label>{words.tackling.menu}</Menu.Label>}
          {followup.map(({ to, label, icon: Icon }) => (
            <Menu.Item
              key={to}
              component={Link}
              to={to}
              leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}
            >
              {label}
            </Menu.Item>
          ))}
          {settings.length > 0 && <Menu.Label>{words.settings.menu}</Menu.Label>}
          {settings.map(({ to, label, icon: Icon }) => (
            <Menu.Item
              key={to}
              component={Link}
              to={to}
              leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}
            >
              {label}
            </Menu.Item>
          ))}
        </div>
        <PeopleItems />
        <Menu.Divider />
        <Menu.Label>{words.account.theme}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as typeof colorScheme)}>
          {THEMES.map(({ value, icon: Icon }) => (
            <Menu.RadioItem key={value} value={value} rightSection={<Icon size={16} aria-hidden="true" />}>
              {words.account[value]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Label>{words.account.language}</Menu.Label>
        <Menu.RadioGroup value={language} onChange={(value) => setLanguage(value as typeof language)}>
          {LANGUAGES.map((option) => (
            <Menu.RadioItem key={option.language} value={option.language} lang={option.language}>
              {option.name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/own-security"
          leftSection={<IconShieldLock size={16} stroke={1.6} aria-hidden="true" />}
        >
          {words.security.title}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden="true" />} onClick={() => leave.mutate()}>
          {words.account.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
