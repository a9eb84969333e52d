import { Button, TextInput } from '@mantine/core';
import { IconAlertCircle, IconWifiOff } from '@tabler/icons-react';
import { useState } from 'react';
import { formatMoment } from '../format/date';
import { Choice } from '../frame/Choice';
import { useWords } from '../words/words-provider';
import type { Edit } from './grid-book';
import type { CellPlace } from './grid-types';
import { million } from './SheetRow';
import classes from './TroubleStrip.module.css';
import type { GridStore } from './use-grid-store';

const WRONG = new Set<Edit['state']>(['invalid', 'reason', 'refused', 'conflict']);

interface TroubleStripProps {
  store: GridStore;
  /** The active cell; its trouble is told first. */
  at: CellPlace | undefined;
  onGo: (place: CellPlace) => void;
}

/** Below the sheet: what keeps cells from being saved, one sentence at a time, and what to do about it. */
export function TroubleStrip({ store, at, onGo }: TroubleStripProps) {
  const words = useWords();
  const { book, saver } = store;
  const places = [...book.edits].flatMap(([key, edit]) => {
    const place = book.placeOf(key);
    return place ? [{ key, place, edit }] : [];
  });
  const wrong = places.filter(({ edit }) => WRONG.has(edit.state));
  const offline = places.filter(({ edit }) => edit.state === 'offline');
  const own = at && wrong.find(({ key }) => key === book.key(at));
  const told = own ?? wrong[0];
  const next = wrong[(wrong.findIndex(({ key }) => key === told?.key) + 1) % Math.max(1, wrong.length)];
  return (
    <div className={classes.strips}>
      {offline.length > 0 && (
        <div className={classes.offline} role="alert">
          <IconWifiOff size={16} aria-hidden="true" />
          <strong>{words.grid.offlineTitle(offline.length)}.</strong>
          <span>{words.grid.offlineBody}</span>
          <button type="button" className={classes.link} onClick={() => void saver.flush()}>
            {words.grid.sendAgainCount(offline.length)}
          </button>
        </div>
      )}
      {told && (
        <div className={classes.wrong} role="status">
          {told.edit.state === 'conflict' ? (
            <Conflict key={told.key} store={store} place={told.place} edit={told.edit} />
          ) : (
            <Trouble
              key={told.key}
              store={store}
              place={told.place}
              edit={told.edit}
              unexplained={wrong.filter(({ edit }) => edit.state === 'reason').map(({ place }) => place)}
            />
          )}
          {wrong.length > 1 && next && (
            <button type="button" className={classes.link} onClick={() => onGo(next.place)}>
              {words.grid.next} ({words.grid.troubles(wrong.length)})
            </button>
          )}
          {!own && (
            <button type="button" className={classes.link} onClick={() => onGo(told.place)}>
              {words.grid.goTo}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

interface TroubleProps {
  store: GridStore;
  place: CellPlace;
  edit: Edit;
  /** All cells that lack a reason, this one too: one reason may serve for a whole paste. */
  unexplained: CellPlace[];
}

function Trouble({ store, place, edit, unexplained }: TroubleProps) {
  const words = useWords();
  const [isAsking, ask] = useState(false);
  const [reason, setReason] = useState('');
  const [lowering, setLowering] = useState<Edit['lowering']>('correction');
  const row = store.book.rows[place.row];
  const needsReason = edit.state === 'reason';
  const falls = edit.amount !== null && edit.amount < store.book.booked(place);
  const explain = (places: CellPlace[]): void => {
    if (reason.trim() === '') return;
    for (const each of places) store.entry.explain(each, reason.trim(), lowering);
  };
  return (
    <>
      <IconAlertCircle size={16} aria-hidden="true" className={classes.icon} />
      <p className={classes.sentence}>
        <strong>
          {row?.projectName}, {row?.sourceName}, {words.time.column(place.month)}:
        </strong>{' '}
        {edit.amount === null ? `“${edit.text}” ` : ''}
        {edit.sentence}
      </p>
      {needsReason && !isAsking && (
        <button type="button" className={classes.link} onClick={() => ask(true)}>
          {words.grid.reasonWrite}
        </button>
      )}
      {edit.state === 'refused' && (
        <button
          type="button"
          className={classes.link}
          onClick={() => {
            store.book.put(place, { ...edit, state: 'waiting', sentence: '' });
            store.book.changed();
          }}
        >
          {words.grid.sendAgain}
        </button>
      )}
      <button type="button" className={classes.link} onClick={() => store.entry.drop(place)}>
        {words.grid.drop}
      </button>
      {needsReason && isAsking && (
        <form
          className={classes.reason}
          onSubmit={(event) => {
            event.preventDefault();
            explain([place]);
          }}
        >
          <TextInput
            aria-label={words.grid.reason}
            placeholder={words.grid.reason}
            value={reason}
            maxLength={1000}
            data-autofocus
            ref={(element: HTMLInputElement | null) => {
              if (element && document.activeElement === document.body) element.focus();
            }}
            onChange={(event) => setReason(event.currentTarget.value)}
            className={classes.reasonText}
          />
          {falls && (
            <Choice
              label={words.grid.lowering}
              value={lowering}
              onChange={setLowering}
              options={[
                { value: 'correction', label: words.grid.loweringKinds.correction },
                { value: 'refund', label: words.grid.loweringKinds.refund },
              ]}
            />
          )}
          <Button type="submit" variant="filled" aria-disabled={reason.trim() === '' || undefined}>
            {words.grid.reasonSave}
          </Button>
          {unexplained.length > 1 && (
            <Button aria-disabled={reason.trim() === '' || undefined} onClick={() => explain(unexplained)}>
              {words.grid.reasonSaveAll(unexplained.length)}
            </Button>
          )}
        </form>
      )}
    </>
  );
}

/** Two people, one cell: three values, and the choice is the person's. */
function Conflict({ store, place, edit }: { store: GridStore; place: CellPlace; edit: Edit }) {
  const words = useWords();
  const theirs = store.book.booked(place);
  const row = store.book.rows[place.row];
  return (
    <div className={classes.conflict}>
      <h2>{words.grid.conflictTitle}</h2>
      <p className={classes.where}>
        {row?.projectName}, {row?.sourceName}, {words.time.column(place.month)}
      </p>
      <dl>
        <dt>{words.grid.conflictOpened}</dt>
        <dd>{million(edit.expected)}</dd>
        <dt>{words.grid.conflictTheirs(edit.changedBy ?? '', edit.changedAt ? formatMoment(edit.changedAt) : '')}</dt>
        <dd>{million(theirs)}</dd>
        <dt>{words.grid.conflictYours}</dt>
        <dd>{million(edit.amount)}</dd>
      </dl>
      <div className={classes.choices}>
        <Button onClick={() => store.entry.drop(place)}>{words.grid.conflictKeep(million(theirs))}</Button>
        <Button variant="filled" onClick={() => store.entry.insist(place)}>
          {words.grid.conflictWrite(million(edit.amount))}
        </Button>
      </div>
      <p className={classes.where}>{words.grid.conflictHint}</p>
    </div>
  );
}
