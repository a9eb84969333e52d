import { Button } from '@mantine/core';
import { IconCloudOff, IconDeviceMobileCheck, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Refusal } from '../client/refusal';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './inspections.module.css';
import { inspectionQuery, type InspectionDetail } from './queries';
import { isComplete, sendDraft } from './send-draft';
import { useVisitDraft, type Keeping } from './use-visit-draft';
import { emptyDraft, type VisitDraft } from './visit-draft';
import { FindingsPart, RecommendationsPart } from './VisitParts';
import { VisitFiles } from './VisitFiles';

interface VisitFormProps {
  inspection: InspectionDetail;
  username: string;
}

/** Everything typed or photographed stays on the device until the server has it; without a line it waits and goes later. */
export function VisitForm({ inspection, username }: VisitFormProps) {
  const { visit: say } = useWords();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { id } = inspection;
  const kept = useVisitDraft(username, id, () => emptyDraft(inspection.today, inspection.place, inspection.members));
  const { draft, change } = kept;
  const [isAsked, setAsked] = useState(false);
  const send = useMutation({
    // Without a line the library would hold the act back; here it is the draft that waits.
    networkMode: 'always',
    mutationFn: (sent: VisitDraft) =>
      sendDraft(id, sent, (file) => {
        change((now) => ({ ...now, files: now.files.map((each) => (each.key === file.key ? file : each)) }));
        return Promise.resolve();
      }),
    onSuccess: async (saved) => {
      await kept.drop();
      queryClient.setQueryData(inspectionQuery(id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['inspections'] });
      void queryClient.invalidateQueries({ queryKey: ['notice'] });
      await navigate({ to: '/inspections/$id', params: { id: String(id) } });
    },
    onError: (error) => {
      const isOffline = error instanceof Refusal && error.isUnreachable;
      // Files that waited longer than a day on the server are gone from it: they are sent anew.
      const isSwept = error instanceof Refusal && error.code === 'attachment-unknown';
      change((now) => ({
        ...now,
        isWaiting: isOffline,
        files: isSwept ? now.files.map((file) => ({ ...file, fileId: null })) : now.files,
      }));
    },
  });
  const { mutate, isPending } = send;
  useEffect(() => {
    if (draft?.isWaiting !== true || isPending) return undefined;
    const again = () => mutate(draft);
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [draft, isPending, mutate]);

  if (draft === undefined) return null;
  const complete = isComplete(draft);
  const isOffline = send.error instanceof Refusal && send.error.isUnreachable;
  return (
    <form
      className={classes.cards}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !isPending) mutate(draft);
      }}
    >
      <Card title={say.title}>
        <div className={form.fields}>
          <Field label={say.day}>
            {(input) => (
              <input
                {...input}
                type="date"
                max={inspection.today}
                value={draft.visitedOn}
                onChange={(event) => change({ visitedOn: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={say.place}>
            {(input) => (
              <input
                {...input}
                maxLength={300}
                value={draft.place}
                onChange={(event) => change({ place: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label={say.members} wide>
            {(input) => (
              <textarea
                {...input}
                rows={3}
                value={draft.members}
                onChange={(event) => change({ members: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
      </Card>
      <FindingsPart draft={draft} change={change} />
      <VisitFiles draft={draft} change={change} />
      <RecommendationsPart draft={draft} change={change} />
      <Card title={say.note}>
        <div className={form.fields}>
          <Field label={say.note} wide>
            {(input) => (
              <textarea
                {...input}
                rows={3}
                maxLength={10000}
                value={draft.note}
                onChange={(event) => change({ note: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
      </Card>
      {draft.isWaiting && (
        <p role="status" className={classes.waiting}>
          <IconCloudOff size={18} aria-hidden="true" />
          {say.waiting}
        </p>
      )}
      {!isOffline && <Refused label={say.refused} error={send.error} />}
      <div className={classes.foot}>
        <KeptNote keeping={kept.keeping} />
        {isPending && draft.files.length > 0 && (
          <span className={classes.kept}>
            {say.sending(draft.files.filter(({ fileId }) => fileId !== null).length, draft.files.length)}
          </span>
        )}
        <Button
          type="submit"
          variant="filled"
          loading={isPending}
          aria-disabled={!complete}
          leftSection={<IconSend size={16} aria-hidden="true" />}
        >
          {say.send}
        </Button>
        {!complete && <span className={form.missing}>{say.missing}</span>}
        <Button
          onClick={() => {
            if (!isAsked) return setAsked(true);
            return void kept.drop().then(() => navigate({ to: '/inspections/$id', params: { id: String(id) } }));
          }}
        >
          {isAsked ? say.discardAgain : say.discard}
        </Button>
      </div>
    </form>
  );
}

function KeptNote({ keeping }: { keeping: Keeping }) {
  const { visit: say } = useWords();
  return (
    <span role="status" className={classes.kept}>
      <IconDeviceMobileCheck size={16} aria-hidden="true" />
      {keeping.state === 'kept'
        ? say.keptAt(formatMoment(keeping.at).slice(-5))
        : keeping.state === 'keeping'
          ? say.keeping
          : say.notKept}
    </span>
  );
}
