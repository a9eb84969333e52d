import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { Difference } from '../client/types';
import { useWords } from '../words/words-provider';
import { Refused } from '../frame/Refused';
import { AnswerFields, type Cause } from './AnswerFields';
import { acceptDifference } from './reconciliation-queries';
import { useAnswer } from './use-answer';

interface NoteFormProps {
  month: string;
  difference: Difference;
  onDone: () => void;
}

/** Accepts the difference with its cause; no figure moves. */
export function NoteForm({ month, difference, onDone }: NoteFormProps) {
  const words = useWords().reconciliation;
  const [cause, setCause] = useState<Cause>(difference.cause);
  const [note, setNote] = useState('');
  const [wasSent, setWasSent] = useState(false);
  const command = useAnswer((key) => acceptDifference(month, difference, { cause, note: note.trim() }, key), onDone);
  const send = () => {
    setWasSent(true);
    if (note.trim() !== '') command.mutate();
  };
  return (
    <>
      <AnswerFields
        cause={cause}
        onCause={setCause}
        note={note}
        onNote={setNote}
        isNoteMissing={wasSent && note.trim() === ''}
      />
      <Refused error={command.error} label={words.refused} />
      <Button
        variant="filled"
        leftSection={<IconCheck size={16} aria-hidden="true" />}
        loading={command.isPending}
        onClick={send}
      >
        {words.saveNote}
      </Button>
    </>
  );
}
