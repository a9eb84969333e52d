import { Menu } from '@mantine/core';
import { IconKey, IconUsers } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { useWords } from '../words/words-provider';

/** Entries of the account menu: one's own tokens, and accounts for those who read or confirm them. */
export function PeopleItems() {
  const { accounts: say } = useWords();
  const { permissions } = useSession();
  const sees = permissions.includes('accounts.read') || permissions.includes('accounts.confirm');
  return (
    <>
      {sees && (
        <Menu.Item
          component={Link}
          to="/accounts"
          leftSection={<IconUsers size={16} stroke={1.6} aria-hidden="true" />}
        >
          {say.nav}
        </Menu.Item>
      )}
      {permissions.includes('self.manage') && (
        <Menu.Item component={Link} to="/tokens" leftSection={<IconKey size={16} stroke={1.6} aria-hidden="true" />}>
          {say.navTokens}
        </Menu.Item>
      )}
    </>
  );
}
