import { formatQuotient, THIN_SPACE } from '../format/amount';
import { useWords } from '../words/words-provider';
import type { GridBook, UnitSums } from './grid-book';
import { type Fraction, liveRate, type LiveRate } from './live-rate';
import classes from './RateStrip.module.css';
import { million } from './SheetRow';

/** The live rate of a unit: everything typed on this page counted in, its own and the average's. */
export function rateOfUnit(book: GridBook, unit: UnitSums): LiveRate | null {
  const own = book.changeOf(unit);
  if (unit.data.averageGroup === null || own.plan <= 0n) return null;
  const inGroup = book.units.filter((other) => other !== unit && other.data.averageGroup === unit.data.averageGroup);
  const average = book.data.averages.find(({ group }) => group === unit.data.averageGroup);
  return liveRate(
    own,
    inGroup.map((other) => book.changeOf(other)),
    average,
  );
}

function percent({ numerator, denominator }: Fraction): string {
  return `${formatQuotient(numerator * 100n, denominator, 1)}${THIN_SPACE}%`;
}

/** For drawing only: a place on the bar from 0 to 100. */
function share({ numerator, denominator }: Fraction): number {
  const thousandths = Number((numerator * 1000n) / denominator);
  return Math.max(0, Math.min(1000, thousandths)) / 10;
}

/** The unit's rate against the provisional average while typing, and what it still lacks. */
export function RateStrip({ book, unit, rate }: { book: GridBook; unit: UnitSums; rate: LiveRate | null }) {
  const words = useWords();
  const several = book.units.length > 1;
  const basis = words.basis[book.data.counting?.planBasis ?? 'province'];
  if (rate === null) return <p className={classes.none}>{words.grid.notRated}</p>;
  const { own, average, below, gap } = rate;
  return (
    <section className={classes.strip} aria-label={words.grid.unitNowShort}>
      <div className={classes.figure}>
        <span className={classes.label}>
          {several ? words.grid.unitNow(unit.data.shortName) : words.grid.unitNowShort}
        </span>
        <strong data-live="own">{percent(own)}</strong>
      </div>
      <div className={classes.figure}>
        <span className={classes.label}>{words.grid.averageNow}</span>
        <strong data-live="average">{average === null ? '–' : percent(average)}</strong>
      </div>
      <div className={classes.scale}>
        <div
          className={classes.bar}
          role="img"
          aria-label={words.grid.rateBar(percent(own), average === null ? words.grid.averageNone : percent(average))}
        >
          <span className={below ? classes.partBelow : classes.part} style={{ width: `${share(own)}%` }} />
          {average !== null && <span className={classes.mark} style={{ left: `${share(average)}%` }} />}
        </div>
        <div className={classes.ends}>
          <span>0</span>
          <span>{words.grid.basisUsed(basis)}</span>
          <span>100{THIN_SPACE}%</span>
        </div>
      </div>
      <div className={`${classes.figure} ${classes.gap}`}>
        <span className={classes.label}>{words.grid.gapNow}</span>
        <strong className={below ? classes.below : undefined} data-live="gap">
          {average === null
            ? words.grid.averageNone
            : gap === null
              ? words.grid.gapOpen
              : gap === 0n
                ? words.grid.gapNone
                : `${million(gap)} ${words.money.million}`}
        </strong>
      </div>
    </section>
  );
}
