import { IconBarrierBlock, IconChartLine, IconUsersGroup, type TablerIcon } from '@tabler/icons-react';
import { useSession } from '../client/use-session';
import { useWords } from '../words/words-provider';

export interface FollowupItem {
  to: '/difficulties' | '/meetings' | '/effects';
  label: string;
  icon: TablerIcon;
}

/** From flag to effect: what blocks, who meets about it, whether it helped. */
export function useFollowupNavigation(): FollowupItem[] {
  const { permissions } = useSession();
  const { tackling } = useWords();
  const items: (FollowupItem & { needs: string })[] = [
    { to: '/difficulties', label: tackling.difficulties, icon: IconBarrierBlock, needs: 'books.read' },
    { to: '/meetings', label: tackling.meetings, icon: IconUsersGroup, needs: 'meetings.read' },
    { to: '/effects', label: tackling.effects, icon: IconChartLine, needs: 'province.read' },
  ];
  return items.filter(({ needs }) => permissions.includes(needs));
}
