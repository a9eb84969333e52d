import { useState } from 'react';
import { formatMillion } from '../format/amount';
import { Card } from '../frame/Card';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import type { MovedProject } from './reorganisation-client';
import classes from './reorganisation.module.css';

const ROWS_AT_FIRST = 50;

const COLUMNS = [
  ['planMoved', 'planDong'],
  ['carriedMoved', 'carriedOverPlanDong'],
  ['disbursedMoved', 'disbursedDong'],
  ['carriedDisbursed', 'carriedOverDisbursedDong'],
  ['advance', 'unrecoveredAdvanceDong'],
] as const;

/** Every project from one unit to another, with what moves. */
export function ProjectsCard({ projects }: { projects: MovedProject[] }) {
  const words = useWords();
  const [shown, setShown] = useState(ROWS_AT_FIRST);
  const years = new Set(projects.map(({ planYear }) => planYear)).size > 1;
  return (
    <Card title={words.reorganisation.projects} subtitle={words.reorganisation.projectsHint} right={projects.length}>
      <div className={table.scroll} tabIndex={0} role="group" aria-label={words.reorganisation.projects}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{words.reorganisation.project}</th>
              <th scope="col">{words.reorganisation.to}</th>
              {COLUMNS.map(([head]) => (
                <th key={head} scope="col" className={table.number}>
                  {words.reorganisation[head]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {projects.slice(0, shown).map((row) => (
              <tr key={`${row.planYear}-${row.from.code}-${row.project?.code ?? ''}`}>
                <th scope="row" className={classes.projectName}>
                  {row.project?.name ?? words.reorganisation.unassigned}
                  <span className={table.under}>
                    {row.from.name}
                    {years && ` · ${words.reorganisation.year(row.planYear)}`}
                  </span>
                </th>
                <td className={classes.unitName}>{row.to.name}</td>
                {COLUMNS.map(([head, field]) => (
                  <td key={head} className={row[field] === 0 ? `${table.number} ${table.quiet}` : table.number}>
                    {formatMillion(row[field])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown < projects.length && (
        <button type="button" className={table.more} onClick={() => setShown(shown + 200)}>
          {words.reorganisation.showProjects(shown, projects.length)}
        </button>
      )}
    </Card>
  );
}
