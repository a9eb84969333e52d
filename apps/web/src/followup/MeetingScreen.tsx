import { Button } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { HistoryLink } from '../audit/HistoryLink';
import { useSession } from '../client/use-session';
import { composeDocument } from '../documents/documents-client';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import { AgendaBuilder } from './AgendaBuilder';
import { AgendaTitle } from './AgendaTitle';
import { CloseForm } from './CloseForm';
import { DecideForm } from './DecideForm';
import { DecisionList } from './DecisionList';
import classes from './followup.module.css';
import { meetingQuery, newIdempotencyKey, type MeetingDetail } from './queries';

/** One meeting from its preparation to its minutes. */
export function MeetingScreen() {
  const words = useWords();
  const say = words.tackling.meeting;
  const { permissions } = useSession();
  const { id } = useParams({ from: '/frame/meetings/$id' });
  const found = useQuery(meetingQuery(id));
  if (found.isError)
    return <FailedState error={found.error} what={say.what} onRetry={() => void found.refetch()} heading="h1" />;
  if (found.data === undefined) return <LoadingBlock what={say.what} />;
  const { value: detail, etag } = found.data;
  const { meeting } = detail;
  const mayPrepare = permissions.includes('meetings.prepare');
  return (
    <>
      <PageHead title={say.one(meeting.bodyName, formatDay(meeting.heldOn))}>
        <Chip tone={meeting.state === 'held' ? 'plain' : 'accent'}>{say.states[meeting.state]}</Chip>
        <span className={classes.quiet}>
          {say.kinds[meeting.kind]} · {meeting.place}
        </span>
        {meeting.difficultyId !== null && (
          <Link to="/difficulties/$id" params={{ id: String(meeting.difficultyId) }}>
            {words.tackling.difficulty.one(meeting.difficultyId)}
          </Link>
        )}
        <HistoryLink type="meeting" id={id} />
      </PageHead>
      <div className={classes.columns}>
        <div className={classes.stack}>
          {meeting.state === 'preparing' && mayPrepare ? (
            <AgendaBuilder key={etag} detail={detail} etag={etag} />
          ) : (
            <AgendaCard detail={detail} />
          )}
        </div>
        <div className={classes.stack}>
          <PapersCard detail={detail} />
          {meeting.state !== 'preparing' && <DecisionsCard detail={detail} mayPrepare={mayPrepare} />}
          {meeting.state === 'fixed' && mayPrepare && <CloseForm detail={detail} />}
          {meeting.state === 'held' && <MinutesCard detail={detail} />}
        </div>
      </div>
    </>
  );
}

function AgendaCard({ detail: { agenda, meeting } }: { detail: MeetingDetail }) {
  const words = useWords();
  const say = words.tackling.meeting;
  return (
    <Card title={say.agenda} subtitle={meeting.state === 'preparing' ? undefined : say.agendaFixed}>
      {agenda.length === 0 ? (
        <p className={classes.none}>{say.emptyAgenda}</p>
      ) : (
        <ol className={classes.cards}>
          {agenda.map((item) => (
            <li key={item.id} className={classes.agendaItem}>
              <span className={classes.order}>{item.ordinal}</span>
              <div>
                <AgendaTitle item={item} />
                <span className={classes.quiet}>{item.facts}</span>
              </div>
              <Chip tone={item.source === 'undone-decision' ? 'below' : 'plain'}>{say.sources[item.source]}</Chip>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

const FILES = ['agenda.pdf', 'agenda.docx', 'minutes.pdf', 'minutes.docx'] as const;

function PapersCard({ detail: { meeting } }: { detail: MeetingDetail }) {
  const words = useWords();
  const say = words.tackling.meeting;
  const { permissions } = useSession();
  const files = FILES.filter((file) => meeting.state !== 'preparing' || file.startsWith('agenda'));
  return (
    <Card title={say.papers}>
      <div className={classes.links}>
        {files.map((file) => (
          <a key={file} href={`/api/v1/meetings/${meeting.id}/papers/${file}`} download>
            <IconFileText size={16} aria-hidden="true" />
            {say.files[file]}
          </a>
        ))}
      </div>
      {meeting.state !== 'preparing' && permissions.includes('documents.compose') && (
        <ToClerk meetingId={meeting.id} paper={meeting.state === 'held' ? 'minutes' : 'agenda'} />
      )}
    </Card>
  );
}

/** The paper of the meeting that stands, made a document which the clerk numbers. */
function ToClerk({ meetingId, paper }: { meetingId: number; paper: 'agenda' | 'minutes' }) {
  const words = useWords();
  const say = words.tackling.meeting;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const command = useMutation({
    mutationFn: () => composeDocument({ kind: paper, meeting: meetingId }, newIdempotencyKey()),
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: ['documents'] });
      await navigate({ to: '/documents/$id', params: { id: String(id) } });
    },
  });
  return (
    <>
      <Refused label={words.tackling.refused} error={command.error} />
      <div className={form.actions}>
        <Button loading={command.isPending} onClick={() => command.mutate()}>
          {say.toClerk[paper]}
        </Button>
        <span className={form.missing}>{say.toClerkMeans}</span>
      </div>
    </>
  );
}

function DecisionsCard({ detail, mayPrepare }: { detail: MeetingDetail; mayPrepare: boolean }) {
  const words = useWords();
  const say = words.tackling.meeting;
  return (
    <Card title={say.decisions}>
      {detail.decisions.length === 0 ? (
        <p className={classes.none}>{say.noDecisions}</p>
      ) : (
        <DecisionList decisions={detail.decisions} />
      )}
      {mayPrepare && detail.meeting.state === 'fixed' && <DecideForm detail={detail} />}
    </Card>
  );
}

function MinutesCard({ detail: { present, conclusion } }: { detail: MeetingDetail }) {
  const words = useWords();
  const say = words.tackling.meeting;
  return (
    <Card title={say.conclusion}>
      <div className={classes.body}>
        {conclusion !== '' && <p>{conclusion}</p>}
        <p className={classes.quiet}>{say.present}</p>
        <ul className={classes.cards}>
          {present.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {present.length === 0 && <p>–</p>}
      </div>
    </Card>
  );
}
