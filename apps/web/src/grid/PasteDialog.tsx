import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { Choice } from '../frame/Choice';
import { useWords } from '../words/words-provider';
import type { TypedCell } from './grid-entry';
import { type ComparedFigure, compareBlock, type PastedBlock, readTable } from './paste';
import { PasteTable } from './PasteTable';
import classes from './PasteDialog.module.css';
import type { DecimalMark, MoneyUnit } from './read-amount';
import { million } from './SheetRow';
import type { GridStore } from './use-grid-store';

interface PasteDialogProps {
  store: GridStore;
  /** What came from the clipboard; null asks for it in a text box. */
  table: string[][] | null;
  read: (table: string[][]) => PastedBlock;
  onClose: () => void;
}

/** Nothing pasted goes into the books unseen: first the difference, cell by cell, then "save n cells". */
export function PasteDialog({ store, table, read, onClose }: PasteDialogProps) {
  const words = useWords();
  const [given, setGiven] = useState<string[][] | null>(table);
  return (
    // No scroll lock: it would write a <style> element.
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      size="min(1232px, calc(100vw - 48px))"
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.dialog }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={classes.body}>
          {given === null ? (
            <Ask onGiven={setGiven} onClose={onClose} />
          ) : (
            <Difference store={store} block={read(given)} onClose={onClose} />
          )}
          <Modal.CloseButton className={classes.close} aria-label={words.close} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function Ask({ onGiven, onClose }: { onGiven: (table: string[][]) => void; onClose: () => void }) {
  const words = useWords();
  const [text, setText] = useState('');
  return (
    <>
      <Modal.Title className={classes.title}>{words.grid.paste.title}</Modal.Title>
      <p className={classes.quiet}>{words.grid.paste.hint}</p>
      <Textarea
        label={words.grid.paste.area}
        rows={8}
        value={text}
        data-autofocus
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className={classes.foot}>
        <span className={classes.spring} />
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button
          variant="filled"
          aria-disabled={text.trim() === '' || undefined}
          onClick={() => text.trim() !== '' && onGiven(readTable(text))}
        >
          {words.grid.paste.compare}
        </Button>
      </div>
    </>
  );
}

const KINDS_COUNTED = ['new', 'changed', 'reason', 'rejected', 'same'] as const;

function Difference({ store, block, onClose }: { store: GridStore; block: PastedBlock; onClose: () => void }) {
  const words = useWords();
  const say = words.grid.paste;
  const [unit, setUnit] = useState<MoneyUnit>(block.unit);
  const [mark, setMark] = useState<DecimalMark>(block.mark);
  const [reason, setReason] = useState('');
  const [showsAll, showAll] = useState(false);
  // Read once: what is compared must not move under the reader's eyes.
  const figures = useRef(block.figures).current;
  const compared = useMemo(() => compareBlock(store.book, { figures }, unit, mark), [store, figures, unit, mark]);
  const count = (kind: ComparedFigure['kind']): number => compared.filter((figure) => figure.kind === kind).length;
  const falls = count('reason');
  const isExplained = reason.trim() !== '';
  const due = compared.filter(({ kind }) => kind === 'new' || kind === 'changed' || (kind === 'reason' && isExplained));
  const differing = compared.filter(({ kind }) => kind !== 'same' && kind !== 'skipped');
  const sum = due.reduce((total, { before, after }) => total + (after ?? 0n) - (before ?? 0n), 0n);

  const save = (): void => {
    const cells = due.flatMap(({ place, text, after, kind }): TypedCell[] =>
      place && after !== null
        ? [{ ...place, text, amount: after, ...(kind === 'reason' ? { reason: reason.trim() } : {}) }]
        : [],
    );
    store.entry.state(cells);
    void store.saver.flush();
    onClose();
  };

  return (
    <>
      <Modal.Title className={classes.title}>{say.compareTitle(block.rows)}</Modal.Title>
      <p className={classes.quiet}>{say.nothingYet}</p>
      <div className={classes.facts}>
        <span className={classes.quiet}>{say.unit}:</span>
        <Choice
          label={say.unit}
          value={unit}
          onChange={setUnit}
          options={(['million', 'dong', 'billion'] as const).map((value) => ({ value, label: say.units[value] }))}
        />
        <span className={classes.quiet}>{say.mark}:</span>
        <Choice
          label={say.mark}
          value={mark}
          onChange={setMark}
          options={(['comma', 'point'] as const).map((value) => ({ value, label: say.marks[value] }))}
        />
        <span className={classes.spring} />
        {KINDS_COUNTED.filter((kind) => count(kind) > 0).map((kind) => (
          <span key={kind} className={`${classes.chip} ${classes[kind]}`}>
            {say.counts[kind](count(kind))}
          </span>
        ))}
      </div>
      {compared.length === 0 ? (
        <p className={classes.nothing}>{say.notUnderstood}</p>
      ) : differing.length === 0 && !showsAll ? (
        <p className={classes.nothing}>{say.nothing}.</p>
      ) : (
        <PasteTable figures={showsAll ? compared : differing} />
      )}
      {falls > 0 && (
        <TextInput
          label={say.reasonFor(falls)}
          value={reason}
          maxLength={1000}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className={classes.foot}>
        <span className={classes.quiet}>
          {say.shown(differing.length, compared.length)}
          {' · '}
          <button type="button" className={classes.link} onClick={() => showAll(!showsAll)}>
            {showsAll ? say.showDifferent : say.showAll}
          </button>
        </span>
        <span className={classes.spring} />
        <span>
          {say.sum}{' '}
          <strong>
            {sum > 0n ? '+' : ''}
            {million(sum)} {words.money.million}
          </strong>
        </span>
        <Button onClick={onClose}>{words.cancel}</Button>
        <Button
          variant="filled"
          data-autofocus
          aria-disabled={due.length === 0 || undefined}
          onClick={() => due.length > 0 && save()}
        >
          {due.length === 0 ? say.nothing : say.save(due.length)}
        </Button>
      </div>
    </>
  );
}
