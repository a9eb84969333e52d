import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useWords } from '../words/words-provider';
import { useSettingsNavigation } from './settings-navigation';
import classes from './TopBar.module.css';

/** The screens by which the office is set up, under one heading of the bar. */
export function SettingsMenu() {
  const words = useWords();
  const items = useSettingsNavigation();
  const { pathname } = useLocation();
  if (items.length === 0) return null;
  const isHere = items.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <Menu position="bottom-start" width={272}>
      <Menu.Target>
        <button type="button" className={classes.item} aria-current={isHere ? 'page' : undefined}>
          {words.settings.menu}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={words.settings.menu}>
        {items.map(({ to, label, icon: Icon }) => (
          <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
