import { Button } from '@mantine/core';
import { IconInfoCircle, IconPrinter, IconRoad } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { instanceQuery, keyProjectsQuery } from '../client/queries';
import type { KeyProjectList } from '../client/types';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Marking } from '../frame/Marking';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useSpeech, useWords } from '../words/words-provider';
import { DeclaredBar } from './DeclaredBar';
import classes from './KeyProjectsScreen.module.css';
import { KeyProjectsTable } from './KeyProjectsTable';
import { ProgressPanel } from './ProgressPanel';

export function KeyProjectsScreen() {
  const words = useWords();
  const search = useSearch({ from: '/frame/key-projects' });
  const instance = useQuery(instanceQuery);
  const year = search.year ?? Number(instance.data?.businessDate.slice(0, 4) ?? 0);
  const projects = useQuery({ ...keyProjectsQuery(year), enabled: year > 0 });

  if (projects.isError) {
    return (
      <>
        <PageHead title={words.keyProjects.title(year)} />
        <FailedState error={projects.error} what={words.keyProjects.what} onRetry={() => void projects.refetch()} />
      </>
    );
  }
  if (projects.data === undefined) {
    return (
      <>
        <PageHead title={words.nav.keyProjects} />
        <LoadingBlock what={words.keyProjects.what} />
      </>
    );
  }
  return <KeyProjectsContent list={projects.data} />;
}

function KeyProjectsContent({ list }: { list: KeyProjectList }) {
  const { words, language } = useSpeech();
  const search = useSearch({ from: '/frame/key-projects' });
  const navigate = useNavigate({ from: '/key-projects' });
  const opened = list.items.find((item) => item.named && item.ordinal === search.project);
  const close = async () => {
    await navigate({ search: ({ project: _closed, ...rest }) => rest });
    // Back to the row that it was opened from.
    document.querySelector<HTMLElement>(`#project-${search.project} a`)?.focus();
  };
  if (list.items.length === 0 && list.unlisted.length === 0) {
    return (
      <>
        <PageHead title={words.keyProjects.title(list.year)} />
        <StateBox icon={<IconRoad size={22} />} title={words.keyProjects.empty(list.year)}>
          <p>{words.keyProjects.emptyBody}</p>
        </StateBox>
      </>
    );
  }
  const contradicts = list.declaredCount !== list.explainedCount;
  return (
    <div className={classes.screen} data-panel={opened !== undefined || undefined}>
      <div className={classes.main}>
        <PageHead
          title={words.keyProjects.title(list.year)}
          actions={
            <>
              <ExportLink list="key-projects" filter={{ planYear: list.year }} />
              {list.month !== null && (
                <ExportLink list="progress" filter={{ month: list.month }} label={words.progress.exported} />
              )}
              <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
                {words.printA4}
              </Button>
            </>
          }
        >
          <span className={classes.declared}>{words.keyProjects.declaredChip(list.declaredCount)}</span>
          {list.illustrative && (
            <span className="printOnly">
              <Marking />
            </span>
          )}
        </PageHead>
        <div className={classes.summary}>
          <div className={classes.counts}>
            <p className={classes.label}>{words.keyProjects.registered}</p>
            <p>
              <span className={classes.figure}>{list.namedCount}</span>{' '}
              {words.keyProjects.ofDeclared(list.declaredCount)}
            </p>
            <DeclaredBar list={list} />
          </div>
          <div className={classes.note}>
            <h2 className={classes.noteTitle}>
              <IconInfoCircle size={17} aria-hidden="true" />
              {contradicts ? words.keyProjects.noteTitle : words.keyProjects.noteTitleAgrees}
            </h2>
            <p className={classes.noteText}>{list.note[language]}</p>
          </div>
        </div>
        <KeyProjectsTable list={list} />
      </div>
      {opened !== undefined && (
        <ProgressPanel key={opened.ordinal} project={opened} list={list} onClose={() => void close()} />
      )}
    </div>
  );
}
