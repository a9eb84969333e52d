import { Button, Textarea, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';
import { saveProgress } from '../client/commands';
import { progressQuery } from '../client/queries';
import { Refusal } from '../client/refusal';
import type { KeyProject, KeyProjectList, Month, StandingProgress } from '../client/types';
import { parseMonth } from '../format/month';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import { readMillions, readPercent, writeMillions, writePercent } from './progress-numbers';
import classes from './ProgressPanel.module.css';

const LONGEST_TEXT = 2000;
const CHANGED_MEANWHILE = 412;

interface ProgressFormProps {
  project: KeyProject;
  list: KeyProjectList;
  months: Month[];
  onCancel: () => void;
}

/** Which month and component are entered; the fields begin from what stands there. */
export function ProgressForm({ project, list, months, onCancel }: ProgressFormProps) {
  const words = useWords();
  const leaves = project.progress?.leaves ?? [];
  const [code, setCode] = useState(leaves[0]?.project.code ?? '');
  const [month, setMonth] = useState(months[0]?.month ?? '');
  const standing = useQuery(progressQuery(code, month));
  const [savedVersion, setSavedVersion] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that opened it is gone: the keyboard goes on here.
  useEffect(() => heading.current?.focus(), []);
  const nameOf = (text: string) => {
    const { number, planYear } = parseMonth(text);
    return words.time.long(number, planYear).toLowerCase();
  };
  return (
    <section className={classes.form} aria-label={words.progress.form(nameOf(month))}>
      <h3 ref={heading} tabIndex={-1}>
        {words.progress.form(nameOf(month))}
      </h3>
      {months.length > 1 && (
        <Picker
          label={words.progress.formMonth}
          value={month}
          onChange={setMonth}
          options={months.map((each) => ({ value: each.month, label: nameOf(each.month) }))}
        />
      )}
      {leaves.length > 1 && (
        <Picker
          label={words.progress.formProject}
          value={code}
          onChange={setCode}
          options={leaves.map((leaf) => ({ value: leaf.project.code, label: leaf.project.name }))}
        />
      )}
      {standing.isError ? (
        <FailedState error={standing.error} what={words.progress.what} onRetry={() => void standing.refetch()} />
      ) : standing.data === undefined ? (
        <LoadingBlock what={words.progress.what} />
      ) : (
        <Fields
          key={`${code} ${month} ${standing.data.version}`}
          standing={standing.data}
          isInvestors={project.capitalType !== 'public'}
          monthName={nameOf(month)}
          shownName={list.month === null || list.month === month ? null : nameOf(list.month)}
          isSaved={standing.data.version === savedVersion}
          onSaved={setSavedVersion}
          onCancel={onCancel}
          onReload={() => void standing.refetch()}
        />
      )}
    </section>
  );
}

interface FieldsProps {
  standing: StandingProgress;
  /** PPP and non-budget capital: what the investor implemented, against the plan. */
  isInvestors: boolean;
  monthName: string;
  /** The month that the list shows, if it is another one. */
  shownName: string | null;
  /** What stands was saved here, just now. */
  isSaved: boolean;
  onSaved: (version: number) => void;
  onCancel: () => void;
  onReload: () => void;
}

function Fields({ standing, isInvestors, monthName, shownName, isSaved, onSaved, onCancel, onReload }: FieldsProps) {
  const words = useWords();
  const { progress } = words;
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState(() => typedFrom(standing));
  const [tried, setTried] = useState(false);
  const read = {
    volumeDong: readMillions(typed.volume),
    physicalPercent: readPercent(typed.physical),
    implementedDong: readMillions(typed.implemented),
    implementedPlanDong: readMillions(typed.implementedPlan),
  };
  const { projectCode, month } = standing;
  const command = useMutation({
    mutationFn: () =>
      saveProgress(
        projectCode,
        month,
        {
          ...read,
          ...(typed.done.trim() === '' ? {} : { done: typed.done }),
          ...(typed.unfinished.trim() === '' ? {} : { unfinished: typed.unfinished }),
          ...(typed.next.trim() === '' ? {} : { next: typed.next }),
        },
        standing.version,
      ),
    onSuccess: async (saved) => {
      await queryClient.invalidateQueries({ queryKey: ['key-projects'] });
      onSaved(saved.version);
      // Sets the version that the next save begins from, and with it fresh fields.
      queryClient.setQueryData(progressQuery(projectCode, month).queryKey, saved);
    },
  });
  const refusal = command.error instanceof Refusal ? command.error : null;
  const save = () => {
    setTried(true);
    if (Object.values(read).every((value) => value !== undefined)) command.mutate();
  };
  const field = (name: keyof Typed) => ({
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  const amount = (name: keyof Typed, label: string, value: number | null | undefined) => (
    <TextInput
      label={progress.million(label)}
      inputMode="decimal"
      error={tried && value === undefined ? progress.amountWrong : undefined}
      {...field(name)}
    />
  );
  return (
    <form
      className={classes.fields}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {amount('volume', progress.volume, read.volumeDong)}
      <TextInput
        label={progress.percent(progress.physical)}
        inputMode="decimal"
        error={tried && read.physicalPercent === undefined ? progress.percentWrong : undefined}
        {...field('physical')}
      />
      {isInvestors && amount('implemented', progress.implemented, read.implementedDong)}
      {isInvestors && amount('implementedPlan', progress.implementedPlan, read.implementedPlanDong)}
      <p className={classes.quiet}>{progress.figuresEmpty}</p>
      <Textarea label={progress.done} rows={2} maxLength={LONGEST_TEXT} {...field('done')} />
      <Textarea label={progress.unfinished} rows={2} maxLength={LONGEST_TEXT} {...field('unfinished')} />
      <Textarea label={progress.next} rows={2} maxLength={LONGEST_TEXT} {...field('next')} />
      <div className={classes.actions}>
        <Button onClick={onCancel}>{words.close}</Button>
        <Button type="submit" variant="filled" loading={command.isPending}>
          {progress.save(parseMonth(month).number)}
        </Button>
      </div>
      {isSaved && standing.version > 0 && !command.isError && (
        <p role="status" className={classes.saved}>
          <IconCheck size={16} aria-hidden="true" />
          <span>
            {progress.saved(monthName)} {shownName !== null && progress.savedLater(shownName)}
          </span>
        </p>
      )}
      <Refused label={progress.refused} error={command.error}>
        {refusal?.status === CHANGED_MEANWHILE && (
          <button type="button" className={classes.reload} onClick={onReload}>
            {progress.reload}
          </button>
        )}
      </Refused>
    </form>
  );
}

interface PickerProps {
  label: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}

function Picker({ label, value, options, onChange }: PickerProps) {
  const id = useId();
  return (
    <div className={classes.picker}>
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

type Typed = Record<'volume' | 'physical' | 'implemented' | 'implementedPlan' | 'done' | 'unfinished' | 'next', string>;

function typedFrom(standing: StandingProgress): Typed {
  return {
    volume: writeMillions(standing.volumeDong),
    physical: writePercent(standing.physicalPercent),
    implemented: writeMillions(standing.implementedDong),
    implementedPlan: writeMillions(standing.implementedPlanDong),
    done: standing.done,
    unfinished: standing.unfinished,
    next: standing.next,
  };
}
