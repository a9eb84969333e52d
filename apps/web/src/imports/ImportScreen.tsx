import { IconDownload, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { sendsImports } from '../client/rights';
import { useSession } from '../client/use-session';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { DifferenceView } from './DifferenceView';
import { discardImport, importQuery, isBeingRead, markedFileAddress } from './import-queries';
import { ImportState } from './ImportState';
import classes from './imports.module.css';
import { ReadingProgress } from './ReadingProgress';
import { sizeText } from './read-values';
import { RefusedFile } from './RefusedFile';
import type { Import } from './types';

/** One file on its way: read, shown, committed or given up. All of it stands on the server: a reload loses nothing. */
export function ImportScreen() {
  const words = useWords();
  const { id } = useParams({ from: '/frame/imports/$id' });
  const found = useQuery(importQuery(id));
  if (found.isError && found.data === undefined) {
    return (
      <FailedState error={found.error} what={words.imports.whatOne} onRetry={() => void found.refetch()} heading="h1" />
    );
  }
  if (found.data === undefined) return <LoadingBlock what={words.imports.whatOne} />;
  return (
    <>
      <ImportHead file={found.data} />
      <ImportBody key={found.data.id} file={found.data} />
    </>
  );
}

function ImportBody({ file }: { file: Import }) {
  const { imports: own } = useWords();
  if (isBeingRead(file)) return <ReadingProgress file={file} />;
  if (file.state === 'discarded') {
    return (
      <StateBox
        icon={<IconTrash size={22} />}
        title={own.discarded}
        actions={
          <Link to="/imports" search={{ kind: file.kind }} className={classes.button}>
            {own.sendOther}
          </Link>
        }
      >
        <p>{own.discardedBody}</p>
      </StateBox>
    );
  }
  if (file.state === 'failed') return <RefusedFile file={file} />;
  if (file.reading === null || file.difference === null) return <LoadingBlock what={own.whatOne} />;
  return <DifferenceView file={file} reading={file.reading} difference={file.difference} />;
}

function ImportHead({ file }: { file: Import }) {
  const words = useWords();
  const own = words.imports;
  const session = useSession();
  const queryClient = useQueryClient();
  const isOpen = file.state !== 'committed' && file.state !== 'discarded';
  const hasMarks = (file.difference?.rejected.rows ?? 0) > 0 && file.state !== 'discarded';
  return (
    <>
      <PageHead
        title={file.fileName}
        before={
          <Link to="/imports" search={{ kind: file.kind }} className={classes.back}>
            {own.all}
          </Link>
        }
        actions={
          <>
            {hasMarks && (
              <a className={classes.button} href={markedFileAddress(file.id)} download>
                <IconDownload size={16} aria-hidden="true" />
                {own.markedFile}
              </a>
            )}
            {isOpen && sendsImports(session.role) && (
              <ConfirmCommand
                quiet
                label={own.discard}
                icon={<IconTrash size={16} />}
                title={own.discardTitle}
                consequencesTitle={own.discardMeans}
                consequences={own.discardEffects}
                confirmLabel={own.discard}
                backLabel={own.discardBack}
                refusedLabel={own.discardRefused}
                run={() => discardImport(file.id)}
                onDone={() => queryClient.invalidateQueries({ queryKey: ['import', String(file.id)] })}
              />
            )}
          </>
        }
      >
        <Chip>{own.kinds[file.kind]}</Chip>
        <ImportState state={file.state} />
      </PageHead>
      <p className={classes.asOf}>
        {own.sent(file.createdBy, formatMoment(file.createdAt), sizeText(file.bytes))}
        {file.readAt !== null && file.state !== 'failed' && ` · ${own.readRows(formatDong(file.progress.rowsRead))}`}
      </p>
    </>
  );
}
