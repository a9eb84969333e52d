import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatMillion } from '../format/amount';
import { Card } from '../frame/Card';
import { ExportLink } from '../frame/ExportLink';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { excessQuery, mediumTermPeriod } from './queries';

const YEARS_AFTER_THE_FIRST = 4;

/** Projects whose annual plans exceed the medium-term plan without a decision: a warning, nothing is blocked. */
export function ExcessCard({ year }: { year: number }) {
  const words = useWords();
  const { decisions: say } = words.capital;
  const start = mediumTermPeriod(year);
  const excess = useQuery(excessQuery(start));
  if (excess.data === undefined) return null;
  return (
    <Card
      title={say.warnings}
      subtitle={say.warningsSubtitle(start, start + YEARS_AFTER_THE_FIRST)}
      right={
        <ExportLink list="medium-term-plans" filter={{ planYear: year }} what={words.capital.project.mediumWhat} />
      }
    >
      {excess.data.items.length === 0 ? (
        <p className={classes.text}>{say.warningsNone}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{words.unit.project}</th>
                <th scope="col" className={table.number}>
                  {say.mediumTerm}
                </th>
                <th scope="col" className={table.number}>
                  {say.excess}
                </th>
              </tr>
            </thead>
            <tbody>
              {excess.data.items.map((row) => (
                <tr key={`${row.project.code} ${row.source.code}`}>
                  <th scope="row">
                    <Link
                      to="/projects/$code"
                      params={{ code: row.project.code }}
                      search={{ year }}
                      className={table.link}
                    >
                      {row.project.name}
                    </Link>
                    <span className={table.under}>{row.source.name}</span>
                  </th>
                  <td className={table.number}>{formatMillion(row.mediumTermDong)}</td>
                  <td className={`${table.number} ${table.below}`}>{formatMillion(row.excessDong)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
