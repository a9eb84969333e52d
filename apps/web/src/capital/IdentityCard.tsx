import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../client/use-session';
import { formatMillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { IdentityForm } from './IdentityForm';
import type { ProjectDetail } from './types';

/** Who the project is: national code, investment decision, what came before the books. Staff mend it here. */
export function IdentityCard({ project, etag }: { project: ProjectDetail; etag: string }) {
  const words = useWords();
  const session = useSession();
  const [isEditing, setEditing] = useState(false);
  const { project: say, decisions } = words.capital;
  if (isEditing)
    return (
      <Card title={say.identity}>
        <IdentityForm project={project} etag={etag} onDone={() => setEditing(false)} />
      </Card>
    );
  const none = <span className={table.quiet}>{say.notStated}</span>;
  const { opening } = project;
  return (
    <Card
      title={say.identity}
      right={
        session.role === 'staff' && (
          <Button leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
            {say.edit}
          </Button>
        )
      }
    >
      <dl className={classes.pairs}>
        <dt>{say.nationalCode}</dt>
        <dd>{project.nationalCode ?? none}</dd>
        <dt>{say.investor}</dt>
        <dd>
          {project.holders.length === 0
            ? (project.investorName ?? none)
            : project.holders.map(({ unit, validFrom, validTo }) => (
                <div key={`${unit.code} ${validFrom ?? ''}`}>
                  <Link to="/units/$code" params={{ code: unit.code }} className={table.link}>
                    {unit.name}
                  </Link>
                  {(validFrom !== null || validTo !== null) && (
                    <span className={table.under}>
                      {validFrom === null ? '' : words.units.from(formatDay(validFrom))}{' '}
                      {validTo === null ? '' : words.units.until(formatDay(validTo))}
                    </span>
                  )}
                </div>
              ))}
        </dd>
        <dt>{say.places}</dt>
        <dd>{project.places.length === 0 ? none : project.places.map(({ name }) => name).join(', ')}</dd>
        <dt>{say.programme}</dt>
        <dd>{decisions.programmes[project.programme]}</dd>
        <dt>{say.investmentDecision}</dt>
        <dd>
          {project.investmentDecisionNo ?? none}
          {project.investmentDecisionDate !== null && `, ${formatDay(project.investmentDecisionDate)}`}
        </dd>
        <dt>{say.opening}</dt>
        <dd>
          {opening === null
            ? none
            : say.openingText(
                opening.throughYear,
                formatMillion(opening.allocatedDong),
                formatMillion(opening.disbursedDong),
              )}
        </dd>
        {project.parent !== null && (
          <>
            <dt>{say.parent}</dt>
            <dd>
              <Link to="/projects/$code" params={{ code: project.parent.code }} className={table.link}>
                {project.parent.name}
              </Link>
            </dd>
          </>
        )}
        {project.components.length > 0 && (
          <>
            <dt>{say.components}</dt>
            <dd>
              {project.components.map(({ code, name }) => (
                <div key={code}>
                  <Link to="/projects/$code" params={{ code }} className={table.link}>
                    {name}
                  </Link>
                </div>
              ))}
            </dd>
          </>
        )}
        <dt>{say.source}</dt>
        <dd>{project.sourceNote || none}</dd>
      </dl>
    </Card>
  );
}
