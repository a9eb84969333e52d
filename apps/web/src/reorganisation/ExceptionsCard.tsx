import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { fold } from '../format/fold';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { useWords } from '../words/words-provider';
import type { Choices, Draft } from './draft';
import { unitProjectsQuery } from '../client/queries';
import classes from './reorganisation.module.css';
import { SuccessorSelect } from './SuccessorSelect';

interface ExceptionsCardProps {
  ended: { code: string; name: string }[];
  exceptions: Draft['exceptions'];
  choices: Choices;
  onChange: (exceptions: Draft['exceptions']) => void;
}

/** Projects that do not follow their unit: unit by unit, opened when needed. */
export function ExceptionsCard({ ended, exceptions, choices, onChange }: ExceptionsCardProps) {
  const words = useWords();
  const [text, setText] = useState('');
  const chosen = Object.values(exceptions).filter((code) => code !== '').length;
  return (
    <Card
      title={words.reorganisation.exceptions}
      subtitle={words.reorganisation.exceptionsHint}
      right={words.reorganisation.exceptionsChosen(chosen)}
    >
      {ended.length === 0 ? (
        <p className={classes.none}>{words.reorganisation.exceptionsNone}</p>
      ) : (
        <>
          <div className={classes.filter}>
            <input
              className={classes.input}
              aria-label={words.reorganisation.filterProjects}
              placeholder={words.reorganisation.filterProjects}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          </div>
          {ended.map((unit) => (
            <ProjectsOfUnit
              key={unit.code}
              unit={unit}
              filter={fold(text)}
              exceptions={exceptions}
              choices={choices}
              onChange={onChange}
            />
          ))}
        </>
      )}
    </Card>
  );
}

interface ProjectsOfUnitProps extends Omit<ExceptionsCardProps, 'ended'> {
  unit: { code: string; name: string };
  filter: string;
}

function ProjectsOfUnit({ unit, filter, exceptions, choices, onChange }: ProjectsOfUnitProps) {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  const projects = useQuery(unitProjectsQuery(unit.code));
  const all = projects.data ?? [];
  const shown = all.filter(({ name, code }) => fold(`${name} ${code}`).includes(filter));
  return (
    <details className={classes.projects} open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{words.reorganisation.exceptionsOf(unit.name, all.length)}</summary>
      {isOpen &&
        (projects.isError ? (
          <FailedState
            error={projects.error}
            what={words.reorganisation.projectsWhat}
            onRetry={() => void projects.refetch()}
          />
        ) : projects.data === undefined ? (
          <LoadingBlock what={words.reorganisation.projectsWhat} />
        ) : shown.length === 0 ? (
          <p className={classes.none}>{words.reorganisation.noMatch}</p>
        ) : (
          shown.map((project) => (
            <div key={project.code} className={`${classes.row} ${classes.projectRow}`}>
              <span>
                {project.name} <span className={classes.quiet}>{project.code}</span>
              </span>
              <SuccessorSelect
                label={`${words.reorganisation.to}: ${project.name}`}
                value={exceptions[project.code] ?? ''}
                empty={words.reorganisation.followsUnit}
                choices={choices}
                onChange={(code) => onChange({ ...exceptions, [project.code]: code })}
              />
            </div>
          ))
        ))}
    </details>
  );
}
