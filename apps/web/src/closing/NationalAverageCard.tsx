import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { noteNationalAverage } from '../client/commands';
import { notesNationalAverage } from '../client/rights';
import type { ClosingSheet } from '../client/types';
import { useSession } from '../client/use-session';
import { formatShare } from '../format/rate';
import { Card } from '../frame/Card';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './ClosingScreen.module.css';

const PERCENT = /^\d{1,3}([.,]\d{1,4})?$/;

interface NationalAverageCardProps {
  sheet: ClosingSheet;
  onDone: () => Promise<unknown>;
}

/** The country's figure as published, with its source. Staff type it; it never decides who is below. */
export function NationalAverageCard({ sheet, onDone }: NationalAverageCardProps) {
  const words = useWords();
  const session = useSession();
  const known = sheet.month.nationalAverage;
  return (
    <Card title={words.sheet.national}>
      <div className={classes.body}>
        {known === null ? (
          <p className={classes.means}>{words.sheet.nationalNone}</p>
        ) : (
          <p>
            <strong>{formatShare(known.percent)}</strong> <span className={classes.means}>{known.source}</span>
          </p>
        )}
        {notesNationalAverage(session.role) && <Form sheet={sheet} onDone={onDone} />}
      </div>
    </Card>
  );
}

function Form({ sheet, onDone }: NationalAverageCardProps) {
  const words = useWords();
  const known = sheet.month.nationalAverage;
  const [percent, setPercent] = useState(known?.percent.replace('.', ',') ?? '');
  const [source, setSource] = useState(known?.source ?? '');
  const isWrong = percent !== '' && !PERCENT.test(percent.trim());
  const isReady = PERCENT.test(percent.trim()) && source.trim() !== '';
  const command = useMutation({
    mutationFn: () => noteNationalAverage(sheet.month.month, percent.trim().replace(',', '.'), source.trim()),
    onSuccess: onDone,
  });
  return (
    <form
      className={classes.national}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) command.mutate();
      }}
    >
      <TextInput
        label={words.sheet.percent}
        inputMode="decimal"
        value={percent}
        error={isWrong ? words.sheet.percentWrong : undefined}
        onChange={(event) => setPercent(event.currentTarget.value)}
      />
      <TextInput
        label={words.sheet.source}
        placeholder={words.sheet.sourceHint}
        maxLength={300}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <Button type="submit" className={classes.act} aria-disabled={!isReady || undefined} loading={command.isPending}>
        {words.sheet.keepNational}
      </Button>
      {command.isSuccess && <p role="status">{words.sheet.nationalKept}</p>}
      <Refused label={words.sheet.refused} error={command.error} />
    </form>
  );
}
