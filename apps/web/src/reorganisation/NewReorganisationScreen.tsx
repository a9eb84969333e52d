import { Button, TextInput } from '@mantine/core';
import { IconEye, IconSend } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { unitsQuery } from '../client/queries';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import { choicesOf, type Draft, EMPTY, isComplete, requestOf, teamsOf, unitsThatMayEnd } from './draft';
import { EndedUnitsCard } from './EndedUnitsCard';
import { ExceptionsCard } from './ExceptionsCard';
import { NewUnitsCard } from './NewUnitsCard';
import { Refused } from '../frame/Refused';
import { newIdempotencyKey, prepareReorganisation, previewReorganisation } from './reorganisation-client';
import { ResultView } from './ResultView';
import classes from './reorganisation.module.css';

/** Fill in, preview, prepare: what is prepared is what was previewed, and a second person carries it out. */
export function NewReorganisationScreen() {
  const words = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [key] = useState(newIdempotencyKey);
  const units = useQuery(unitsQuery());
  const request = requestOf(draft);
  const asked = JSON.stringify(request);
  const preview = useMutation({
    mutationFn: () => previewReorganisation(request).then((result) => ({ result, asked })),
  });
  const prepare = useMutation({
    // The key names what was asked: pressing again after a lost answer prepares it once, a changed one anew.
    mutationFn: () => prepareReorganisation(request, `${key}-${hashOf(asked)}`),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['reorganisations'] });
      await navigate({ to: '/reorganisations/$id', params: { id: String(id) } });
    },
  });
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const isPreviewed = preview.data?.asked === asked;
  const complete = isComplete(draft);

  if (units.isError && units.data === undefined)
    return (
      <FailedState error={units.error} what={words.units.what} onRetry={() => void units.refetch()} heading="h1" />
    );
  if (units.data === undefined) return <LoadingBlock what={words.units.what} />;
  const choices = choicesOf(draft, units.data);
  const nameOf = new Map(units.data.map(({ code, name }) => [code, name]));
  const field = (name: 'decisionNo' | 'note' | 'decisionDate' | 'effectiveDate') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });

  return (
    <>
      <PageHead title={words.reorganisation.newTitle} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <Card title={words.reorganisation.decisionCard}>
            <div className={classes.fields}>
              <TextInput label={words.reorganisation.decisionNo} maxLength={100} {...field('decisionNo')} />
              <TextInput type="date" label={words.reorganisation.decisionDate} {...field('decisionDate')} />
              <TextInput type="date" label={words.reorganisation.effectiveDate} {...field('effectiveDate')} />
              <div>
                <TextInput label={words.reorganisation.note} maxLength={1000} {...field('note')} />
                <p className={classes.hint}>{words.reorganisation.effectiveHint}</p>
              </div>
            </div>
          </Card>
          <NewUnitsCard units={draft.newUnits} teams={teamsOf(units.data)} onChange={(newUnits) => set({ newUnits })} />
          <EndedUnitsCard
            units={units.data}
            left={unitsThatMayEnd(draft, units.data)}
            ended={draft.ended}
            choices={choices}
            onChange={(ended) => set({ ended })}
          />
          <ExceptionsCard
            ended={draft.ended.map(({ unitCode }) => ({ code: unitCode, name: nameOf.get(unitCode) ?? unitCode }))}
            exceptions={draft.exceptions}
            choices={choices}
            onChange={(exceptions) => set({ exceptions })}
          />
        </div>
        <div className={classes.side}>
          <Card title={words.reorganisation.preview}>
            <div className={classes.act}>
              <p className={classes.quiet}>
                {complete ? words.reorganisation.previewHint : words.reorganisation.previewMissing}
              </p>
              <Button
                variant={isPreviewed ? 'default' : 'filled'}
                leftSection={<IconEye size={16} />}
                loading={preview.isPending}
                aria-disabled={!complete || undefined}
                onClick={() => complete && preview.mutate()}
              >
                {preview.data === undefined ? words.reorganisation.preview : words.reorganisation.previewAgain}
              </Button>
              {preview.isError && <Refused label={words.reorganisation.refused} error={preview.error} />}
              {preview.data !== undefined && !preview.isError && (
                <>
                  <Button
                    variant={isPreviewed ? 'filled' : 'default'}
                    leftSection={<IconSend size={16} />}
                    loading={prepare.isPending}
                    aria-disabled={!isPreviewed || undefined}
                    onClick={() => isPreviewed && prepare.mutate()}
                  >
                    {words.reorganisation.submit}
                  </Button>
                  {!isPreviewed && <p className={classes.quiet}>{words.reorganisation.changed}</p>}
                </>
              )}
              {prepare.isError && <Refused label={words.reorganisation.refused} error={prepare.error} />}
            </div>
          </Card>
        </div>
      </div>
      {preview.data !== undefined && isPreviewed && (
        <section className={classes.preview} aria-label={words.reorganisation.resultTitle} aria-live="polite">
          <ResultView result={preview.data.result} />
        </section>
      )}
    </>
  );
}

/** A short name for a text; not a secret, only different for different texts. */
function hashOf(text: string): string {
  let hash = 5381;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 33) ^ text.charCodeAt(i)) >>> 0;
  return hash.toString(36);
}
