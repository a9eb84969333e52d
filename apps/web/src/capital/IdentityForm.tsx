import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { dongOfMillion, millionOfDong } from '../format/million';
import { useWords } from '../words/words-provider';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { changeProject, projectQuery } from './queries';
import { Refused } from '../frame/Refused';
import type { ProjectChange, ProjectDetail } from './types';

type Values = Record<
  | 'name'
  | 'nationalCode'
  | 'totalInvestmentDong'
  | 'investmentDecisionNo'
  | 'investmentDecisionDate'
  | 'openingThroughYear'
  | 'openingAllocatedDong'
  | 'openingDisbursedDong',
  string
>;

const AMOUNTS = ['totalInvestmentDong', 'openingAllocatedDong', 'openingDisbursedDong'] as const;

export function IdentityForm({ project, etag, onDone }: { project: ProjectDetail; etag: string; onDone: () => void }) {
  const words = useWords();
  const { project: say } = words.capital;
  const queryClient = useQueryClient();
  const [values, setValues] = useState<Values>(() => valuesOf(project));
  const wrong = wrongFields(values);
  const save = useMutation({
    mutationFn: () => changeProject(project.code, changesOf(values), etag),
    onSuccess: (saved) => {
      queryClient.setQueryData(projectQuery(project.code).queryKey, saved);
      onDone();
    },
  });
  const text = (field: keyof Values, label: string, type: 'text' | 'date' = 'text') => (
    <Field key={field} label={label} wide>
      {(input) => (
        <input
          {...input}
          type={type}
          value={values[field]}
          inputMode={(AMOUNTS as readonly string[]).includes(field) ? 'decimal' : undefined}
          aria-invalid={wrong.includes(field)}
          onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (wrong.length === 0) save.mutate();
      }}
    >
      <div className={form.fields}>
        {text('name', say.name)}
        {text('nationalCode', say.nationalCode)}
        {text('totalInvestmentDong', say.totalMillion)}
        {text('investmentDecisionNo', say.investmentDecisionNo)}
        {text('investmentDecisionDate', say.investmentDecisionDate, 'date')}
        {text('openingThroughYear', say.openingYear)}
        {text('openingAllocatedDong', say.openingAllocated)}
        {text('openingDisbursedDong', say.openingDisbursed)}
      </div>
      {save.isError && <Refused label={say.refused} error={save.error} place={() => ''} />}
      <div className={form.actions}>
        <Button onClick={onDone}>{words.cancel}</Button>
        <Button type="submit" variant="filled" loading={save.isPending} aria-disabled={wrong.length > 0}>
          {say.save}
        </Button>
        {wrong.length > 0 && <span className={form.missing}>{say.wrong}</span>}
      </div>
    </form>
  );
}

function valuesOf({ opening, ...project }: ProjectDetail): Values {
  const million = (dong: number | null | undefined) => (dong == null ? '' : millionOfDong(dong));
  return {
    name: project.name,
    nationalCode: project.nationalCode ?? '',
    totalInvestmentDong: million(project.totalInvestmentDong),
    investmentDecisionNo: project.investmentDecisionNo ?? '',
    investmentDecisionDate: project.investmentDecisionDate ?? '',
    openingThroughYear: opening === null ? '' : String(opening.throughYear),
    openingAllocatedDong: million(opening?.allocatedDong),
    openingDisbursedDong: million(opening?.disbursedDong),
  };
}

function wrongFields(values: Values): (keyof Values)[] {
  const wrong: (keyof Values)[] = AMOUNTS.filter((field) => {
    const dong = values[field].trim() === '' ? 0 : dongOfMillion(values[field]);
    return dong === null || dong < 0;
  });
  if (values.name.trim() === '') wrong.push('name');
  if (!/^(\d{7})?$/.test(values.nationalCode.trim())) wrong.push('nationalCode');
  if (!/^(\d{4})?$/.test(values.openingThroughYear.trim())) wrong.push('openingThroughYear');
  return wrong;
}

function changesOf(values: Values): ProjectChange {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  const dong = (text: string) => (text.trim() === '' ? null : dongOfMillion(text));
  return {
    name: values.name.trim(),
    nationalCode: orNull(values.nationalCode),
    totalInvestmentDong: dong(values.totalInvestmentDong),
    investmentDecisionNo: orNull(values.investmentDecisionNo),
    investmentDecisionDate: orNull(values.investmentDecisionDate),
    openingThroughYear: orNull(values.openingThroughYear) === null ? null : Number(values.openingThroughYear),
    openingAllocatedDong: dong(values.openingAllocatedDong),
    openingDisbursedDong: dong(values.openingDisbursedDong),
  };
}
