import { useQuery } from '@tanstack/react-query';
import type { Notice } from '../client/types';
import { useSession } from '../client/use-session';
import { AnswerCard } from './AnswerCard';
import { AnswerForm } from './AnswerForm';
import classes from './answers.module.css';
import { letterAnswersQuery } from './queries';

/** On the letter to a unit: what it answered so far, and for its reporters the form. */
export function LetterAnswers({ notice }: { notice: Notice }) {
  const session = useSession();
  const answers = useQuery(letterAnswersQuery(notice.id));
  const isOwn = session.units.some(({ code }) => code === notice.recipient.code);
  return (
    <div className={classes.list}>
      {answers.data?.map((answer) => (
        <AnswerCard key={answer.id} answer={answer} onLetter />
      ))}
      {isOwn && session.permissions.includes('answers.send') && <AnswerForm notice={notice} />}
    </div>
  );
}
