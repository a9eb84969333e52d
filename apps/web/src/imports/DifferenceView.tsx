import { IconCircleCheck, IconEqual, IconRefreshAlert } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { sendsImports } from '../client/rights';
import { useSession } from '../client/use-session';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { CommitCard } from './CommitCard';
import { CommittedCard } from './CommittedCard';
import { DifferenceFigures } from './DifferenceFigures';
import classes from './imports.module.css';
import { RowsCard } from './RowsCard';
import { TeachCard } from './TeachCard';
import type { Difference, Import, Reading } from './types';
import { UnderstoodCard } from './UnderstoodCard';

/** What a read file does to the books, before and after the commit. */
export function DifferenceView({
  file,
  reading,
  difference,
}: {
  file: Import;
  reading: Reading;
  difference: Difference;
}) {
  const { imports: own } = useWords();
  const session = useSession();
  const [hasMoved, setMoved] = useState(false);
  const [isTeaching, setTeaching] = useState(
    reading.columns.some(({ use }) => use === 'unknown') || reading.ambiguousAmounts > 0,
  );
  const mayChange = file.state === 'ready' && sendsImports(session.role);
  const changes = difference.new.cells + difference.changed.cells;
  const changesNothing = file.state === 'ready' && changes === 0 && difference.rejected.rows === 0;
  return (
    <>
      {hasMoved && file.state === 'ready' && (
        <p role="alert" className={classes.moved}>
          <IconRefreshAlert size={18} aria-hidden="true" />
          {own.moved}
        </p>
      )}
      {file.repeatOf !== null && (
        <p className={classes.repeat}>
          <IconCircleCheck size={18} aria-hidden="true" />
          <span>
            {own.repeat(formatMoment(file.repeatOf.committedAt), file.repeatOf.committedBy)}{' '}
            <Link to="/imports/$id" params={{ id: String(file.repeatOf.id) }}>
              {own.openRepeat}
            </Link>
          </span>
        </p>
      )}
      <DifferenceFigures difference={difference} />
      <div className={classes.columns}>
        <div className={classes.understood}>
          {changesNothing && (
            <StateBox
              icon={<IconEqual size={22} />}
              title={own.nothingChanges}
              actions={
                <Link to="/imports" search={{ kind: file.kind }} className={classes.button}>
                  {own.chooseOther}
                </Link>
              }
            >
              <p>{own.nothingChangesBody(formatDong(difference.same.cells))}</p>
            </StateBox>
          )}
          <UnderstoodCard
            file={file}
            reading={reading}
            onChange={mayChange && !isTeaching ? () => setTeaching(true) : undefined}
          />
        </div>
        <div className={classes.rows}>
          {mayChange && isTeaching && <TeachCard file={file} reading={reading} />}
          <RowsCard file={file} difference={difference} />
        </div>
        <div className={classes.act}>
          {file.state === 'committed' ? (
            <CommittedCard file={file} />
          ) : (
            mayChange &&
            !changesNothing && (
              <CommitCard file={file} reading={reading} difference={difference} onMoved={() => setMoved(true)} />
            )
          )}
        </div>
      </div>
    </>
  );
}
