import { ActionIcon, Button } from '@mantine/core';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import { AgendaTitle } from './AgendaTitle';
import classes from './followup.module.css';
import {
  type Candidate,
  candidatesQuery,
  fixAgenda,
  meetingQuery,
  newIdempotencyKey,
  setAgenda,
  type MeetingDetail,
} from './queries';

type Item = Pick<MeetingDetail['agenda'][number], 'source' | 'refId' | 'title' | 'facts'>;

const keyOf = ({ source, refId, title }: Item): string => `${source} ${refId ?? title}`;

interface BuilderProps {
  detail: MeetingDetail;
  etag: string;
}

/** The agenda beside what the figures and registers of today offer for it. */
export function AgendaBuilder({ detail, etag }: BuilderProps) {
  const words = useWords();
  const say = words.tackling.meeting;
  const queryClient = useQueryClient();
  const id = String(detail.meeting.id);
  const [items, setItems] = useState<Item[]>(detail.agenda);
  const [free, setFree] = useState('');
  const candidates = useQuery(candidatesQuery(id));
  const [key] = useState(newIdempotencyKey);
  const isSaved = items.map(keyOf).join() === detail.agenda.map(keyOf).join();
  const save = useMutation({
    mutationFn: () =>
      setAgenda(
        id,
        items.map(({ source, refId, title }) => (refId === null ? { source, title } : { source, refId })),
        etag,
      ),
    onSuccess: (after) => queryClient.setQueryData(meetingQuery(id).queryKey, after),
  });
  const fix = useMutation({
    mutationFn: () => fixAgenda(id, key),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['meeting'] }),
  });
  const taken = new Set(items.map(keyOf));
  const left = (candidates.data ?? []).filter((each) => !taken.has(keyOf(each)));
  const addFree = (event: FormEvent) => {
    event.preventDefault();
    const title = free.trim();
    if (title === '') return;
    setItems([...items, { source: 'free', refId: null, title, facts: '' }]);
    setFree('');
  };
  return (
    <>
      <Card title={say.agenda} subtitle={isSaved ? undefined : say.unsaved}>
        {items.length === 0 ? (
          <p className={classes.none}>{say.emptyAgenda}</p>
        ) : (
          <ol className={classes.cards}>
            {items.map((item, i) => (
              <AgendaRow
                key={keyOf(item)}
                item={item}
                ordinal={i + 1}
                onUp={
                  i === 0 || items[i - 1]?.source === 'undone-decision' ? undefined : () => setItems(swapped(items, i))
                }
                onRemove={() => setItems(items.filter((each) => each !== item))}
              />
            ))}
          </ol>
        )}
        <form className={classes.body} onSubmit={addFree}>
          <Field label={say.freeTitle}>
            {(input) => (
              <input {...input} maxLength={300} value={free} onChange={(event) => setFree(event.currentTarget.value)} />
            )}
          </Field>
          <div>
            <Button type="submit" leftSection={<IconPlus size={16} />}>
              {say.addFree}
            </Button>
          </div>
        </form>
        <Refused label={words.tackling.refused} error={save.error ?? fix.error} />
        <div className={form.actions}>
          <Button
            variant={isSaved ? 'default' : 'filled'}
            loading={save.isPending}
            aria-disabled={isSaved}
            onClick={() => !isSaved && save.mutate()}
          >
            {say.saveAgenda(items.length)}
          </Button>
          <Button
            variant={isSaved ? 'filled' : 'default'}
            loading={fix.isPending}
            aria-disabled={!isSaved || items.length === 0}
            onClick={() => isSaved && items.length > 0 && fix.mutate()}
          >
            {say.fix}
          </Button>
          <span className={form.missing}>
            {items.length === 0 ? say.emptyAgenda : isSaved ? say.fixMeans : say.saveFirst}
          </span>
        </div>
      </Card>
      <Card
        title={say.candidates}
        subtitle={say.candidatesWhy}
        right={
          left.length > 1 && (
            <Button size="compact-sm" onClick={() => setItems([...items, ...left])}>
              {say.addAll(left.length)}
            </Button>
          )
        }
      >
        {candidates.data === undefined ? (
          <p className={classes.none}>{candidates.isError ? words.state.offlineTitle : words.loading}</p>
        ) : left.length === 0 ? (
          <p className={classes.none}>{say.noCandidates}</p>
        ) : (
          <ul className={classes.cards}>
            {left.map((each) => (
              <CandidateRow key={keyOf(each)} candidate={each} onAdd={() => setItems([...items, each])} />
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}

function swapped(items: readonly Item[], i: number): Item[] {
  const next = [...items];
  [next[i - 1], next[i]] = [next[i] as Item, next[i - 1] as Item];
  return next;
}

interface RowProps {
  item: Item;
  ordinal: number;
  onUp: (() => void) | undefined;
  onRemove: () => void;
}

function AgendaRow({ item, ordinal, onUp, onRemove }: RowProps) {
  const words = useWords();
  const say = words.tackling.meeting;
  const isUndone = item.source === 'undone-decision';
  return (
    <li className={classes.agendaItem}>
      <span className={classes.order}>{ordinal}</span>
      <div>
        <AgendaTitle item={item} inNewTab />
        <span className={classes.quiet}>{item.facts}</span>
        <span className={classes.quiet}>
          {say.sources[item.source]}
          {isUndone && `, ${say.alwaysFirst}`}
        </span>
      </div>
      {!isUndone && (
        <span className={classes.tools}>
          {onUp !== undefined && (
            <ActionIcon variant="default" size="lg" aria-label={say.up(item.title)} onClick={onUp}>
              <IconArrowUp size={16} />
            </ActionIcon>
          )}
          <ActionIcon variant="default" size="lg" aria-label={say.remove(item.title)} onClick={onRemove}>
            <IconX size={16} />
          </ActionIcon>
        </span>
      )}
    </li>
  );
}

function CandidateRow({ candidate, onAdd }: { candidate: Candidate; onAdd: () => void }) {
  const words = useWords();
  const say = words.tackling.meeting;
  return (
    <li className={`${classes.agendaItem} ${classes.candidate}`}>
      <Chip tone={candidate.source === 'overdue-notice' ? 'late' : 'plain'}>{say.sources[candidate.source]}</Chip>
      <div>
        <AgendaTitle item={candidate} inNewTab />
        <span className={classes.quiet}>{candidate.facts}</span>
      </div>
      <Button size="compact-sm" onClick={onAdd}>
        {say.add}
      </Button>
    </li>
  );
}
