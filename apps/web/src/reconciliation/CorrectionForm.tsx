import { Button } from '@mantine/core';
import { IconPencilCheck } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { Difference, ReconciliationList } from '../client/types';
import { formatDong } from '../format/amount';
import { parseMonth } from '../format/month';
import { useWords } from '../words/words-provider';
import { Refused } from '../frame/Refused';
import { AnswerFields, type Cause } from './AnswerFields';
import classes from './AnswerFields.module.css';
import { correctDifference } from './reconciliation-queries';
import { dongTyped, signedDong } from '../format/signed-dong';
import { useAnswer } from './use-answer';

interface CorrectionFormProps {
  month: string;
  months: ReconciliationList['items'];
  difference: Difference;
  onDone: () => void;
}

/** Books the difference away in an open month, with what it will do told before it is done. */
export function CorrectionForm({ month, months, difference, onDone }: CorrectionFormProps) {
  const words = useWords();
  const own = words.reconciliation;
  const ids = { month: useId(), amount: useId() };
  const open = months.filter(({ monthState }) => monthState !== 'closed');
  const sameMonth = open.find((each) => each.month === month);
  const [entryMonth, setEntryMonth] = useState((sameMonth ?? open[0])?.month ?? '');
  const [typed, setTyped] = useState(formatDong(-difference.differenceDong));
  const [withCounterpart, setWithCounterpart] = useState(true);
  const [cause, setCause] = useState<Cause>(difference.cause);
  const [note, setNote] = useState('');
  const [wasSent, setWasSent] = useState(false);
  const amountDong = dongTyped(typed);
  const isAmountWrong = amountDong === undefined || amountDong === 0;
  const twin = difference.cause === 'wrong-source' ? difference.counterpart : null;
  const booksTwin = twin !== null && withCounterpart;
  const command = useAnswer(
    (key) =>
      correctDifference(
        month,
        difference,
        { cause, note: note.trim(), entryMonth, amountDong: amountDong ?? 0, withCounterpart: booksTwin },
        key,
      ),
    onDone,
  );
  if (difference.project === null) return <p>{own.cannotBook}</p>;
  if (entryMonth === '') return <p>{own.noOpenMonth}</p>;
  const send = () => {
    setWasSent(true);
    if (note.trim() !== '' && !isAmountWrong) command.mutate();
  };
  const left = isAmountWrong ? undefined : difference.differenceDong + amountDong;
  return (
    <>
      <div className={classes.field}>
        <label htmlFor={ids.month}>{own.entryMonth}</label>
        <select
          id={ids.month}
          className={classes.input}
          aria-describedby={`${ids.month}-hint`}
          value={entryMonth}
          onChange={(event) => setEntryMonth(event.currentTarget.value)}
        >
          {open.map((each) => (
            <option key={each.month} value={each.month}>
              {words.time.long(each.number, parseMonth(each.month).planYear)}
            </option>
          ))}
        </select>
        <p id={`${ids.month}-hint`} className={classes.hint}>
          {own.entryMonthHint}
        </p>
      </div>
      <div className={classes.field}>
        <label htmlFor={ids.amount}>{own.amount}</label>
        <input
          id={ids.amount}
          className={`${classes.input} ${classes.number}`}
          inputMode="numeric"
          value={typed}
          aria-invalid={isAmountWrong}
          aria-describedby={isAmountWrong ? `${ids.amount}-wrong` : undefined}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {isAmountWrong && (
          <p id={`${ids.amount}-wrong`} className={classes.wrong}>
            {own.amountWrong}
          </p>
        )}
      </div>
      {twin !== null && (
        <label className={classes.check}>
          <input
            type="checkbox"
            checked={withCounterpart}
            onChange={(event) => setWithCounterpart(event.currentTarget.checked)}
          />
          <span>
            {own.withCounterpart(
              twin.carriedOver ? `${twin.source.name}, ${own.carriedOver}` : twin.source.name,
              isAmountWrong ? '?' : signedDong(-amountDong),
            )}
          </span>
        </label>
      )}
      <AnswerFields
        cause={cause}
        onCause={setCause}
        note={note}
        onNote={setNote}
        isNoteMissing={wasSent && note.trim() === ''}
      />
      {left !== undefined && (
        <div className={classes.effect}>
          <h3>{own.effect}</h3>
          <dl>
            <div>
              <dt>{own.effectBooks}</dt>
              <dd>{formatDong(difference.treasuryDong + left)}</dd>
            </div>
            <div>
              <dt>{own.effectLeft}</dt>
              <dd>{signedDong(left)}</dd>
            </div>
          </dl>
          <p>
            {left === 0 ? own.effectDone : own.effectOpen}. {own.entryReason(month)}
          </p>
        </div>
      )}
      <Refused error={command.error} label={own.refused} />
      <Button
        variant="filled"
        leftSection={<IconPencilCheck size={16} aria-hidden="true" />}
        loading={command.isPending}
        onClick={send}
      >
        {own.saveEntry(booksTwin ? 2 : 1)}
      </Button>
    </>
  );
}
