import { Link } from '@tanstack/react-router';
import type { KeyProject, Named, UnlistedProject } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercentNumber, formatPoints } from '../format/rate';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
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

export function KeyProjectRow({ project, isOnPaperOnly = false }: { project: KeyProject; isOnPaperOnly?: boolean }) {
  const words = useWords();
  const { capitalTypes, origins } = words.keyProjects;
  const points = project.differencePoints;
  return (
    <tr id={`project-${project.ordinal}`} className={isOnPaperOnly ? 'printOnly' : classes.target}>
      <td className={table.quiet}>{twoDigits(project.ordinal)}</td>
      <th scope="row">
        {project.projectCode === null ? (
          <span className={table.quiet}>{project.name}</span>
        ) : (
          <Link to="/projects/$code" params={{ code: project.projectCode }} className={`${table.link} ${classes.name}`}>
            {project.name}
          </Link>
        )}
        {project.places.length > 0 && (
          <span className={table.under}>{project.places.map((place) => place.name).join(', ')}</span>
        )}
        <span className={`${table.under} ${table.narrowOnly}`}>
          {capitalTypes[project.capitalType]} · {origins[project.origin]}
          {points !== null && ` · ${words.how.difference(formatPoints(points))}`}
        </span>
      </th>
      <td className={`${classes.capital} ${table.wideOnly}`}>{capitalTypes[project.capitalType]}</td>
      <td className={table.wideOnly}>{origins[project.origin]}</td>
      <td className={table.wideOnly}>
        <Investor unit={project.unit} name={project.investorName} />
      </td>
      <td className={`${classes.total} ${table.wideOnly}`}>
        <TotalInvestment dong={project.totalInvestmentDong} note={project.totalInvestmentNote} />
      </td>
      <td className={project.rate === null ? `${table.number} ${table.quiet}` : table.number}>
        {project.rate === null ? words.keyProjects.noData : formatPercentNumber(project.rate)}
      </td>
      <td className={`${table.number} ${table.wideOnly} ${project.state === 'behind' ? table.below : ''}`}>
        {points === null ? '–' : words.how.difference(formatPoints(points))}
        {project.state === 'behind' && <span className={table.under}>{words.keyProjects.behind}</span>}
      </td>
    </tr>
  );
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
      <td className={table.wideOnly}>{words.keyProjects.likelihoods[project.likelihood]}</td>
      <td className={table.wideOnly}>
        <Investor unit={project.unit} name={project.investorName} />
      </td>
      <td className={`${table.number} ${table.wideOnly} ${table.quiet}`}>–</td>
      <td className={`${table.number} ${table.quiet}`}>{words.keyProjects.noData}</td>
      <td className={`${table.number} ${table.wideOnly} ${table.quiet}`}>–</td>
    </tr>
  );
}
