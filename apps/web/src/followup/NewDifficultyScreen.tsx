import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { unitsQuery } from '../client/queries';
import { compareVietnamese } from '../format/fold';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import { blockedOf, DifficultyFields, EMPTY_DRAFT } from './DifficultyFields';
import classes from './followup.module.css';
import { newIdempotencyKey, projectChoicesQuery, recordDifficulty } from './queries';

/** Recording a difficulty, at a desk or on a phone beside the site. */
export function NewDifficultyScreen() {
  const words = useWords();
  const say = words.tackling.difficulty;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const projects = useQuery(projectChoicesQuery);
  const units = useQuery(unitsQuery());
  const given = useSearch({ from: '/frame/difficulties/new' });
  const [kind, setKind] = useState<'project' | 'unit'>(given.unit === undefined ? 'project' : 'unit');
  const [subject, setSubject] = useState(given.project ?? given.unit ?? '');
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  // One key a draft: pressing again after a lost answer repeats the same command.
  const [key, setKey] = useState(newIdempotencyKey);
  const blocked = blockedOf(draft);
  const command = useMutation({
    mutationFn: () =>
      recordDifficulty(
        {
          [kind]: subject,
          category: draft.category,
          title: draft.title,
          ...(draft.description.trim() === '' ? {} : { description: draft.description }),
          blockedDong: blocked ?? null,
          owner: draft.owner,
          decider: draft.decider,
          dueDate: draft.dueDate === '' ? null : draft.dueDate,
        },
        key,
      ),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['difficulties'] });
      await navigate({ to: '/difficulties/$id', params: { id: String(id) } });
    },
  });
  const choices = [...(kind === 'project' ? (projects.data ?? []) : (units.data ?? []))].sort((a, b) =>
    compareVietnamese(a.name, b.name),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (blocked !== undefined) command.mutate();
  };
  return (
    <>
      <PageHead title={say.newTitle} />
      <form className={form.form} onSubmit={send}>
        <Card title={say.subject}>
          <div className={classes.body}>
            <Choice
              label={say.subject}
              value={kind}
              options={[
                { value: 'project', label: say.ofProject },
                { value: 'unit', label: say.ofUnit },
              ]}
              onChange={(next) => {
                setKind(next);
                setSubject('');
                setKey(newIdempotencyKey());
              }}
            />
            <Field label={kind === 'project' ? say.project : say.unit}>
              {(input) => (
                <select
                  {...input}
                  required
                  value={subject}
                  onChange={(event) => {
                    setSubject(event.currentTarget.value);
                    setKey(newIdempotencyKey());
                  }}
                >
                  <option value="">{say.pick}</option>
                  {/* The list has an end; what the page was opened for stands in it all the same. */}
                  {subject !== '' && !choices.some(({ code }) => code === subject) && (
                    <option value={subject}>{subject}</option>
                  )}
                  {choices.map(({ code, name }) => (
                    <option key={code} value={code}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        </Card>
        <Card title={say.facts}>
          <DifficultyFields
            draft={draft}
            onChange={(next) => {
              setDraft(next);
              setKey(newIdempotencyKey());
            }}
          />
        </Card>
        <Refused label={words.tackling.refused} error={command.error} />
        <div className={form.actions}>
          <Button type="submit" variant="filled" loading={command.isPending} aria-disabled={blocked === undefined}>
            {say.record}
          </Button>
        </div>
      </form>
    </>
  );
}
