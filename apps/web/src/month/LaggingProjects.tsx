import { Link } from '@tanstack/react-router';
import type { Overview } from '../client/types';
import { formatPoints } from '../format/rate';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import classes from './LaggingProjects.module.css';

export function LaggingProjects({ overview, waiting }: { overview: Overview; waiting: boolean }) {
  const words = useWords();
  const projects = overview.laggingKeyProjects;
  return (
    <Card
      title={words.month.laggingTitle}
      right={
        <Link to="/key-projects" search={{ year: overview.planYear }} className={classes.all}>
          {words.month.allKeyProjects}
        </Link>
      }
    >
      {projects.length === 0 && !waiting && <p className={classes.none}>{words.month.laggingNone}</p>}
      <ul>
        {projects.map((project) => (
          <li key={project.ordinal} className={classes.project}>
            <span>{project.name}</span>
            <span className={classes.points}>
              {!waiting &&
                (project.differencePoints === null
                  ? words.month.laggingReasons[project.reason]
                  : words.how.difference(formatPoints(project.differencePoints)))}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
