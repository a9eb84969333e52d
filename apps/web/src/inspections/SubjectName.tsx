import { useWords } from '../words/words-provider';
import type { Inspection } from './queries';

/** What is inspected, in words. */
export function SubjectName({ inspection }: { inspection: Inspection }) {
  const { inspections: say } = useWords();
  const { subject, unit, project, programme, planYear } = inspection;
  const names = [
    subject === 'project' ? project?.name : undefined,
    subject === 'programme' && programme !== null ? say.programmes[programme] : undefined,
    subject === 'assignment' && planYear !== null ? say.assignmentOf(planYear) : undefined,
    unit?.name,
  ];
  return <>{names.filter((name) => name !== undefined).join(' · ')}</>;
}
