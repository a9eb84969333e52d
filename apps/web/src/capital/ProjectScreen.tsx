import { HistoryLink } from '../audit/HistoryLink';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { instanceQuery } from '../client/queries';
import { formatBillion } from '../format/amount';
import { formatPercent } from '../format/rate';
import { NewDifficultyLink } from '../followup/NewDifficultyLink';
import { FailedState } from '../frame/FailedState';
import { type KeyFigure, KeyFigures } from '../frame/KeyFigures';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { IdentityCard } from './IdentityCard';
import { MediumTermCard } from './MediumTermCard';
import { PlanHistoryCard } from './PlanHistoryCard';
import { projectPlanQuery, projectQuery } from './queries';
import type { ProjectDetail, ProjectPlan } from './types';
import { YearSwitch } from '../frame/YearSwitch';

/** One project: its plan on both bases, how it came about, its medium-term plan, who it is. */
export function ProjectScreen() {
  const words = useWords();
  const navigate = useNavigate();
  const { code } = useParams({ from: '/frame/projects/$code' });
  const search = useSearch({ from: '/frame/projects/$code' });
  const instance = useQuery(instanceQuery);
  const year = search.year ?? Number(instance.data?.businessDate.slice(0, 4) ?? 0);
  const project = useQuery(projectQuery(code));
  const plan = useQuery({ ...projectPlanQuery(code, year), enabled: year > 0 });
  const { project: say } = words.capital;

  if (project.isError)
    return <FailedState error={project.error} what={say.what} onRetry={() => void project.refetch()} heading="h1" />;
  if (project.data === undefined) return <LoadingBlock what={say.what} />;
  const detail = project.data.value;
  const holder = detail.holders.at(-1)?.unit.name ?? detail.investorName;
  return (
    <>
      <PageHead title={detail.name}>
        <span className={classes.facts}>
          {[words.keyProjects.capitalTypes[detail.capitalType], say.code(detail.code), holder]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <NewDifficultyLink subject={{ project: code }} />
        <HistoryLink type="project" id={code} />
        <YearSwitch
          year={year}
          onChange={(next) =>
            void navigate({ to: '/projects/$code', params: { code }, search: { ...search, year: next }, replace: true })
          }
        />
      </PageHead>
      {plan.data !== undefined && <KeyFigures figures={figuresOf(words, plan.data, detail)} />}
      <div className={classes.columns}>
        <div className={classes.main}>
          {plan.isError ? (
            <FailedState error={plan.error} what={say.planWhat} onRetry={() => void plan.refetch()} />
          ) : plan.data === undefined ? (
            <LoadingBlock what={say.planWhat} />
          ) : (
            <PlanHistoryCard
              plan={plan.data}
              project={detail}
              basis={search.basis}
              onBasis={(basis) =>
                void navigate({
                  to: '/projects/$code',
                  params: { code },
                  search: { ...(search.year === undefined ? {} : { year: search.year }), ...(basis ? { basis } : {}) },
                  replace: true,
                  resetScroll: false,
                })
              }
            />
          )}
          {year > 0 && <MediumTermCard code={code} year={year} />}
        </div>
        <div className={classes.side}>
          <IdentityCard key={project.data.etag} project={detail} etag={project.data.etag} />
        </div>
      </div>
    </>
  );
}

function figuresOf(words: Words, plan: ProjectPlan, project: ProjectDetail): KeyFigure[] {
  const { project: say } = words.capital;
  return [
    ...plan.bases.map(({ basis, isAssigned, planDong, rate }): KeyFigure => ({
      id: basis,
      label: say.rateOn(words.basis[basis]),
      value: rate === null ? '–' : formatPercent(rate),
      below: isAssigned ? say.of(formatBillion(plan.disbursedDong), formatBillion(planDong)) : say.noRate,
    })),
    {
      id: 'carried-over',
      label: say.carriedOver,
      value: plan.carriedOver.planDong === 0 ? '–' : formatBillion(plan.carriedOver.disbursedDong),
      beside: plan.carriedOver.planDong === 0 ? undefined : `/ ${formatBillion(plan.carriedOver.planDong)}`,
      below: say.carriedOf,
    },
    {
      id: 'total',
      label: say.total,
      value: project.totalInvestmentDong === null ? '–' : formatBillion(project.totalInvestmentDong),
      beside: project.totalInvestmentDong === null ? undefined : words.money.billion,
      below: project.totalInvestmentNote ?? (project.totalInvestmentDong === null ? say.totalNone : '\u00a0'),
    },
  ];
}
