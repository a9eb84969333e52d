import { Menu } from '@mantine/core';
import { IconChevronDown, type TablerIcon } from '@tabler/icons-react';
import { Link, useLocation, type LinkProps } from '@tanstack/react-router';
import classes from './TopBar.module.css';

interface ScreensMenuProps {
  label: string;
  items: readonly { to: LinkProps['to'] & string; label: string; icon: TablerIcon }[];
}

/** Screens under one heading of the bar, so that the bar stays short; nothing for who has none of them. */
export function ScreensMenu({ label, items }: ScreensMenuProps) {
  const { pathname } = useLocation();
  if (items.length === 0) return null;
  const isHere = items.some(({ to }) => pathname === to || pathname.startsWith(`${to}/`));
  return (
    <Menu position="bottom-start" width={272}>
      <Menu.Target>
        <button type="button" className={classes.item} aria-current={isHere ? 'page' : undefined}>
          {label}
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        {items.map(({ to, label: name, icon: Icon }) => (
          <Menu.Item key={to} component={Link} to={to} leftSection={<Icon size={16} stroke={1.6} aria-hidden="true" />}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
