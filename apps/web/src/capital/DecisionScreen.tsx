import { HistoryLink } from '../audit/HistoryLink';
import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { formatMillion } from '../format/amount';
import { formatDay, formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { MoreRows } from './MoreRows';
import { decisionLinesQuery, decisionQuery } from './queries';
import type { DecisionDetail } from './types';
import { UnassignedTable } from './UnassignedCard';

export function DecisionScreen() {
  const words = useWords();
  const { id } = useParams({ from: '/frame/decisions/$id' });
  const decision = useQuery(decisionQuery(id));
  if (decision.isError)
    return (
      <FailedState
        error={decision.error}
        what={words.capital.decision.what}
        onRetry={() => void decision.refetch()}
        heading="h1"
      />
    );
  if (decision.data === undefined) return <LoadingBlock what={words.capital.decision.what} />;
  return <DecisionContent decision={decision.data} />;
}

function DecisionContent({ decision }: { decision: DecisionDetail }) {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const { decision: say, decisions } = words.capital;
  const hasRest = decision.unassigned.some(({ amountDong }) => amountDong > 0);
  const isLate = decision.effectiveDate > decision.decisionDate && decision.kind !== 'initial';
  return (
    <>
      <PageHead
        title={say.title(decision.number)}
        actions={
          session.role === 'staff' &&
          hasRest && (
            <Button
              rightSection={<IconArrowRight size={16} />}
              onClick={() =>
                void navigate({
                  to: '/decisions/new',
                  search: { year: decision.planYear, details: decision.id },
                })
              }
            >
              {say.detailNow}
            </Button>
          )
        }
      >
        <HistoryLink type="allocation-decision" id={String(decision.id)} />
        <Chip>{decisions.kinds[decision.kind]}</Chip>
        <span className={classes.facts}>
          {decisions.levels[decision.level]} · {say.signed(formatDay(decision.decisionDate))} ·{' '}
          {say.inForceFrom(formatDay(decision.effectiveDate))}
        </span>
      </PageHead>
      <div className={classes.columns}>
        <div className={classes.main}>
          <AmountsCard decision={decision} />
          <LinesCard decision={decision} />
        </div>
        <div className={classes.side}>
          <Card title={decisions.restTitle} right={words.money.million}>
            {decision.unassigned.length === 0 ? (
              <p className={classes.text}>{decisions.restNone}</p>
            ) : (
              <UnassignedTable items={decision.unassigned} />
            )}
          </Card>
          <Card title={say.about}>
            <dl className={classes.pairs}>
              <dt>{decisions.note}</dt>
              <dd>{decision.note || '–'}</dd>
              {isLate && (
                <>
                  <dt>{decisions.effective}</dt>
                  <dd>{say.lateNote}</dd>
                </>
              )}
              {decision.details !== null && (
                <>
                  <dt>{say.root}</dt>
                  <dd>
                    <Link to="/decisions/$id" params={{ id: String(decision.details.id) }} className={table.link}>
                      {decision.details.number}
                    </Link>
                  </dd>
                </>
              )}
              {decision.detailedBy.length > 0 && (
                <>
                  <dt>{say.detailedBy}</dt>
                  <dd>
                    {decision.detailedBy.map((each) => (
                      <div key={each.id}>
                        <Link to="/decisions/$id" params={{ id: String(each.id) }} className={table.link}>
                          {each.number}
                        </Link>{' '}
                        <span className={table.quiet}>{formatDay(each.effectiveDate)}</span>
                      </div>
                    ))}
                  </dd>
                </>
              )}
            </dl>
            <p className={classes.text}>{say.recorded(decision.recordedBy, formatMoment(decision.recordedAt))}</p>
          </Card>
        </div>
      </div>
    </>
  );
}

function AmountsCard({ decision }: { decision: DecisionDetail }) {
  const words = useWords();
  const { decision: say, decisions } = words.capital;
  return (
    <Card title={say.amounts} subtitle={say.amountsSubtitle}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{decisions.source}</th>
              <th scope="col" className={table.number}>
                {say.total}
              </th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {say.toProjects}
              </th>
              <th scope="col" className={table.number}>
                {say.rest}
              </th>
            </tr>
          </thead>
          <tbody>
            {decision.amounts.map((amount) => (
              <tr key={`${amount.source.code} ${amount.basis} ${amount.carriedOver}`}>
                <th scope="row">
                  {amount.source.name}
                  <span className={table.under}>
                    {words.basis[amount.basis]}
                    {amount.carriedOver && ` · ${words.unit.carried}`}
                  </span>
                </th>
                <td className={table.number}>
                  {formatMillion(amount.totalDong)}
                  <span className={table.under}>{amount.isStated ? say.stated : say.summed}</span>
                </td>
                <td className={`${table.number} ${table.wideOnly}`}>{formatMillion(amount.toProjectsDong)}</td>
                <td className={amount.unassignedDong > 0 ? `${table.number} ${table.below}` : table.number}>
                  {amount.unassignedDong === 0 ? '–' : formatMillion(amount.unassignedDong)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function LinesCard({ decision }: { decision: DecisionDetail }) {
  const words = useWords();
  const { decision: say, decisions } = words.capital;
  const lines = useInfiniteQuery(decisionLinesQuery(decision.planYear, decision.id));
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const total = lines.data?.pages[0]?.total;
  return (
    <Card title={say.lines} subtitle={total === undefined ? '\u00a0' : words.unit.entriesCount(items.length, total)}>
      {lines.isError && total === undefined ? (
        <FailedState error={lines.error} what={say.linesWhat} onRetry={() => void lines.refetch()} />
      ) : total === undefined ? (
        <LoadingBlock what={say.linesWhat} />
      ) : total === 0 ? (
        <p className={classes.text}>{say.linesNone}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{words.unit.project}</th>
                <th scope="col" className={table.wideOnly}>
                  {say.unit}
                </th>
                <th scope="col" className={table.wideOnly}>
                  {decisions.source}
                </th>
                <th scope="col" className={table.number}>
                  {words.unit.amount}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((line) => (
                <tr key={line.id}>
                  <th scope="row">
                    {line.project === null ? (
                      <span className={table.quiet}>{decisions.noProject}</span>
                    ) : (
                      <Link
                        to="/projects/$code"
                        params={{ code: line.project.code }}
                        search={{ year: decision.planYear }}
                        className={table.link}
                      >
                        {line.project.name}
                      </Link>
                    )}
                    <span className={table.under}>
                      {words.basis[line.basis]}
                      {line.carriedOver && ` · ${words.unit.carried}`}
                    </span>
                    <span className={`${table.under} ${table.narrowOnly}`}>
                      {line.unit.name} · {line.source.name}
                    </span>
                  </th>
                  <td className={table.wideOnly}>{line.unit.name}</td>
                  <td className={table.wideOnly}>{line.source.name}</td>
                  <td className={`${table.number} ${table.strong}`}>{formatMillion(line.amountDong)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <MoreRows query={lines} shown={items.length} total={total ?? 0} />
    </Card>
  );
}
