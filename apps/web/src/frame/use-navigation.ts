import {
  IconBuildingCommunity,
  IconCalendarMonth,
  IconClipboardCheck,
  IconInbox,
  IconRoad,
  IconTable,
  type TablerIcon,
} from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { noticesQuery } from '../client/queries';
import { homeOf, seesProvince } from '../client/rights';
import type { Session } from '../client/types';
import { useSession } from '../client/use-session';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';

export interface NavigationItem {
  to: '/months' | '/grid' | '/units' | '/key-projects' | '/notices' | '/inspections';
  /** On a phone four tabs fit, and figures are not typed there. */
  isWideOnly?: true;
  label: string;
  shortLabel: string;
  icon: TablerIcon;
  waiting: number;
}

function itemsOf(session: Session, words: Words, waiting: number): NavigationItem[] {
  const { nav } = words;
  const month: NavigationItem = {
    to: '/months',
    label: nav.month,
    shortLabel: nav.month,
    icon: IconCalendarMonth,
    waiting: 0,
  };
  const ownUnit = homeOf(session).to === '/units/$code';
  const unitsLabel = ownUnit ? nav.myUnit : nav.units;
  const units: NavigationItem = {
    to: '/units',
    label: unitsLabel,
    shortLabel: nav.units,
    icon: IconBuildingCommunity,
    waiting: 0,
  };
  const projects: NavigationItem = {
    to: '/key-projects',
    label: nav.keyProjects,
    shortLabel: nav.keyProjectsShort,
    icon: IconRoad,
    waiting: 0,
  };
  const notices: NavigationItem = {
    to: '/notices',
    label: nav.notices,
    shortLabel: nav.notices,
    icon: IconInbox,
    waiting,
  };
  const inspections: NavigationItem = {
    to: '/inspections',
    label: nav.inspections,
    shortLabel: nav.inspections,
    icon: IconClipboardCheck,
    waiting: 0,
  };
  const grid: NavigationItem = {
    to: '/grid',
    label: nav.grid,
    shortLabel: nav.grid,
    icon: IconTable,
    waiting: 0,
    isWideOnly: true,
  };
  if (seesProvince(session.role)) return [month, grid, units, projects, notices];
  return session.role === 'inspector' ? [notices, inspections, units] : [units, grid, notices];
}

/** The menu of the person signed in, first the screen that their role opens in the morning. */
export function useNavigation(): NavigationItem[] {
  const session = useSession();
  const words = useWords();
  // The same read that the notices screen opens with, so the count costs nothing more there.
  const notices = useInfiniteQuery(noticesQuery('new'));
  return itemsOf(session, words, notices.data?.pages[0]?.waiting ?? 0);
}
