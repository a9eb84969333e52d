import { IconCalculator } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { explanationQuery } from '../../client/queries';
import type { Month, Overview } from '../../client/types';
import { FailedState } from '../../frame/FailedState';
import { LoadingBlock } from '../../frame/LoadingBlock';
import { Marking } from '../../frame/Marking';
import { SidePanel } from '../../frame/SidePanel';
import { useWords } from '../../words/words-provider';
import { HowProvince } from './HowProvince';
import { HowUnit } from './HowUnit';

interface HowPanelProps {
  overview: Overview;
  item: Month;
  unit: string | undefined;
  onClose: () => void;
}

/** "How was this computed?": beside the table, so that the row it explains stays in sight. */
export function HowPanel({ overview, item, unit, onClose }: HowPanelProps) {
  const words = useWords();
  const row = overview.units.find((candidate) => candidate.code === unit);
  const explanation = useQuery({ ...explanationQuery(item.month, unit ?? ''), enabled: unit !== undefined });
  return (
    <SidePanel
      subject={unit ?? ''}
      title={
        unit === undefined
          ? words.how.titleProvince(item.number)
          : words.how.title(explanation.data?.unit.name ?? row?.name ?? unit, item.number)
      }
      icon={<IconCalculator size={18} aria-hidden="true" />}
      page={words.time.long(item.number, item.planYear)}
      backLabel={words.how.backTo(item.number)}
      closeLabel={words.how.closePanel}
      onClose={onClose}
    >
      {unit === undefined ? (
        <HowProvince overview={overview} />
      ) : explanation.isError ? (
        <FailedState error={explanation.error} what={words.how.what} onRetry={() => void explanation.refetch()} />
      ) : explanation.data === undefined ? (
        <LoadingBlock what={words.how.what} />
      ) : (
        <HowUnit explanation={explanation.data} overview={overview} item={item} />
      )}
      {overview.illustrative && <Marking />}
    </SidePanel>
  );
}
