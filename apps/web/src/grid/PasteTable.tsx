import {
  IconAlertCircle,
  IconAlertTriangle,
  IconArrowsExchange,
  IconEqual,
  IconMinus,
  IconPlus,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { useWords } from '../words/words-provider';
import type { ComparedFigure } from './paste';
import classes from './PasteDialog.module.css';
import { million } from './SheetRow';
import { useWindow } from './use-window';

const LINE_PX = 30;
const ICONS = {
  new: IconPlus,
  changed: IconArrowsExchange,
  same: IconEqual,
  reason: IconAlertTriangle,
  rejected: IconAlertCircle,
  skipped: IconMinus,
};

/** The difference, a line a cell; only the lines in sight are drawn, for a block may have thousands. */
export function PasteTable({ figures }: { figures: readonly ComparedFigure[] }) {
  const words = useWords();
  const say = words.grid.paste;
  const box = useRef<HTMLDivElement>(null);
  const seen = useWindow(box, figures.length, LINE_PX);
  const heads = [say.act, say.project, say.source, say.month, say.before, say.after, say.difference, say.note];
  return (
    <div
      ref={box}
      role="table"
      aria-label={say.compareTitle(figures.length)}
      aria-rowcount={figures.length + 1}
      tabIndex={0}
      className={classes.table}
    >
      <div role="rowgroup" className={classes.tableHead}>
        <div role="row" aria-rowindex={1} className={classes.line}>
          {heads.map((head) => (
            <span key={head} role="columnheader">
              {head}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.lines} style={{ height: figures.length * LINE_PX }}>
        {figures.slice(seen.first, seen.last).map((figure, i) => {
          const index = seen.first + i;
          const { kind, before, after, place, problem, project, source, text } = figure;
          const Icon = ICONS[kind];
          return (
            <div
              key={index}
              role="row"
              aria-rowindex={index + 2}
              className={`${classes.line} ${classes.placed}`}
              style={{ top: index * LINE_PX }}
            >
              <span role="cell">
                <span className={`${classes.chip} ${classes[kind]}`}>
                  <Icon size={14} aria-hidden="true" />
                  {say.kinds[kind]}
                </span>
              </span>
              <span role="cell">{place ? project : `“${project}”`}</span>
              <span role="cell">{source}</span>
              <span role="cell">{place ? words.time.column(place.month) : '–'}</span>
              <span role="cell">{million(before)}</span>
              <span role="cell" className={after === null ? classes.struck : classes.after}>
                {after === null ? text : million(after)}
              </span>
              <span role="cell">
                {after === null ? '–' : `${after > (before ?? 0n) ? '+' : ''}${million(after - (before ?? 0n))}`}
              </span>
              <span role="cell" className={kind === 'rejected' ? classes.wrong : classes.quiet}>
                {problem === null ? '' : say.problems[problem]}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
