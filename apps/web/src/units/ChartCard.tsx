import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { UnitYear } from '../client/types';
import { formatDay } from '../format/date';
import { formatPercent, formatPoints } from '../format/rate';
import { Card } from '../frame/Card';
import { HeatStrip } from '../frame/HeatStrip';
import { LateNote } from '../frame/LateNote';
import { Marking } from '../frame/Marking';
import { useWords } from '../words/words-provider';
import classes from './ChartCard.module.css';

/** Width of the chart on paper: the text block of A4 with these margins, in CSS pixels. */
const PAPER_WIDTH_PX = 620;

/** The unit's cumulative rate against the average, with the same months as figures below it. */
export function ChartCard({ year }: { year: UnitYear }) {
  const words = useWords();
  const holder = useRef<HTMLDivElement>(null);
  // The charting code is a chunk of its own; as a query it has a loading and a failed state like any other read.
  const drawing = useQuery({
    queryKey: ['code', 'rate-chart'],
    queryFn: () => import('./rate-chart'),
    staleTime: Infinity,
    structuralSharing: false,
  });
  const draw = drawing.data?.drawRateChart;

  useEffect(() => {
    const element = holder.current;
    if (draw === undefined || element === null) return;
    const chart = draw(element, year, words);
    const observer = new ResizeObserver(() => chart.fit());
    observer.observe(element);
    const forPaper = () => chart.fit(PAPER_WIDTH_PX);
    const forScreen = () => chart.fit();
    window.addEventListener('beforeprint', forPaper);
    window.addEventListener('afterprint', forScreen);
    return () => {
      observer.disconnect();
      window.removeEventListener('beforeprint', forPaper);
      window.removeEventListener('afterprint', forScreen);
      chart.dispose();
    };
  }, [draw, year, words]);

  const { current, unit } = year;
  const sentence =
    current.rate === null || current.averageRate === null || current.differencePoints === null
      ? words.status[current.status]
      : words.unit.chartSentence(
          unit.shortName,
          formatPercent(current.rate),
          formatPercent(current.averageRate),
          formatPoints(current.differencePoints),
          year.throughMonth,
        );

  return (
    <Card
      title={words.unit.chart}
      subtitle={`% ${words.basis[current.bases.find(({ used }) => used)?.basis ?? 'province']}`}
      right={
        <>
          <span className={classes.key}>
            <span className={classes.listed} aria-hidden="true" />
            {words.unit.inList}
          </span>
          <span className={classes.key}>
            <span className={classes.unlisted} aria-hidden="true" />
            {words.unit.notYet}
          </span>
        </>
      }
    >
      <div className={classes.chart} role="img" aria-label={sentence}>
        <div ref={holder} className={classes.holder} />
        {drawing.isPending && (
          <p className={classes.note}>
            <LateNote>{words.unit.chartLoading}</LateNote>
          </p>
        )}
        {drawing.isError && <p className={classes.note}>{words.state.errorTitle(words.unit.chartWhat)}</p>}
      </div>
      <div className={classes.strip}>
        <HeatStrip cells={year.months} caption={words.unit.chartShort(year.throughMonth)} />
      </div>
      <p className={classes.source}>
        {words.unit.chartSource(formatDay(year.plan.at))} {year.illustrative && <Marking />}
      </p>
    </Card>
  );
}
