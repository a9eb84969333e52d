import { useQuery } from '@tanstack/react-query';
import { AnswerCard } from './AnswerCard';
import { caseAnswersQuery } from './queries';

/** What the unit explained or contested in a case, newest first; nothing where it has not. */
export function CaseAnswers({ caseId }: { caseId: number }) {
  const answers = useQuery(caseAnswersQuery(caseId));
  return answers.data?.map((answer) => <AnswerCard key={answer.id} answer={answer} />);
}
