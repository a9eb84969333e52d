import { Fragment, type ReactNode, useState } from 'react';
import type { KeyProject, KeyProjectList } from '../client/types';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { Chip } from '../frame/Chip';
import { BASES, type Basis, mainBasis } from './bases';
import { KeyProjectRow, UnlistedProjectRow } from './KeyProjectRow';
import classes from './KeyProjectsTable.module.css';

const COLUMNS = 9;
const twoDigits = (ordinal: number) => String(ordinal).padStart(2, '0');

export function KeyProjectsTable({ list }: { list: KeyProjectList }) {
  const words = useWords();
  const named = list.items.filter((item) => item.named);
  const unnamed = list.items.filter((item) => !item.named);
  const carriedOver = unnamed.filter((item) => item.origin !== 'unexplained');
  const unexplained = unnamed.filter((item) => item.origin === 'unexplained');
  return (
    <div className={`${classes.card} ${table.scroll}`}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col" className={classes.ordinal}>
              {words.keyProjects.ordinal}
            </th>
            <th scope="col" className={classes.projectHead}>
              {words.keyProjects.name}
            </th>
            <th scope="col" className={table.wideOnly}>
              {words.keyProjects.capital}
            </th>
            <th scope="col" className={table.wideOnly} data-secondary>
              {words.keyProjects.list}
            </th>
            <th scope="col" className={table.wideOnly} data-secondary>
              {words.keyProjects.investor}
            </th>
            <th scope="col" className={`${table.number} ${table.wideOnly}`} data-secondary>
              {words.keyProjects.total}
            </th>
            {BASES.map((basis) => (
              <th
                key={basis}
                scope="col"
                className={
                  basis === mainBasis(list)
                    ? `${table.number} ${classes.basis}`
                    : `${table.number} ${classes.basis} ${table.wideOnly}`
                }
              >
                {words.basis[basis]}, %
                {basis === list.planBasis && (
                  <span className={classes.judges}>
                    <Chip tone="accent">{words.month.usedForJudging}</Chip>
                  </span>
                )}
              </th>
            ))}
            <th scope="col" className={`${table.number} ${table.wideOnly}`}>
              {words.progress.state}
            </th>
          </tr>
        </thead>
        <tbody>
          <GroupHead>{words.keyProjects.groupNamed(named.length)}</GroupHead>
          {named.map((project) => (
            <KeyProjectRow key={project.ordinal} project={project} main={mainBasis(list)} />
          ))}
          {unnamed.length > 0 && <GroupHead>{words.keyProjects.groupUnnamed(unnamed.length)}</GroupHead>}
          <Folded projects={carriedOver} main={mainBasis(list)} label={words.keyProjects.carriedMore} />
          <Folded projects={unexplained} main={mainBasis(list)} label={words.keyProjects.unexplainedMore} />
          {list.unlisted.length > 0 && (
            <GroupHead>
              {words.keyProjects.groupUnlisted(list.unlisted.length)}{' '}
              <span className={classes.notCounted}>{words.keyProjects.notCounted(list.declaredCount)}</span>
            </GroupHead>
          )}
          {list.unlisted.map((project) => (
            <UnlistedProjectRow key={project.projectCode} project={project} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function GroupHead({ children }: { children: ReactNode }) {
  return (
    <tr className={table.group}>
      <th scope="rowgroup" colSpan={COLUMNS}>
        {children}
      </th>
    </tr>
  );
}

interface FoldedProps {
  projects: KeyProject[];
  main: Basis;
  label: (count: number, from: string, to: string) => string;
}

/** Projects that the report only counts take one line until someone wants to see them; on paper they are all there. */
function Folded({ projects, main, label }: FoldedProps) {
  const [open, setOpen] = useState(false);
  const first = projects[0];
  const last = projects.at(-1);
  if (first === undefined || last === undefined) return null;
  return (
    <Fragment>
      <tr className="screenOnly">
        <td colSpan={COLUMNS} className={classes.foldCell}>
          <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            {label(projects.length, twoDigits(first.ordinal), twoDigits(last.ordinal))}
          </button>
        </td>
      </tr>
      {projects.map((project) => (
        <KeyProjectRow key={project.ordinal} project={project} main={main} isOnPaperOnly={!open} />
      ))}
    </Fragment>
  );
}
