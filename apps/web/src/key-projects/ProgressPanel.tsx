import { Button } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconPencil, IconRoad, IconTrendingDown } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { instanceQuery, monthsQuery } from '../client/queries';
import { entersProgress } from '../client/rights';
import type { KeyProject, KeyProjectList } from '../client/types';
import { useSession } from '../client/use-session';
import { formatBillion } from '../format/amount';
import { parseMonth } from '../format/month';
import { formatPercent, formatPoints } from '../format/rate';
import { Chip } from '../frame/Chip';
import { ClearanceSection } from '../followup/ClearanceSection';
import { Marking } from '../frame/Marking';
import { SidePanel } from '../frame/SidePanel';
import { useWords } from '../words/words-provider';
import { LeafReport, ProgressFigures } from './LeafReport';
import { monthsToEnter } from './months-to-enter';
import { ProgressForm } from './ProgressForm';
import classes from './ProgressPanel.module.css';

interface ProgressPanelProps {
  project: KeyProject;
  list: KeyProjectList;
  onClose: () => void;
}

/** How far a key project is: why it counts as behind, what was done, what is next; and where progress is entered. */
export function ProgressPanel({ project, list, onClose }: ProgressPanelProps) {
  const words = useWords();
  const { progress } = words;
  const leaves = project.progress?.leaves ?? [];
  const shown = list.month === null ? null : parseMonth(list.month);
  return (
    <SidePanel
      subject={project.ordinal}
      title={project.name}
      icon={<IconRoad size={18} aria-hidden="true" />}
      page={words.keyProjects.title(list.year)}
      backLabel={progress.back}
      closeLabel={progress.close}
      onClose={onClose}
    >
      <div className={classes.state}>
        <StateChip project={project} />
        {shown !== null && (
          <span className={classes.until}>{progress.until(words.time.long(shown.number, shown.planYear))}</span>
        )}
      </div>
      <p className={classes.sentence}>{useSentence(project)}</p>
      {project.progress !== null && <ProgressFigures progress={project.progress} />}
      {leaves.map((leaf) => (
        <LeafReport key={leaf.project.code} leaf={leaf} shownMonth={list.month} isComponent={leaves.length > 1} />
      ))}
      {leaves.length > 0 && <Entering project={project} list={list} />}
      {project.projectCode !== null && <ClearanceSection code={project.projectCode} />}
      {list.illustrative && (
        <p className={classes.mark}>
          <Marking />
        </p>
      )}
    </SidePanel>
  );
}

export function StateChip({ project }: { project: KeyProject }) {
  const { progress } = useWords();
  if (project.state === 'no-data')
    return <Chip icon={<IconCircleDashed size={14} aria-hidden="true" />}>{progress.noData}</Chip>;
  if (project.state === 'on-track')
    return (
      <Chip tone="ok" icon={<IconCheck size={14} aria-hidden="true" />}>
        {progress.onTrack}
      </Chip>
    );
  return (
    <Chip tone="below" icon={<IconTrendingDown size={14} aria-hidden="true" />}>
      {progress.behind}
      {project.behindBecause !== null && `: ${progress.because[project.behindBecause]}`}
    </Chip>
  );
}

/** What the state rests on, in one sentence. */
function useSentence(project: KeyProject): string {
  const { progress } = useWords();
  if (project.state === 'no-data') return progress.noDataSentence;
  const { rate, averageRate, differencePoints } = project;
  const parts: string[] = [];
  if (rate !== null && averageRate !== null && differencePoints !== null)
    parts.push(
      progress.publicSentence(formatPercent(rate), formatPercent(averageRate), formatPoints(differencePoints)),
    );
  if (project.behindBecause === 'nothing-disbursed') parts.push(progress.nothingSentence);
  const { implementedDong = null, implementedPlanDong = null } = project.progress ?? {};
  if (project.capitalType !== 'public' && implementedDong !== null && implementedPlanDong !== null) {
    parts.push(progress.planSentence(formatBillion(implementedDong), formatBillion(implementedPlanDong)));
    if (implementedDong < implementedPlanDong)
      parts.push(progress.short(formatBillion(implementedPlanDong - implementedDong)));
  }
  return parts.join(' ');
}

function Entering({ project, list }: { project: KeyProject; list: KeyProjectList }) {
  const words = useWords();
  const { role } = useSession();
  const [open, setOpen] = useState(false);
  const wasOpen = useRef(false);
  const instance = useQuery(instanceQuery);
  const months = useQuery({ ...monthsQuery(list.year), enabled: entersProgress(role) });
  if (!entersProgress(role) || months.data === undefined || instance.data === undefined) return null;
  const entered = monthsToEnter(months.data.items, instance.data.businessDate);
  const first = entered[0];
  if (first === undefined) return <p className={classes.quiet}>{words.progress.noOpenMonth}</p>;
  if (open) return <ProgressForm project={project} list={list} months={entered} onCancel={() => setOpen(false)} />;
  return (
    <Button
      // Back from the form, the keyboard goes on where it was opened.
      ref={(button) => {
        if (button === null || !wasOpen.current) return;
        wasOpen.current = false;
        button.focus();
      }}
      leftSection={<IconPencil size={16} aria-hidden="true" />}
      onClick={() => {
        wasOpen.current = true;
        setOpen(true);
      }}
    >
      {words.progress.enter(words.time.long(first.number, first.planYear).toLowerCase())}
    </Button>
  );
}
