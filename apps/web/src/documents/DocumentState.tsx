import { IconCheck, IconClock, IconPencil, IconRefreshAlert } from '@tabler/icons-react';
import { Chip } from '../frame/Chip';
import { useWords } from '../words/words-provider';
import type { OfficialDocument } from './documents-client';

/** How far a document is, in a word with its icon. */
export function DocumentState({ document }: { document: OfficialDocument }) {
  const { documents: say } = useWords();
  if (document.state === 'issued')
    return (
      <Chip tone="ok" icon={<IconCheck size={14} aria-hidden="true" />}>
        {say.issued}
      </Chip>
    );
  if (document.outdated)
    return (
      <Chip tone="below" icon={<IconRefreshAlert size={14} aria-hidden="true" />}>
        {say.outdated}
      </Chip>
    );
  return document.ready ? (
    <Chip tone="accent" icon={<IconClock size={14} aria-hidden="true" />}>
      {say.ready}
    </Chip>
  ) : (
    <Chip icon={<IconPencil size={14} aria-hidden="true" />}>{say.notReleased}</Chip>
  );
}
