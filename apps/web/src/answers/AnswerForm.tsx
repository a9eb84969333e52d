import { Button } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../client/client';
import { noticeQuery, sourcesQuery, unitProjectsQuery } from '../client/queries';
import type { Notice } from '../client/types';
import { parseMonth, writeMonth } from '../format/month';
import { dongTyped } from '../format/signed-dong';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './answers.module.css';
import { letterAnswersQuery, sendAnswer, sendFile, type NewAnswer } from './queries';

type Kind = NewAnswer['kind'];
type Figure = 'plan' | 'disbursed';

/** A unit explains, or objects to a figure of the letter. Files go first, then the answer that names them. */
export function AnswerForm({ notice }: { notice: Notice }) {
  const words = useWords();
  const { answers: say } = words;
  const queryClient = useQueryClient();
  const unit = notice.recipient.code;
  const { planYear, number } = parseMonth(notice.month);
  const [key, setKey] = useState(newIdempotencyKey);
  const [kind, setKind] = useState<Kind>('explanation');
  const [month, setMonth] = useState(number);
  const [figure, setFigure] = useState<Figure>('disbursed');
  const [project, setProject] = useState('');
  const [source, setSource] = useState('');
  const [claimed, setClaimed] = useState('');
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const isObjection = kind === 'objection';
  const projects = useQuery({ ...unitProjectsQuery(unit), enabled: isObjection });
  const sources = useQuery({ ...sourcesQuery, enabled: isObjection });
  const claimedDong = dongTyped(claimed);
  const complete = text.trim() !== '' && (!isObjection || claimedDong !== undefined);
  const send = useMutation({
    mutationFn: async () => {
      const fileIds: number[] = [];
      for (const file of files) fileIds.push((await sendFile(file)).id);
      return sendAnswer(
        {
          noticeId: notice.id,
          kind,
          text: text.trim(),
          ...(fileIds.length === 0 ? {} : { fileIds }),
          ...(isObjection && claimedDong !== undefined
            ? {
                contested: {
                  month: writeMonth({ planYear, number: month }),
                  figure,
                  claimedDong,
                  ...(project === '' ? {} : { projectCode: project }),
                  ...(source === '' ? {} : { sourceCode: source }),
                },
              }
            : {}),
        },
        key,
      );
    },
    onSuccess: async () => {
      setText('');
      setClaimed('');
      setFiles([]);
      setKey(newIdempotencyKey());
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: letterAnswersQuery(notice.id).queryKey }),
        queryClient.invalidateQueries({ queryKey: noticeQuery(notice.id).queryKey }),
      ]);
    },
    // The files have new numbers the next time: that is another request.
    onError: () => setKey(newIdempotencyKey()),
  });
  return (
    <Card title={say.form.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (complete && !send.isPending) send.mutate();
        }}
      >
        <div className={classes.body}>
          <Choice
            label={say.form.kind}
            value={kind}
            options={[
              { value: 'explanation', label: say.kinds.explanation },
              { value: 'objection', label: say.kinds.objection },
            ]}
            onChange={setKind}
          />
        </div>
        <div className={form.fields}>
          {isObjection && (
            <>
              <Field label={say.form.month}>
                {(input) => (
                  <select {...input} value={month} onChange={(event) => setMonth(Number(event.currentTarget.value))}>
                    {Array.from({ length: number }, (_, i) => number - i).map((each) => (
                      <option key={each} value={each}>
                        {words.time.long(each, planYear)}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field label={say.form.figure}>
                {(input) => (
                  <select
                    {...input}
                    value={figure}
                    onChange={(event) => setFigure(event.currentTarget.value === 'plan' ? 'plan' : 'disbursed')}
                  >
                    <option value="disbursed">{say.figures.disbursed}</option>
                    <option value="plan">{say.figures.plan}</option>
                  </select>
                )}
              </Field>
              <Field label={say.form.project}>
                {(input) => (
                  <select {...input} value={project} onChange={(event) => setProject(event.currentTarget.value)}>
                    <option value="">{say.form.allProjects}</option>
                    {projects.data?.map(({ code, name }) => (
                      <option key={code} value={code}>
                        {name}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field label={say.form.source}>
                {(input) => (
                  <select {...input} value={source} onChange={(event) => setSource(event.currentTarget.value)}>
                    <option value="">{say.form.allSources}</option>
                    {sources.data?.map(({ code, name }) => (
                      <option key={code} value={code}>
                        {name}
                      </option>
                    ))}
                  </select>
                )}
              </Field>
              <Field label={say.form.claimed} hint={say.form.claimedHint}>
                {(input) => (
                  <input
                    {...input}
                    className={`${input.className} ${form.amount}`}
                    inputMode="numeric"
                    autoComplete="off"
                    value={claimed}
                    aria-invalid={claimed.trim() !== '' && claimedDong === undefined}
                    onChange={(event) => setClaimed(event.currentTarget.value)}
                  />
                )}
              </Field>
            </>
          )}
          <Field label={say.form.text} wide>
            {(input) => (
              <textarea
                {...input}
                rows={4}
                maxLength={5000}
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={say.form.files} hint={say.form.filesHint} wide>
            {(input) => (
              <input
                {...input}
                key={key}
                type="file"
                multiple
                accept="application/pdf,.docx,.xlsx,image/jpeg,image/png,.heic"
                onChange={(event) => setFiles([...(event.currentTarget.files ?? [])])}
              />
            )}
          </Field>
        </div>
        <Refused label={say.form.refused} error={send.error} />
        <div className={form.actions}>
          <Button
            type="submit"
            variant="filled"
            loading={send.isPending}
            aria-disabled={!complete || undefined}
            leftSection={<IconSend size={16} aria-hidden="true" />}
          >
            {say.form.send[kind]}
          </Button>
          {!complete && <span className={form.missing}>{say.form.missing}</span>}
        </div>
      </form>
    </Card>
  );
}
