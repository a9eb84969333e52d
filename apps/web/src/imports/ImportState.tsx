import {
  IconAlertCircle,
  IconCircleCheck,
  IconClock,
  IconLoader,
  IconPencilCheck,
  IconTrash,
} from '@tabler/icons-react';
import { Chip } from '../frame/Chip';
import { useWords } from '../words/words-provider';
import type { Import } from './types';

const ICON = {
  waiting: <IconClock size={14} aria-hidden="true" />,
  reading: <IconLoader size={14} aria-hidden="true" />,
  ready: <IconPencilCheck size={14} aria-hidden="true" />,
  committed: <IconCircleCheck size={14} aria-hidden="true" />,
  failed: <IconAlertCircle size={14} aria-hidden="true" />,
  discarded: <IconTrash size={14} aria-hidden="true" />,
};

const TONE = {
  waiting: 'plain',
  reading: 'plain',
  ready: 'accent',
  committed: 'ok',
  failed: 'late',
  discarded: 'plain',
} as const;

export function ImportState({ state }: { state: Import['state'] }) {
  const words = useWords();
  return (
    <Chip tone={TONE[state]} icon={ICON[state]}>
      {words.imports.states[state]}
    </Chip>
  );
}
