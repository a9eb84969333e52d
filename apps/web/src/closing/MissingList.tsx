import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MissingItem } from '../client/types';
import { Choice } from '../frame/Choice';
import { useWords } from '../words/words-provider';
import classes from './MissingList.module.css';
import type { Decisions } from './use-decisions';

const LONGEST_NOTE = 1000;

interface MissingListProps {
  items: readonly MissingItem[];
  decisions: Decisions;
  /** Whether the reader closes months; the others see what is missing and no buttons. */
  decides: boolean;
  facts: (item: MissingItem) => string[];
}

/** Missing things, a decision with its note beside each, and one note for all that are left. */
export function MissingList({ items, decisions, decides, facts }: MissingListProps) {
  const undecided = items.filter((item) => !decisions.isDecided(item));
  return (
    <>
      <ul>
        {items.map((item) => (
          <MissingRow
            key={`${item.kind} ${item.subject}`}
            item={item}
            decisions={decisions}
            decides={decides}
            facts={facts(item)}
          />
        ))}
      </ul>
      {decides && undecided.length > 1 && <NoteForAll items={undecided} decisions={decisions} />}
    </>
  );
}

function MissingRow({
  item,
  decisions,
  decides,
  facts,
}: {
  item: MissingItem;
  decisions: Decisions;
  decides: boolean;
  facts: string[];
}) {
  const words = useWords();
  const said = decisions.of(item);
  const accept = {
    'accept-missing': words.sheet.acceptMissing,
    'accept-as-is': words.sheet.acceptAsIs,
    'accept-unsigned': words.sheet.acceptUnsigned,
    'accept-open': words.sheet.acceptOpen,
  }[item.decision];
  return (
    <li className={classes.row}>
      <span className={classes.name}>{item.name}</span>
      <span className={classes.facts}>{facts.join(' · ')}</span>
      {decides && (
        <div className={classes.choice}>
          <Choice
            label={words.sheet.decisionOn(item.name)}
            value={said.accepted ? 'accept' : 'wait'}
            options={[
              { value: 'wait', label: words.sheet.wait },
              { value: 'accept', label: accept },
            ]}
            onChange={(value) => decisions.say(item, { ...said, accepted: value === 'accept' })}
          />
        </div>
      )}
      {said.accepted && (
        <TextInput
          className={classes.note}
          aria-label={words.sheet.noteOn(item.name)}
          placeholder={words.sheet.noteHint}
          required
          maxLength={LONGEST_NOTE}
          value={said.note}
          onChange={(event) => decisions.say(item, { accepted: true, note: event.currentTarget.value })}
        />
      )}
    </li>
  );
}

function NoteForAll({ items, decisions }: { items: readonly MissingItem[]; decisions: Decisions }) {
  const words = useWords();
  const [note, setNote] = useState('');
  const isBlank = note.trim() === '';
  return (
    <div className={classes.all}>
      <TextInput
        className={classes.allNote}
        label={words.sheet.noteForAll(items.length)}
        placeholder={words.sheet.noteHint}
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button
        aria-disabled={isBlank || undefined}
        onClick={() => {
          if (!isBlank) decisions.acceptRest(items, note);
        }}
      >
        {words.sheet.decideAll(items.length)}
      </Button>
    </div>
  );
}
