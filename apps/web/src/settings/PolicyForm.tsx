import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import form from '../frame/Form.module.css';
import { useSpeech } from '../words/words-provider';
import { draftOf, fieldsOf, type PolicyDraft } from './policy-draft';
import { PolicyPreviewTable } from './PolicyPreviewTable';
import { RefusedNote } from './RefusedNote';
import { type Policies, policiesQuery, previewPolicy, proposePolicy } from './settings-client';
import classes from './settings.module.css';

/** The fields of the policy in plain words; who would be on the list under them is seen before they are proposed. */
export function PolicyForm({ policies, isWaiting }: { policies: Policies; isWaiting: boolean }) {
  const { words, language } = useSpeech();
  const say = words.settings.policy;
  const queryClient = useQueryClient();
  const present = policies.present.fields;
  const [draft, setDraft] = useState(() => draftOf(present));
  const [reason, setReason] = useState('');
  const month = parseMonth(policies.month).number;
  const { planYear } = policies;
  const preview = useMutation({ mutationFn: () => previewPolicy(planYear, fieldsOf(draft, present)) });
  const propose = useMutation({
    mutationFn: () => proposePolicy(planYear, fieldsOf(draft, present), reason),
    onSuccess: async (after) => {
      setReason('');
      queryClient.setQueryData(policiesQuery(planYear).queryKey, after);
      await queryClient.invalidateQueries({ queryKey: ['policies'] });
    },
  });
  const change = (next: Partial<PolicyDraft>) => {
    setDraft({ ...draft, ...next });
    preview.reset();
    propose.reset();
  };
  const isDeclared = draft.method === 'declared';
  const isReady = reason.trim() !== '' && !isWaiting;
  return (
    <Card title={say.change} subtitle={say.changeWhy}>
      <div className={classes.body}>
        <div className={classes.fields}>
          <Labelled label={say.threshold}>
            <input
              type="number"
              min={1}
              max={13}
              className={classes.input}
              value={draft.thresholdMonths}
              onChange={(event) => change({ thresholdMonths: event.currentTarget.value })}
            />
          </Labelled>
          <Choose
            label={say.basis}
            value={draft.planBasis}
            choices={words.basis}
            onChange={(planBasis) => change({ planBasis })}
          />
          <Choose
            label={say.missing}
            value={draft.missing}
            choices={say.missingChoices}
            onChange={(missing) => change({ missing })}
          />
          <Labelled label={say.leastGap}>
            <input
              inputMode="numeric"
              className={classes.input}
              value={draft.minimumGap}
              onChange={(event) => change({ minimumGap: event.currentTarget.value })}
            />
          </Labelled>
          <Choose
            label={say.method}
            value={draft.method}
            choices={say.methods}
            onChange={(method) => change({ method, ...(method === 'declared' ? { scope: 'all' as const } : {}) })}
          />
          {!isDeclared && (
            <Choose
              label={say.scope}
              value={draft.scope}
              choices={say.scopes}
              onChange={(scope) => change({ scope })}
            />
          )}
          <Choose
            label={say.fromMonth}
            value={draft.fromMonth}
            choices={Object.fromEntries([
              ['1', say.wholeYear],
              ...Array.from({ length: 12 }, (_, i) => [String(i + 2), say.fromMonthOn(i + 2)]),
            ])}
            onChange={(fromMonth) => change({ fromMonth })}
          />
          <Labelled label={say.exclude}>
            <input
              className={classes.input}
              value={draft.excludeProjects}
              placeholder={say.excludeHint}
              onChange={(event) => change({ excludeProjects: event.currentTarget.value })}
            />
          </Labelled>
        </div>
        <div className={classes.checks}>
          <Check
            label={say.carriedOver}
            checked={draft.includeCarriedOver}
            onChange={(includeCarriedOver) => change({ includeCarriedOver })}
          />
          <Check
            label={say.estimates}
            checked={draft.includeEstimates}
            onChange={(includeEstimates) => change({ includeEstimates })}
          />
          {draft.method === 'pooled' && (
            <Check
              label={say.reserve}
              checked={draft.includeReserve}
              onChange={(includeReserve) => change({ includeReserve })}
            />
          )}
        </div>
        {isDeclared && (
          <fieldset>
            <legend className={classes.quiet}>{say.declared(month)}</legend>
            <div className={classes.months} style={{ padding: 0 }}>
              {Array.from({ length: 13 }, (_, i) => String(i + 1)).map((number) => (
                <Labelled key={number} label={words.time.column(Number(number))}>
                  <input
                    inputMode="decimal"
                    className={classes.input}
                    value={draft.declared[number] ?? ''}
                    onChange={(event) =>
                      change({ declared: { ...draft.declared, [number]: event.currentTarget.value } })
                    }
                  />
                </Labelled>
              ))}
            </div>
          </fieldset>
        )}
        {(present.changes ?? []).length > 0 && <p className={classes.quiet}>{say.earlierChanges}</p>}
        <div className={classes.actions}>
          <Button loading={preview.isPending} onClick={() => preview.mutate()}>
            {say.preview}
          </Button>
          <Button variant="default" onClick={() => change(draftOf(present))}>
            {say.reset}
          </Button>
        </div>
        <RefusedNote error={preview.error} />
      </div>
      {preview.data !== undefined && (
        <>
          <div className={classes.body}>
            <p className={classes.sentence}>{preview.data.definition[language]}</p>
          </div>
          <PolicyPreviewTable preview={preview.data} />
          <div className={classes.body}>
            <Labelled label={say.reason}>
              <textarea
                rows={2}
                maxLength={1000}
                className={classes.input}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            </Labelled>
            <p className={classes.quiet}>{isWaiting ? say.oneWaits : say.proposeWhy}</p>
            <RefusedNote error={propose.error} />
            <div className={classes.actions}>
              <Button
                variant="filled"
                loading={propose.isPending}
                aria-disabled={!isReady || undefined}
                onClick={() => isReady && propose.mutate()}
              >
                {say.propose}
              </Button>
              {!isReady && !isWaiting && <span className={form.missing}>{say.reasonMissing}</span>}
            </div>
          </div>
        </>
      )}
    </Card>
  );
}

function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className={classes.field}>
      <span>{label}</span>
      {children}
    </label>
  );
}

interface ChooseProps<Value extends string> {
  label: string;
  value: Value;
  choices: Record<Value, string>;
  onChange: (value: Value) => void;
}

function Choose<Value extends string>({ label, value, choices, onChange }: ChooseProps<Value>) {
  return (
    <Labelled label={label}>
      <select
        className={classes.input}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value as Value)}
      >
        {(Object.keys(choices) as Value[])
          .sort((a, b) => Number(a) - Number(b) || 0)
          .map((each) => (
            <option key={each} value={each}>
              {choices[each]}
            </option>
          ))}
      </select>
    </Labelled>
  );
}

function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (on: boolean) => void }) {
  return (
    <label className={classes.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
}
