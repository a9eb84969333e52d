import { IconChartLine, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { instanceQuery } from '../client/queries';
import { parseMonth } from '../format/month';
import { formatPoints } from '../format/rate';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { YearSwitch } from '../frame/YearSwitch';
import { useWords } from '../words/words-provider';
import classes from './followup.module.css';
import { effectsQuery, type EffectSum, type FollowedCase } from './queries';

/** For the leaders: whether what was done helped, cases with an inspection beside those without one. */
export function EffectScreen() {
  const words = useWords();
  const say = words.tackling.effect;
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/effects' });
  const instance = useQuery(instanceQuery);
  const year = search.year ?? Number(instance.data?.businessDate.slice(0, 4) ?? 0);
  const effects = useQuery({ ...effectsQuery(year), enabled: year > 0 });
  const through = effects.data?.throughMonth ?? null;
  return (
    <>
      <PageHead title={say.title(year)}>
        {through !== null && (
          <span className={classes.quiet}>
            {say.through(words.time.long(parseMonth(through).number, parseMonth(through).planYear).toLowerCase())}
          </span>
        )}
        <YearSwitch year={year} onChange={(next) => void navigate({ to: '/effects', search: { year: next } })} />
      </PageHead>
      {effects.isError ? (
        <FailedState error={effects.error} what={say.what} onRetry={() => void effects.refetch()} />
      ) : effects.data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : effects.data.items.length === 0 ? (
        <StateBox icon={<IconChartLine size={22} />} title={say.empty(year)}>
          <p>{say.emptyBody}</p>
        </StateBox>
      ) : (
        <>
          <div className={classes.sums}>
            <SumCard title={say.withInspection} sum={effects.data.withInspection} />
            <SumCard title={say.withoutInspection} sum={effects.data.withoutInspection} />
          </div>
          <CasesCard cases={effects.data.items} />
        </>
      )}
    </>
  );
}

function SumCard({ title, sum }: { title: string; sum: EffectSum }) {
  const words = useWords();
  const say = words.tackling.effect;
  const all = sum.cleared + sum.open + sum.ended;
  return (
    <Card title={title}>
      <div className={classes.body}>
        <p>
          <span className={classes.figure}>{sum.cleared}</span> / {say.clearedOf(all)}
        </p>
        <div className={classes.bar} aria-hidden="true">
          <span style={{ width: `${all === 0 ? 0 : Math.round((sum.cleared * 100) / all)}%` }} />
        </div>
        <p className={classes.quiet}>
          {say.open(sum.open)} · {say.ended(sum.ended)}
        </p>
        <p>
          <span className={classes.quiet}>{say.median}: </span>
          {sum.medianMonths === null ? say.noMedian : say.months(sum.medianMonths.replace('.', ','))}
        </p>
      </div>
    </Card>
  );
}

function CasesCard({ cases }: { cases: FollowedCase[] }) {
  const words = useWords();
  const say = words.tackling.effect;
  const short = (month: string) => `T${parseMonth(month).number}`;
  return (
    <Card title={words.tackling.effects} subtitle={say.note}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{say.unit}</th>
              <th scope="col">{say.state}</th>
              <th scope="col" className={table.wideOnly}>
                {say.opened}
              </th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {say.notices}
              </th>
              <th scope="col" className={table.wideOnly}>
                {say.inspected}
              </th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {say.decisions}
              </th>
              <th scope="col" className={table.number}>
                {say.gained}
              </th>
            </tr>
          </thead>
          <tbody>
            {cases.map((each) => (
              <tr key={each.id}>
                <th scope="row">
                  <Link to="/cases/$id" params={{ id: String(each.id) }} className={table.link}>
                    {each.unit.name}
                  </Link>
                </th>
                <td>
                  <Chip tone={each.state === 'cleared' ? 'ok' : each.state === 'open' ? 'below' : 'plain'}>
                    {say.states[each.state]}
                    {each.endedMonth !== null && ` ${short(each.endedMonth)}`}
                  </Chip>
                </td>
                <td className={table.wideOnly}>{short(each.openedMonth)}</td>
                <td className={`${table.number} ${table.wideOnly}`}>{each.notices}</td>
                <td className={table.wideOnly}>
                  {each.inspected ? (
                    <>
                      <IconCheck size={14} aria-hidden="true" /> {say.yes}
                    </>
                  ) : (
                    say.no
                  )}
                </td>
                <td className={`${table.number} ${table.wideOnly}`}>{each.decisions}</td>
                <td className={table.number}>{each.gainedPoints === null ? '–' : formatPoints(each.gainedPoints)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
