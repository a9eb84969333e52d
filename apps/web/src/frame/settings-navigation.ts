import {
  IconAdjustmentsHorizontal,
  IconCalendarCog,
  IconFileSettings,
  IconHistory,
  IconMailCheck,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
  type TablerIcon,
} from '@tabler/icons-react';
import { useSession } from '../client/use-session';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';

export interface SettingsItem {
  to:
    | '/settings/teams'
    | '/settings/policies'
    | '/settings/calendar'
    | '/settings/bodies'
    | '/settings/document-templates'
    | '/settings/webhooks'
    | '/deliveries'
    | '/audit';
  label: string;
  icon: TablerIcon;
  /** A permission of the server's table (libs/kernel/permissions.ts); the session tells which ones one has. */
  needs: string;
}

const itemsOf = ({ settings, audit, deliveries, documents, tackling, webhooks }: Words): SettingsItem[] => [
  { to: '/settings/teams', label: settings.teams, icon: IconUsersGroup, needs: 'province.read' },
  { to: '/settings/bodies', label: tackling.bodies, icon: IconUsers, needs: 'province.read' },
  { to: '/settings/policies', label: settings.policies, icon: IconAdjustmentsHorizontal, needs: 'province.read' },
  { to: '/settings/calendar', label: settings.calendar, icon: IconCalendarCog, needs: 'province.read' },
  { to: '/deliveries', label: deliveries.title, icon: IconMailCheck, needs: 'deliveries.read' },
  { to: '/settings/webhooks', label: webhooks.title, icon: IconWebhook, needs: 'webhooks.manage' },
  {
    to: '/settings/document-templates',
    label: documents.templates,
    icon: IconFileSettings,
    needs: 'province.read',
  },
  { to: '/audit', label: audit.title, icon: IconHistory, needs: 'audit.read' },
];

/** What the office is set up by; empty for those who may look at none of it. */
export function useSettingsNavigation(): SettingsItem[] {
  const { permissions } = useSession();
  return itemsOf(useWords()).filter(({ needs }) => permissions.includes(needs));
}
