import { Button, Textarea } from '@mantine/core';
import { IconChevronLeft, IconPencil } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../client/use-session';
import { formatDay, formatMoment } from '../format/date';
import { NewDifficultyLink } from '../followup/NewDifficultyLink';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Marking } from '../frame/Marking';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './inspections.module.css';
import { concludeInspection, inspectionQuery, type InspectionDetail } from './queries';
import { SubjectName } from './SubjectName';
import { keptDraft } from './visit-draft';
import { VisitCard } from './VisitCard';

export function InspectionScreen() {
  const { inspections: say } = useWords();
  const { id } = useParams({ from: '/frame/inspections/$id' });
  const found = useQuery(inspectionQuery(Number(id)));
  const inspection = found.data;
  if (inspection === undefined)
    return found.isError ? (
      <FailedState error={found.error} what={say.what} onRetry={() => void found.refetch()} heading="h1" />
    ) : (
      <LoadingBlock what={say.what} />
    );
  return (
    <>
      <PageHead title={`${say.title} ${inspection.id}`}>
        <Link to="/inspections" className={table.link}>
          <IconChevronLeft size={16} aria-hidden="true" />
          {say.back}
        </Link>
        <Chip tone={inspection.state === 'concluded' ? 'ok' : 'accent'}>{say.states[inspection.state]}</Chip>
        {inspection.illustrative && <Marking />}
      </PageHead>
      <div className={classes.cards}>
        <PlanCard inspection={inspection} />
        {inspection.visits.map((visit) => (
          <VisitCard key={visit.id} inspection={inspection} visit={visit} />
        ))}
        {inspection.conclusion !== null ? (
          <Card title={say.conclusion}>
            <div className={classes.body}>
              <p>{inspection.conclusion}</p>
              <span className={classes.facts}>
                {say.concludedBy(inspection.concludedBy ?? '', formatMoment(inspection.concludedAt ?? ''))}
              </span>
            </div>
          </Card>
        ) : (
          inspection.own && inspection.state === 'visited' && <ConcludeCard inspection={inspection} />
        )}
      </div>
    </>
  );
}

function PlanCard({ inspection }: { inspection: InspectionDetail }) {
  const { inspections: say } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const draft = useQuery({
    queryKey: ['visit-draft', session.username, inspection.id],
    queryFn: async () => (await keptDraft(session.username, inspection.id).catch(() => undefined)) !== undefined,
    networkMode: 'always',
    staleTime: 0,
  });
  const { id, noticeId, follows, project, unit } = inspection;
  const subject = project !== null ? { project: project.code } : unit !== null ? { unit: unit.code } : undefined;
  return (
    <Card title={say.planned} subtitle={say.kinds[inspection.kind]}>
      <div className={classes.body}>
        <span className={classes.subject}>
          <SubjectName inspection={inspection} />
        </span>
        <p>{inspection.purpose}</p>
        <span className={classes.facts}>
          {[formatDay(inspection.plannedOn), inspection.place, inspection.team.name].join(' · ')}
        </span>
        <span className={classes.facts}>
          {say.members}: {inspection.members.join(', ')}
        </span>
        {noticeId !== null && (
          <Link to="/notices/$id" params={{ id: String(noticeId) }} className={table.link}>
            {say.fromNotice(noticeId)}
          </Link>
        )}
        {follows !== null && (
          <Link to="/inspections/$id" params={{ id: String(follows) }} className={table.link}>
            {say.followsOf(follows)}
          </Link>
        )}
        {inspection.visits.length > 0 && subject !== undefined && <NewDifficultyLink subject={subject} />}
        {inspection.visits.length === 0 && <span className={classes.facts}>{say.noVisits}</span>}
      </div>
      {inspection.own && inspection.state !== 'concluded' && (
        <div className={form.actions}>
          <Button
            variant="filled"
            leftSection={<IconPencil size={16} aria-hidden="true" />}
            onClick={() => void navigate({ to: '/inspections/$id/visit', params: { id: String(id) } })}
          >
            {draft.data === true ? say.continueVisit : say.recordVisit}
          </Button>
        </div>
      )}
    </Card>
  );
}

function ConcludeCard({ inspection }: { inspection: InspectionDetail }) {
  const { inspections: say } = useWords();
  const queryClient = useQueryClient();
  const [text, setText] = useState('');
  const conclude = useMutation({
    mutationFn: () => concludeInspection(inspection.id, text.trim()),
    onSuccess: (saved) => {
      queryClient.setQueryData(inspectionQuery(inspection.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['inspections'] });
      void queryClient.invalidateQueries({ queryKey: ['notice'] });
    },
  });
  return (
    <Card title={say.conclude}>
      <div className={classes.body}>
        <Textarea
          label={say.conclusion}
          rows={4}
          maxLength={10000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <span className={classes.facts}>{say.concludeMeans}</span>
        <Refused label={say.refused} error={conclude.error} />
      </div>
      <div className={form.actions}>
        <Button
          variant="filled"
          loading={conclude.isPending}
          aria-disabled={text.trim() === '' || undefined}
          onClick={() => text.trim() !== '' && conclude.mutate()}
        >
          {say.conclude}
        </Button>
      </div>
    </Card>
  );
}
