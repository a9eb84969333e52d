import { Link } from '@tanstack/react-router';
import { formatMillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Choice } from '../frame/Choice';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import type { Basis, ProjectDetail, ProjectPlan } from './types';

interface PlanHistoryCardProps {
  plan: ProjectPlan;
  project: ProjectDetail;
  basis: Basis | undefined;
  onBasis: (basis: Basis | undefined) => void;
}

/** How the plan came about, decision by decision; each basis and the carried-over series has a running total of its own. */
export function PlanHistoryCard({ plan, project, basis, onBasis }: PlanHistoryCardProps) {
  const words = useWords();
  const { project: say, decisions } = words.capital;
  const lines = plan.lines.filter((line) => basis === undefined || line.basis === basis);
  return (
    <Card
      title={say.history(plan.planYear)}
      subtitle={say.historySubtitle}
      right={
        <Choice
          label={say.bases}
          value={basis ?? 'all'}
          options={[
            { value: 'all', label: say.allBases },
            { value: 'province', label: words.basis.province },
            { value: 'pm', label: words.basis.pm },
          ]}
          onChange={(next) => onBasis(next === 'all' ? undefined : next)}
        />
      }
    >
      {lines.length === 0 ? (
        <p className={classes.text}>{plan.lines.length === 0 ? say.historyNone : say.noRate}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{say.decision}</th>
                <th scope="col" className={table.wideOnly}>
                  {decisions.effective}
                </th>
                <th scope="col" className={table.wideOnly}>
                  {decisions.source}
                </th>
                <th scope="col" className={table.number}>
                  {say.change}
                </th>
                <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                  {say.runningOfSource}
                </th>
                <th scope="col" className={table.number}>
                  {say.running}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    <Link to="/decisions/$id" params={{ id: String(line.decision.id) }} className={table.link}>
                      {line.decision.number}
                    </Link>
                    <span className={table.under}>
                      {decisions.kinds[line.decision.kind]} · {words.basis[line.basis]}
                      {line.carriedOver && ` · ${words.unit.carried}`}
                    </span>
                    {line.project.code !== project.code && <span className={table.under}>{line.project.name}</span>}
                    <span className={`${table.under} ${table.narrowOnly}`}>
                      {formatDay(line.decision.effectiveDate)} · {line.source.name}
                    </span>
                  </th>
                  <td className={table.wideOnly}>{formatDay(line.decision.effectiveDate)}</td>
                  <td className={table.wideOnly}>{line.source.name}</td>
                  <td className={table.number}>
                    {line.amountDong > 0 ? '+' : ''}
                    {formatMillion(line.amountDong)}
                  </td>
                  <td className={`${table.number} ${table.wideOnly} ${table.quiet}`}>
                    {formatMillion(line.runningOfSourceDong)}
                  </td>
                  <td className={`${table.number} ${table.strong}`}>{formatMillion(line.runningDong)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
