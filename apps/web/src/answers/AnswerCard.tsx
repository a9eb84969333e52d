import { IconCheck, IconClock, IconDownload, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatDay, formatMoment } from '../format/date';
import { formatDong } from '../format/amount';
import { signedDong } from '../format/signed-dong';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './answers.module.css';
import type { Answer } from './queries';

interface AnswerCardProps {
  answer: Answer;
  /** On the letter itself the way to it is not shown. */
  onLetter?: boolean;
  children?: ReactNode;
}

/** What a unit says, the figure that it contests beside the one that stands, and what was decided. */
export function AnswerCard({ answer, onLetter = false, children }: AnswerCardProps) {
  const { answers: say } = useWords();
  return (
    <Card
      title={say.kinds[answer.kind]}
      subtitle={onLetter ? undefined : answer.unit.name}
      right={<StateChip answer={answer} />}
    >
      <div className={classes.body}>
        {answer.contested !== null && <Contested contested={answer.contested} />}
        <p>{answer.text}</p>
        {answer.files.map(({ id, name }) => (
          <a key={id} href={`/api/v1/answers/${answer.id}/files/${id}`} download={name} className={table.link}>
            <IconDownload size={16} aria-hidden="true" /> {name}
          </a>
        ))}
        <span className={classes.facts}>{say.sentBy(answer.sentBy, formatMoment(answer.sentAt))}</span>
        {answer.decidedAt !== null && (
          <div className={classes.decision}>
            {answer.reason !== null && <p>{answer.reason}</p>}
            <span className={classes.facts}>
              {[
                say.decidedBy(answer.decidedBy ?? '', formatMoment(answer.decidedAt)),
                ...(answer.leadsTo === null ? [] : [say.leadsTo[answer.leadsTo]]),
              ].join(' · ')}
            </span>
          </div>
        )}
        {!onLetter && answer.noticeId !== null && (
          <Link to="/notices/$id" params={{ id: String(answer.noticeId) }} className={table.link}>
            {say.letter}
          </Link>
        )}
        {children}
      </div>
    </Card>
  );
}

function Contested({ contested }: { contested: NonNullable<Answer['contested']> }) {
  const { answers: say } = useWords();
  const { planYear, number } = parseMonth(contested.month);
  const title = [
    say.figureOf(say.figures[contested.figure], `${number}/${planYear}`),
    contested.project?.name,
    contested.source?.name,
  ].filter((each) => each !== undefined);
  return (
    <div>
      <div className={classes.facts}>{title.join(' · ')}</div>
      <dl className={classes.figures}>
        <div>
          <dt>{say.stated}</dt>
          <dd>{say.dong(formatDong(contested.statedDong))}</dd>
        </div>
        <div>
          <dt>{say.claimed}</dt>
          <dd>{say.dong(formatDong(contested.claimedDong))}</dd>
        </div>
        <div>
          <dt>{say.differs}</dt>
          <dd>{say.dong(signedDong(contested.claimedDong - contested.statedDong))}</dd>
        </div>
      </dl>
    </div>
  );
}

function StateChip({ answer }: { answer: Answer }) {
  const { answers: say } = useWords();
  const { state, overdue, daysLeft, dueOn } = answer;
  if (state === 'accepted')
    return (
      <Chip tone="ok" icon={<IconCheck size={14} aria-hidden="true" />}>
        {say.states.accepted}
      </Chip>
    );
  if (state === 'rejected') return <Chip icon={<IconX size={14} aria-hidden="true" />}>{say.states.rejected}</Chip>;
  const day = formatDay(dueOn);
  return (
    <Chip tone={overdue ? 'late' : daysLeft <= 2 ? 'below' : 'plain'} icon={<IconClock size={14} aria-hidden="true" />}>
      {overdue ? say.overdue(day) : daysLeft === 0 ? say.dueToday : say.dueOn(day, daysLeft)}
    </Chip>
  );
}
