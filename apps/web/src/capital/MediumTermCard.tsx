import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../client/use-session';
import { formatMillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { MediumTermForm } from './MediumTermForm';
import { mediumTermPeriod, projectMediumTermQuery } from './queries';
import type { ProjectMediumTerm } from './types';

const YEARS_AFTER_THE_FIRST = 4;

/** What the project may get in the medium term, by source, beside what the annual plans gave it. Staff set it here. */
export function MediumTermCard({ code, year }: { code: string; year: number }) {
  const words = useWords();
  const { project: say } = words.capital;
  const start = mediumTermPeriod(year);
  const session = useSession();
  const [isEditing, setEditing] = useState(false);
  const plan = useQuery(projectMediumTermQuery(code, start));
  return (
    <Card
      title={say.medium(start, start + YEARS_AFTER_THE_FIRST)}
      subtitle={say.mediumSubtitle}
      right={
        session.role === 'staff' &&
        plan.data !== undefined &&
        !isEditing && (
          <Button leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
            {plan.data.value.hasPlan ? say.mediumEdit : say.mediumEnter}
          </Button>
        )
      }
    >
      {plan.isError ? (
        <FailedState error={plan.error} what={say.mediumWhat} onRetry={() => void plan.refetch()} />
      ) : plan.data === undefined ? (
        <LoadingBlock what={say.mediumWhat} />
      ) : isEditing ? (
        <MediumTermForm code={code} plan={plan.data.value} etag={plan.data.etag} onDone={() => setEditing(false)} />
      ) : !plan.data.value.hasPlan ? (
        <p className={classes.text}>{say.mediumNone}</p>
      ) : (
        <MediumTermTable plan={plan.data.value} />
      )}
    </Card>
  );
}

function MediumTermTable({ plan }: { plan: ProjectMediumTerm }) {
  const words = useWords();
  const { project: say, decisions } = words.capital;
  const years = [...new Set(plan.lines.flatMap(({ annual }) => annual.map(({ year }) => year)))].sort();
  const excess = plan.lines.reduce((sum, { excessDong }) => sum + excessDong, 0);
  return (
    <>
      {excess > 0 && (
        <p className={classes.warning}>
          <IconAlertTriangle size={18} aria-hidden="true" />
          <span>{say.mediumWarning(formatMillion(excess))}</span>
        </p>
      )}
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{decisions.source}</th>
              <th scope="col" className={table.number}>
                {say.mediumPlan}
              </th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {say.mediumBefore}
              </th>
              {years.map((year) => (
                <th key={year} scope="col" className={`${table.number} ${table.wideOnly}`}>
                  {year}
                </th>
              ))}
              <th scope="col" className={table.number}>
                {say.mediumLeft}
              </th>
            </tr>
          </thead>
          <tbody>
            {plan.lines.map((line) => {
              const annual = line.annual.reduce((sum, { amountDong }) => sum + amountDong, 0);
              return (
                <tr key={line.source.code}>
                  <th scope="row">
                    {line.source.name}
                    {line.decisionNo !== null && (
                      <span className={table.under}>
                        {say.byDecision(
                          line.decisionNo,
                          line.decisionDate === null ? '–' : formatDay(line.decisionDate),
                        )}
                      </span>
                    )}
                  </th>
                  <td className={table.number}>{formatMillion(line.amountDong)}</td>
                  <td className={`${table.number} ${table.wideOnly}`}>{formatMillion(line.allocatedBeforeDong)}</td>
                  {years.map((year) => (
                    <td key={year} className={`${table.number} ${table.wideOnly}`}>
                      {formatMillion(line.annual.find((each) => each.year === year)?.amountDong ?? 0)}
                    </td>
                  ))}
                  <td className={line.excessDong > 0 ? `${table.number} ${table.below}` : table.number}>
                    {line.excessDong > 0
                      ? say.mediumOver(formatMillion(line.excessDong))
                      : formatMillion(line.amountDong - line.allocatedBeforeDong - annual)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </>
  );
}
