import { Link, useSearch } from '@tanstack/react-router';
import type { KeyProject, Named, UnlistedProject } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercent, formatPercentNumber, formatPoints } from '../format/rate';
import table from '../frame/table.module.css';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { BASES, type Basis } from './bases';
import classes from './KeyProjectsTable.module.css';

const twoDigits = (ordinal: number) => String(ordinal).padStart(2, '0');

function Investor({ unit, name }: { unit: Named | null; name: string | null }) {
  const words = useWords();
  if (unit !== null) {
    return (
      <Link to="/units/$code" params={{ code: unit.code }} className={table.link}>
        {unit.name}
      </Link>
    );
  }
  return <span className={table.quiet}>{name ?? words.keyProjects.notStated}</span>;
}

/** Where the source says "khoảng", its words stand instead of a figure that would sound exact. */
function TotalInvestment({ dong, note }: { dong: number | null; note: string | null }) {
  if (note !== null) return <span className={classes.about}>{note}</span>;
  return dong === null ? <span className={table.quiet}>–</span> : formatBillion(dong);
}

/** The name leads to the project's progress; an unnamed place on the list has none. */
function ProjectName({ project }: { project: KeyProject }) {
  const search = useSearch({ from: '/frame/key-projects' });
  if (!project.named) return <span className={table.quiet}>{project.name}</span>;
  return (
    <Link
      to="/key-projects"
      search={{ ...search, project: project.ordinal }}
      className={`${table.link} ${classes.name}`}
      data-open={search.project === project.ordinal || undefined}
    >
      {project.name}
    </Link>
  );
}

/** How far from what it is measured by: points to the average, or tỷ đồng to the investor's plan. */
function useDistance(project: KeyProject): string | null {
  const words = useWords();
  if (project.differencePoints !== null) return words.how.difference(formatPoints(project.differencePoints));
  const { implementedDong = null, implementedPlanDong = null } = project.progress ?? {};
  if (project.state === 'no-data' || implementedDong === null || implementedPlanDong === null) return null;
  const missing = implementedDong - implementedPlanDong;
  return words.progress.billions(`${missing > 0 ? '+' : ''}${formatBillion(missing)}`);
}

/** In words: kept up, behind and why, or no data. */
function useStateWords(project: KeyProject): string {
  const { progress } = useWords();
  if (project.state === 'no-data') return progress.noData;
  if (project.state === 'on-track') return progress.onTrack;
  return project.behindBecause === null
    ? progress.behind
    : `${progress.behind}: ${progress.because[project.behindBecause]}`;
}

interface KeyProjectRowProps {
  project: KeyProject;
  /** The basis that a phone shows. */
  main: Basis;
  isOnPaperOnly?: boolean;
}

export function KeyProjectRow({ project, main, isOnPaperOnly = false }: KeyProjectRowProps) {
  const words = useWords();
  const { capitalTypes, origins } = words.keyProjects;
  const distance = useDistance(project);
  const state = useStateWords(project);
  const others = project.bases.filter(({ basis }) => basis !== main);
  return (
    <tr id={`project-${project.ordinal}`} className={isOnPaperOnly ? 'printOnly' : classes.target}>
      <td className={table.quiet}>{twoDigits(project.ordinal)}</td>
      <th scope="row">
        <ProjectName project={project} />
        {project.places.length > 0 && (
          <span className={table.under}>{project.places.map((place) => place.name).join(', ')}</span>
        )}
        <span className={`${table.under} ${table.narrowOnly}`}>
          {capitalTypes[project.capitalType]} · {origins[project.origin]}
          {project.named && ` · ${[distance, state].filter(Boolean).join(' · ')}`}
        </span>
        {others.map((other) => (
          <span key={other.basis} className={`${table.under} ${table.narrowOnly}`}>
            {words.basis[other.basis]}: {rateText(other, words)}
          </span>
        ))}
      </th>
      <td className={`${classes.capital} ${table.wideOnly}`}>{capitalTypes[project.capitalType]}</td>
      <td className={table.wideOnly} data-secondary>
        {origins[project.origin]}
      </td>
      <td className={table.wideOnly} data-secondary>
        <Investor unit={project.unit} name={project.investorName} />
      </td>
      <td className={`${classes.total} ${table.wideOnly}`} data-secondary>
        <TotalInvestment dong={project.totalInvestmentDong} note={project.totalInvestmentNote} />
      </td>
      {BASES.map((basis) => (
        <RateCell key={basis} project={project} basis={basis} isMain={basis === main} />
      ))}
      <td className={`${table.number} ${table.wideOnly} ${project.state === 'behind' ? table.below : ''}`}>
        {distance ?? <span className={table.quiet}>{words.progress.noData}</span>}
        {distance !== null && <span className={table.under}>{state}</span>}
      </td>
    </tr>
  );
}

/** A rate of the plan on one basis; of PPP and non-budget projects, once, what was implemented of the investor's plan. */
function RateCell({ project, basis, isMain }: { project: KeyProject; basis: Basis; isMain: boolean }) {
  const words = useWords();
  const own = project.bases.find((each) => each.basis === basis);
  const ofInvestor = isMain && own === undefined ? (project.progress?.rate ?? null) : null;
  const isKnown = ofInvestor !== null || (own?.rate ?? null) !== null;
  return (
    <td
      className={[table.number, isKnown ? '' : table.quiet, isMain ? '' : table.wideOnly, classes.basis]
        .filter(Boolean)
        .join(' ')}
    >
      {ofInvestor !== null ? (
        <>
          {formatPercentNumber(ofInvestor)}
          <span className={`${table.under} ${table.wideOnly}`}>{words.progress.ofPlan}</span>
        </>
      ) : own === undefined ? (
        '–'
      ) : own.isAssigned && own.rate !== null ? (
        formatPercentNumber(own.rate)
      ) : (
        rateText(own, words)
      )}
    </td>
  );
}

function rateText({ isAssigned, rate }: KeyProject['bases'][number], words: Words): string {
  if (!isAssigned) return words.capital.project.noRate;
  return rate === null ? '–' : formatPercent(rate);
}

/** Known from the press, not on the list: shown with its source, never counted. */
export function UnlistedProjectRow({ project }: { project: UnlistedProject }) {
  const words = useWords();
  return (
    <tr>
      <td />
      <th scope="row">
        {project.name}
        <span className={table.under}>
          {[project.totalInvestmentNote, words.keyProjects.source(project.sourceNote)].filter(Boolean).join(' · ')}
        </span>
      </th>
      <td className={`${classes.capital} ${table.wideOnly}`}>{words.keyProjects.capitalTypes[project.capitalType]}</td>
      <td className={table.wideOnly} data-secondary>
        {words.keyProjects.likelihoods[project.likelihood]}
      </td>
      <td className={table.wideOnly} data-secondary>
        <Investor unit={project.unit} name={project.investorName} />
      </td>
      <td className={`${table.number} ${table.wideOnly} ${table.quiet}`} data-secondary>
        –
      </td>
      <td className={`${table.number} ${table.quiet}`}>{words.keyProjects.noData}</td>
      <td className={`${table.number} ${table.wideOnly} ${table.quiet}`}>–</td>
      <td className={`${table.number} ${table.wideOnly} ${table.quiet}`}>–</td>
    </tr>
  );
}
