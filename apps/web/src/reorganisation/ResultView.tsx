import { formatBillion, formatMillion } from '../format/amount';
import { parseMonth } from '../format/month';
import { formatPercentNumber } from '../format/rate';
import { Card } from '../frame/Card';
import { KeyFigures } from '../frame/KeyFigures';
import { Marking } from '../frame/Marking';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { ProjectsCard } from './ProjectsCard';
import { TotalsCard } from './TotalsCard';
import type { ReorganisationResult, ReorganisedUnit } from './reorganisation-client';
import classes from './reorganisation.module.css';

/** Projects that change units, whatever plan years they have money in. */
export function movedProjectCount({ projects }: ReorganisationResult): number {
  return new Set(projects.flatMap(({ project }) => (project === null ? [] : [project.code]))).size;
}

/** What a reorganisation moves: conserved totals, units before and after, every project. */
export function ResultView({ result }: { result: ReorganisationResult }) {
  const words = useWords();
  const { projects, successions, months, units } = result;
  const sum = (
    field:
      | 'planDong'
      | 'pmPlanDong'
      | 'carriedOverPlanDong'
      | 'disbursedDong'
      | 'carriedOverDisbursedDong'
      | 'unrecoveredAdvanceDong',
  ) => formatBillion(projects.reduce((all, project) => all + project[field], 0));
  const ended = new Set(successions.map(({ predecessor }) => predecessor.code)).size;
  const taking = new Set(successions.map(({ successor }) => successor.code)).size;
  const inMonths = months.map(({ planYear, month }) => words.time.inTextYear(month, planYear)).join(', ');
  return (
    <>
      <KeyFigures
        figures={[
          {
            id: 'units',
            label: words.reorganisation.figures.units,
            value: `${ended} → ${taking}`,
            below: words.reorganisation.figures.unitsBelow(inMonths),
          },
          {
            id: 'projects',
            label: words.reorganisation.figures.projects,
            value: movedProjectCount(result),
            below: words.reorganisation.figures.projectsBelow,
          },
          {
            id: 'plan',
            label: words.reorganisation.figures.plan,
            value: sum('planDong'),
            beside: words.money.billion,
            below: words.reorganisation.figures.planBelow(sum('pmPlanDong'), sum('carriedOverPlanDong')),
          },
          {
            id: 'disbursed',
            label: words.reorganisation.figures.disbursed,
            value: sum('disbursedDong'),
            beside: words.money.billion,
            below: words.reorganisation.figures.disbursedBelow(
              sum('unrecoveredAdvanceDong'),
              sum('carriedOverDisbursedDong'),
            ),
          },
        ]}
      />
      {months.map(({ planYear, month }) => (
        <UnitsCard
          key={planYear}
          month={words.time.inTextYear(month, planYear)}
          units={units.filter((unit) => unit.planYear === planYear)}
        />
      ))}
      <ProjectsCard projects={projects} />
      {result.totals.length > 0 && <TotalsCard result={result} />}
      {result.illustrative && (
        <p className={classes.marking}>
          <Marking />
        </p>
      )}
    </>
  );
}

function UnitsCard({ month, units }: { month: string; units: ReorganisedUnit[] }) {
  const words = useWords();
  const cells = (figures: ReorganisedUnit['before'], side: string) => (
    <>
      <td className={`${table.number} ${side}`}>{formatMillion(figures.planDong)}</td>
      <td className={table.number}>{formatMillion(figures.disbursedDong)}</td>
      <td className={`${table.number} ${table.strong}`}>
        {figures.rate === null ? '–' : formatPercentNumber(figures.rate)}
      </td>
    </>
  );
  const ordered = [...units].sort((a, b) => a.role.localeCompare(b.role));
  const heads = (
    <>
      <th scope="col" className={table.number}>
        {words.reorganisation.plan}
      </th>
      <th scope="col" className={table.number}>
        {words.reorganisation.disbursed}
      </th>
      <th scope="col" className={table.number}>
        {words.reorganisation.rate}
      </th>
    </>
  );
  return (
    <Card title={words.reorganisation.units} subtitle={words.reorganisation.unitsHint(month)}>
      <div className={table.scroll} tabIndex={0} role="group" aria-label={`${words.reorganisation.units}, ${month}`}>
        <table className={table.table}>
          <thead>
            <tr>
              <td />
              <th scope="colgroup" colSpan={3} className={classes.half}>
                {words.reorganisation.before}
              </th>
              <th scope="colgroup" colSpan={3} className={classes.half}>
                {words.reorganisation.after}
              </th>
            </tr>
            <tr>
              <th scope="col">{words.reorganisation.unit}</th>
              {heads}
              {heads}
            </tr>
          </thead>
          <tbody>
            {ordered.map((unit) => (
              <tr key={unit.code}>
                <th scope="row" className={classes.unitName}>
                  {unit.name}
                  <span className={table.under}>
                    {words.reorganisation.roles[unit.role]}
                    {unit.isNew && `, ${words.reorganisation.isNew}`}
                    {unit.lastMonth !== null && unit.role === 'ended' && ` · ${streakOf(words, unit)}`}
                  </span>
                </th>
                {cells(unit.before, '')}
                {cells(unit.after, classes.after ?? '')}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function streakOf(words: ReturnType<typeof useWords>, { lastMonth, lastStreak }: ReorganisedUnit): string {
  const { number, planYear } = parseMonth(lastMonth as string);
  const month = words.time.inTextYear(number, planYear);
  return (lastStreak ?? 0) > 0
    ? words.reorganisation.streak(lastStreak ?? 0, month)
    : words.reorganisation.streakNone(month);
}
