import { useWords } from '../words/words-provider';
import classes from './YearSwitch.module.css';

/** To the year before and after. */
export function YearSwitch({ year, onChange }: { year: number; onChange: (year: number) => void }) {
  const words = useWords();
  return (
    <span className={`${classes.years} screenOnly`} role="group" aria-label={words.capital.project.year}>
      <button type="button" className={classes.year} aria-label={String(year - 1)} onClick={() => onChange(year - 1)}>
        ‹
      </button>
      <span>{year}</span>
      <button type="button" className={classes.year} aria-label={String(year + 1)} onClick={() => onChange(year + 1)}>
        ›
      </button>
    </span>
  );
}
