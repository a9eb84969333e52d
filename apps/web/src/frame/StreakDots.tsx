import { useWords } from '../words/words-provider';
import classes from './StreakDots.module.css';

const MOST_DOTS = 5;

/** Filled dots up to the threshold, then the number: the third dot is what puts a unit on the list. */
export function StreakDots({ streak, threshold }: { streak: number; threshold: number }) {
  const words = useWords();
  const dots = Math.min(threshold, MOST_DOTS);
  const filled = Math.min(streak, dots);
  return (
    <span className={classes.streak}>
      <svg className={classes.dots} width={dots * 10} height="8" viewBox={`0 0 ${dots * 10} 8`} aria-hidden="true">
        {Array.from({ length: dots }, (_, index) => (
          <circle
            key={index}
            cx={index * 10 + 4}
            cy="4"
            r="3"
            className={index < filled ? classes.filled : classes.open}
          />
        ))}
      </svg>
      <span aria-hidden="true">{streak}</span>
      <span className="spoken">{words.streak.running(streak)}</span>
    </span>
  );
}
