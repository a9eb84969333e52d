import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { instanceQuery } from '../client/queries';
import type { Tagged } from '../client/etag';
import { dongOfMillion, millionOfDong } from '../format/million';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './followup.module.css';
import { clearanceQuery, planClearance, recordClearance, type SiteClearance } from './queries';

interface FormProps {
  clearance: SiteClearance;
  etag: string;
  onDone: () => void;
}

/** Whole numbers as people type them, "120.000" too; null for anything else. */
function wholeOf(text: string): number | null {
  return /^(\d{1,3}(\.\d{3})+|\d+)$/.test(text.trim()) ? Number(text.replaceAll('.', '')) : null;
}

/** What there is to hand over in all, and by when. */
export function ClearancePlanForm({ clearance: { projectCode, plan }, etag, onDone }: FormProps) {
  const words = useWords();
  const say = words.tackling.clearance;
  const [area, setArea] = useState(String(plan?.areaM2 ?? ''));
  const [households, setHouseholds] = useState(String(plan?.households ?? ''));
  const [agreedDate, setAgreedDate] = useState(plan?.agreedDate ?? '');
  const read = { areaM2: wholeOf(area), households: wholeOf(households) };
  const body =
    read.areaM2 === null || read.households === null
      ? null
      : { areaM2: read.areaM2, households: read.households, agreedDate: agreedDate === '' ? null : agreedDate };
  return (
    <Sheet
      title={say.toHandOver}
      projectCode={projectCode}
      send={body === null ? null : () => planClearance(projectCode, { ...body, ...noteOf(plan?.note) }, etag)}
      onDone={onDone}
    >
      <NumberField label={say.area} value={area} onChange={setArea} />
      <NumberField label={say.households} value={households} onChange={setHouseholds} />
      <Field label={say.agreedDate}>
        {(input) => (
          <input
            {...input}
            type="date"
            value={agreedDate}
            onChange={(event) => setAgreedDate(event.currentTarget.value)}
          />
        )}
      </Field>
    </Sheet>
  );
}

/** What was handed over and paid to the end of a month, from the beginning. */
export function ClearanceMonthForm({ clearance: { projectCode, months }, etag, onDone }: FormProps) {
  const words = useWords();
  const say = words.tackling.clearance;
  const instance = useQuery(instanceQuery);
  const today = instance.data?.businessDate.slice(0, 7) ?? '';
  const latest = months[0];
  const [month, setMonth] = useState('');
  const [area, setArea] = useState(String(latest?.areaM2 ?? ''));
  const [households, setHouseholds] = useState(String(latest?.households ?? ''));
  const [paid, setPaid] = useState(latest === undefined ? '' : millionOfDong(latest.paidDong));
  const chosen = month || today;
  const paidDong = dongOfMillion(paid);
  const read = { areaM2: wholeOf(area), households: wholeOf(households) };
  const body =
    read.areaM2 === null || read.households === null || paidDong === null
      ? null
      : { areaM2: read.areaM2, households: read.households, paidDong };
  return (
    <Sheet
      title={say.handedOver}
      projectCode={projectCode}
      send={body === null ? null : () => recordClearance(projectCode, chosen, body, etag)}
      onDone={onDone}
    >
      <Field label={say.month}>
        {(input) => (
          <input
            {...input}
            required
            type="month"
            max={today}
            value={chosen}
            onChange={(event) => {
              const next = event.currentTarget.value;
              const known = months.find((each) => each.month === next);
              setMonth(next);
              if (known === undefined) return;
              setArea(String(known.areaM2));
              setHouseholds(String(known.households));
              setPaid(millionOfDong(known.paidDong));
            }}
          />
        )}
      </Field>
      <NumberField label={say.area} value={area} onChange={setArea} />
      <NumberField label={say.households} value={households} onChange={setHouseholds} />
      <NumberField label={say.paidMillion} value={paid} onChange={setPaid} />
    </Sheet>
  );
}

const noteOf = (note: string | undefined) => (note === undefined || note === '' ? {} : { note });

function NumberField({ label, value, onChange }: { label: string; value: string; onChange: (next: string) => void }) {
  return (
    <Field label={label}>
      {(input) => (
        <input
          {...input}
          className={`${form.input} ${form.amount}`}
          required
          inputMode="decimal"
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

interface SheetProps {
  title: string;
  projectCode: string;
  /** null: what is typed is no number. */
  send: (() => Promise<Tagged<SiteClearance>>) | null;
  onDone: () => void;
  children: ReactNode;
}

function Sheet({ title, projectCode, send, onDone, children }: SheetProps) {
  const words = useWords();
  const say = words.tackling.clearance;
  const queryClient = useQueryClient();
  const [tried, setTried] = useState(false);
  const command = useMutation({
    mutationFn: (call: () => Promise<Tagged<SiteClearance>>) => call(),
    onSuccess: (after) => {
      queryClient.setQueryData(clearanceQuery(projectCode).queryKey, after);
      onDone();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (send !== null) command.mutate(send);
  };
  return (
    <form className={classes.stack} onSubmit={submit} aria-label={title}>
      <p className={classes.quiet}>{title}</p>
      {children}
      {tried && send === null && <p role="alert">{say.wrong}</p>}
      <Refused label={words.tackling.refused} error={command.error} />
      <div className={classes.row}>
        <Button type="submit" variant="filled" loading={command.isPending}>
          {words.tackling.save}
        </Button>
        <Button onClick={onDone}>{words.cancel}</Button>
      </div>
    </form>
  );
}
