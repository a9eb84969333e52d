import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconClipboardCheck,
  IconFileCertificate,
  IconFileImport,
  IconFiles,
  IconHourglass,
  IconLock,
  IconMessageReport,
  IconSitemap,
  type TablerIcon,
} from '@tabler/icons-react';
import { seesProvince } from '../client/rights';
import type { Session } from '../client/types';
import { useSession } from '../client/use-session';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';

export interface BooksItem {
  to:
    | '/imports'
    | '/inspections'
    | '/answers'
    | '/reconciliation'
    | '/closing'
    | '/decisions'
    | '/advances'
    | '/entry-warnings'
    | '/reorganisations'
    | '/documents';
  label: string;
  icon: TablerIcon;
}

function itemsOf({ role }: Session, { nav, documents }: Words): BooksItem[] {
  const items: (BooksItem & { isFor: boolean })[] = [
    { to: '/imports', label: nav.imports, icon: IconFileImport, isFor: role === 'staff' || role === 'reporter' },
    { to: '/reconciliation', label: nav.reconciliation, icon: IconArrowsExchange, isFor: role !== 'inspector' },
    { to: '/closing', label: nav.closing, icon: IconLock, isFor: seesProvince(role) },
    { to: '/decisions', label: nav.decisions, icon: IconFileCertificate, isFor: role !== 'inspector' },
    { to: '/advances', label: nav.advances, icon: IconHourglass, isFor: role !== 'inspector' },
    { to: '/entry-warnings', label: nav.warnings, icon: IconAlertTriangle, isFor: role !== 'inspector' },
    { to: '/inspections', label: nav.inspections, icon: IconClipboardCheck, isFor: role !== 'inspector' },
    { to: '/answers', label: nav.answers, icon: IconMessageReport, isFor: role !== 'inspector' },
    { to: '/documents', label: documents.title, icon: IconFiles, isFor: true },
    { to: '/reorganisations', label: nav.reorganisations, icon: IconSitemap, isFor: seesProvince(role) },
  ];
  return items.filter(({ isFor }) => isFor);
}

/** What is done with the books beside the month's own screen; empty for those who only receive notices. */
export function useBooksNavigation(): BooksItem[] {
  const session = useSession();
  return itemsOf(session, useWords());
}
