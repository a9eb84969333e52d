import { IconFileText } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { HistoryLink } from '../audit/HistoryLink';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import { AgendaBuilder } from './AgendaBuilder';
import { CloseForm } from './CloseForm';
import { DecideForm } from './DecideForm';
import { DecisionList } from './DecisionList';
import classes from './followup.module.css';
import { meetingQuery, type MeetingDetail } from './queries';

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
          {agenda.map(({ id, ordinal, title, facts, source }) => (
            <li key={id} className={classes.agendaItem}>
              <span className={classes.order}>{ordinal}</span>
              <div>
                <span>{title}</span>
                <span className={classes.quiet}>{facts}</span>
              </div>
              <Chip tone={source === 'undone-decision' ? 'below' : 'plain'}>{say.sources[source]}</Chip>
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
    </Card>
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
