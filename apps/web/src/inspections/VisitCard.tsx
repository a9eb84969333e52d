import { Button, TextInput } from '@mantine/core';
import { IconCheck, IconClock, IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDong } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { Refused } from '../frame/Refused';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './inspections.module.css';
import {
  completeRecommendation,
  inspectionQuery,
  type InspectionDetail,
  type Recommendation,
  type Visit,
} from './queries';

interface VisitCardProps {
  inspection: InspectionDetail;
  visit: Visit;
}

/** What one day at the place brought: findings, pictures, what is asked of whom. */
export function VisitCard({ inspection, visit }: VisitCardProps) {
  const words = useWords();
  const { inspections: say } = words;
  const shown = visit.attachments.filter(({ kind, mediaType }) => kind === 'photo' && mediaType !== 'image/heic');
  const files = visit.attachments.filter((file) => !shown.includes(file));
  const addressOf = (fileId: number): string => `/api/v1/inspections/${inspection.id}/files/${fileId}`;
  return (
    <Card title={say.visit(formatDay(visit.visitedOn))} subtitle={[visit.place, visit.members.join(', ')].join(' · ')}>
      <div className={classes.body}>
        {visit.note !== '' && <p>{visit.note}</p>}
        <h3>{say.findings}</h3>
        {visit.findings.length === 0 ? (
          <span className={classes.facts}>{say.noFindings}</span>
        ) : (
          <ul className={classes.items}>
            {visit.findings.map(({ category, text, amountDong }, i) => (
              <li key={i}>
                <span className={classes.facts}>
                  {say.categories[category]}
                  {amountDong !== null && ` · ${words.answers.dong(formatDong(amountDong))}`}
                </span>
                <p>{text}</p>
              </li>
            ))}
          </ul>
        )}
        {shown.length > 0 && (
          <>
            <h3>{say.photos}</h3>
            <ul className={classes.photos}>
              {shown.map(({ id, name, caption, latitude, longitude }) => (
                <li key={id}>
                  <a href={addressOf(id)} download={name}>
                    <img
                      src={addressOf(id)}
                      alt={caption === '' ? name : caption}
                      loading="lazy"
                      className={classes.photo}
                    />
                  </a>
                  {caption !== '' && <div>{caption}</div>}
                  {latitude !== null && longitude !== null && (
                    <div className={classes.facts}>{say.placeTaken(latitude, longitude)}</div>
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
        {files.length > 0 && (
          <>
            <h3>{say.files}</h3>
            {files.map(({ id, name, caption }) => (
              <a key={id} href={addressOf(id)} download={name} className={table.link}>
                <IconDownload size={16} aria-hidden="true" /> {caption === '' ? name : `${name} (${caption})`}
              </a>
            ))}
          </>
        )}
        {visit.recommendations.length > 0 && (
          <>
            <h3>{say.recommendations}</h3>
            <ul className={classes.items}>
              {visit.recommendations.map((recommendation) => (
                <RecommendationItem key={recommendation.id} inspection={inspection} recommendation={recommendation} />
              ))}
            </ul>
          </>
        )}
      </div>
    </Card>
  );
}

function RecommendationItem({
  inspection,
  recommendation,
}: {
  inspection: InspectionDetail;
  recommendation: Recommendation;
}) {
  const { inspections: say } = useWords();
  const queryClient = useQueryClient();
  const [note, setNote] = useState<string>();
  const { id, text, owner, dueOn, doneOn, doneNote, doneBy } = recommendation;
  const isLate = doneOn === null && dueOn < inspection.today;
  const done = useMutation({
    mutationFn: (how: string) => completeRecommendation(id, how),
    onSuccess: (saved) => {
      queryClient.setQueryData(inspectionQuery(inspection.id).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['inspections'] });
    },
  });
  return (
    <li>
      <p>{text}</p>
      <span className={classes.facts}>{owner} </span>
      {doneOn !== null ? (
        <Chip tone="ok" icon={<IconCheck size={14} aria-hidden="true" />}>
          {say.done(formatDay(doneOn), doneBy ?? '')}
        </Chip>
      ) : (
        <Chip tone={isLate ? 'late' : 'plain'} icon={<IconClock size={14} aria-hidden="true" />}>
          {(isLate ? say.overdue : say.recommendationDue)(formatDay(dueOn))}
        </Chip>
      )}
      {doneNote !== null && <p>{doneNote}</p>}
      {doneOn === null &&
        inspection.own &&
        (note === undefined ? (
          <Button size="compact-sm" onClick={() => setNote('')}>
            {say.markDone}
          </Button>
        ) : (
          <>
            <TextInput
              label={say.howDone}
              maxLength={2000}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Button
              variant="filled"
              loading={done.isPending}
              aria-disabled={note.trim() === '' || undefined}
              onClick={() => note.trim() !== '' && done.mutate(note.trim())}
            >
              {say.saveDone}
            </Button>
          </>
        ))}
      <Refused label={say.refused} error={done.error} />
    </li>
  );
}
