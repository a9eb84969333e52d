import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { CaseAnswers } from '../answers/CaseAnswers';
import { useSession } from '../client/use-session';
import { formatBillion } from '../format/amount';
import { formatDay } from '../format/date';
import { parseMonth } from '../format/month';
import { formatPercentNumber, formatPoints } from '../format/rate';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Marking } from '../frame/Marking';
import { PageHead } from '../frame/PageHead';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './followup.module.css';
import { type CaseDetail, caseQuery } from './queries';

/** One warning case: flagged, told, inspected, decided, cleared, and what the months since did. */
export function CaseScreen() {
  const words = useWords();
  const say = words.tackling.case;
  const { id } = useParams({ from: '/frame/cases/$id' });
  const found = useQuery(caseQuery(id));
  if (found.isError)
    return <FailedState error={found.error} what={say.what} onRetry={() => void found.refetch()} heading="h1" />;
  if (found.data === undefined) return <LoadingBlock what={say.what} />;
  const detail = found.data;
  const opened = parseMonth(detail.openedMonth);
  // That a notice was drafted and that it arrived stands on the notice itself: here they would hide what was done.
  const steps = detail.timeline.filter(
    ({ kind, what }) => kind !== 'notice' || (what !== 'draft' && what !== 'delivered'),
  );
  return (
    <>
      <PageHead title={say.title(detail.unit.name)}>
        <Chip tone={detail.state === 'open' ? 'below' : detail.state === 'cleared' ? 'ok' : 'plain'}>
          {words.tackling.effect.states[detail.state]}
        </Chip>
        <span className={classes.quiet}>
          {say.since(words.time.long(opened.number, opened.planYear).toLowerCase())}
        </span>
      </PageHead>
      <div className={`${classes.columns} ${classes.figuresFirst}`}>
        <Card title={say.timeline}>
          {steps.length === 0 ? (
            <p className={classes.none}>{say.empty}</p>
          ) : (
            <ol className={classes.timeline}>
              {steps.map((step, i) => (
                <Step key={i} step={step} />
              ))}
            </ol>
          )}
        </Card>
        <div className={classes.stack}>
          <MonthsCard detail={detail} />
          <CaseAnswers caseId={detail.id} />
          <RelatedCard detail={detail} />
        </div>
      </div>
    </>
  );
}

function Step({ step }: { step: CaseDetail['timeline'][number] }) {
  const words = useWords();
  const say = words.tackling.case;
  const { kind, what, day, month, by, note } = step;
  const names = {
    case: say.changes[what] ?? what,
    notice: say.noticeStates[what] ?? say.mark,
    document: say.documentIssued,
    inspection: say.inspectionStep(words.inspections.states[what as 'planned'] ?? what),
    decision: `${say.decisionMade}: ${words.tackling.meeting.decisionStates[what as 'open'] ?? what}`,
    difficulty: say.difficultyStep(words.tackling.difficulty.states[what as 'open'] ?? what),
  };
  return (
    <li data-kind={kind}>
      <strong>{names[kind]}</strong>
      <About step={step} />
      {note !== null && note !== '' && <p>{note}</p>}
      <span className={classes.quiet}>
        {month === null ? formatDay(day) : words.time.long(parseMonth(month).number, parseMonth(month).planYear)}
        {by !== null && `, ${by}`}
      </span>
    </li>
  );
}

/** What a step is about, as a way to it. */
function About({ step: { kind, about, refId } }: { step: CaseDetail['timeline'][number] }) {
  const { permissions } = useSession();
  if (about === null) return null;
  const params = { id: String(refId) };
  if (kind === 'notice')
    return (
      <Link to="/notices/$id" params={params}>
        {about}
      </Link>
    );
  if (kind === 'document')
    return (
      <Link to="/documents/$id" params={params}>
        {about}
      </Link>
    );
  if (kind === 'inspection')
    return (
      <Link to="/inspections/$id" params={params}>
        {about}
      </Link>
    );
  if (kind === 'difficulty')
    return (
      <Link to="/difficulties/$id" params={params}>
        {about}
      </Link>
    );
  if (kind === 'decision' && permissions.includes('meetings.read'))
    return (
      <Link to="/meetings/$id" params={params}>
        {about}
      </Link>
    );
  return <p>{about}</p>;
}

/** The lists that hold more of the same unit. */
function RelatedCard({ detail: { unit } }: { detail: CaseDetail }) {
  const say = useWords().tackling.case;
  return (
    <Card title={say.related}>
      <div className={classes.links}>
        <Link to="/units/$code" params={{ code: unit.code }}>
          {say.unitPage}
        </Link>
        <Link to="/documents" search={{ show: 'all', search: unit.name }}>
          {say.allDocuments}
        </Link>
        <Link to="/difficulties" search={{ search: unit.name }}>
          {say.allDifficulties}
        </Link>
      </div>
    </Card>
  );
}

function MonthsCard({ detail }: { detail: CaseDetail }) {
  const words = useWords();
  const say = words.tackling.case;
  return (
    <Card title={say.months}>
      <div className={table.scroll}>
        <table className={`${table.table} ${classes.months}`}>
          <thead>
            <tr>
              <th scope="col">{say.month}</th>
              <th scope="col" className={table.number}>
                {say.rate}
              </th>
              <th scope="col" className={table.number}>
                {say.average}
              </th>
              <th scope="col" className={table.number}>
                {say.gap}
              </th>
              <th scope="col" className={table.number}>
                {say.gained}
              </th>
            </tr>
          </thead>
          <tbody>
            {detail.months.map(({ month, rate, average, gapDong, gainedPoints }) => (
              <tr key={month}>
                <th scope="row">{`T${parseMonth(month).number}`}</th>
                <td className={table.number}>{rate === null ? '–' : formatPercentNumber(rate)}</td>
                <td className={table.number}>{average === null ? '–' : formatPercentNumber(average)}</td>
                <td className={table.number}>{formatBillion(gapDong)}</td>
                <td className={table.number}>{gainedPoints === null ? '–' : formatPoints(gainedPoints)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {detail.illustrative && (
        <p className={classes.none}>
          <Marking />
        </p>
      )}
    </Card>
  );
}
