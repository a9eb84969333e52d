import { LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { UnitMonth, UnitYear } from '../client/types';
import { formatPercentNumber, formatPoints, type Rate, tenThousandths } from '../format/rate';
import type { Words } from '../words/vi';
import { gapBand } from './gap-band';

use([LineChart, GridComponent, SVGRenderer]);

const HEIGHT_PX = 236;
const TOP_PX = 14;
const BOTTOM_PX = 10;
const NARROW_PX = 520;
/** Two lines of 12 px text must not touch. */
const LABEL_STEP_PX = 17;
const FONT = "'Source Sans 3 Variable', sans-serif";

/** Position only: the figures on screen come from the exact fraction, a picture is drawn in floats. */
const percentOf = (rate: Rate) => Number(tenThousandths(rate.percent)) / 10_000;

interface Drawn {
  /** To the holder's width, or to a given one (on paper). */
  fit: (widthPx?: number) => void;
  dispose: () => void;
}

/** Colours are CSS variables, so that a change of theme and the printer need no second drawing. */
export function drawRateChart(element: HTMLElement, year: UnitYear, words: Words): Drawn {
  const chart = init(element, null, { renderer: 'svg', height: HEIGHT_PX });
  const fit = (widthPx = element.clientWidth) => {
    if (widthPx === 0) return;
    chart.resize({ width: widthPx, height: HEIGHT_PX });
    chart.setOption(chartOption(year, words, widthPx < NARROW_PX));
  };
  fit();
  return { fit, dispose: () => chart.dispose() };
}

function niceTop(highest: number): { top: number; interval: number } {
  const interval = [5, 10, 20, 25, 50].find((step) => highest / step <= 5) ?? 100;
  return { top: Math.max(1, Math.ceil(highest / interval)) * interval, interval };
}

function chartOption(year: UnitYear, words: Words, narrow: boolean) {
  const { months } = year;
  const averagePoints = months.flatMap((month) =>
    month.average === null ? [] : [[month.month, percentOf(month.average)] as const],
  );
  const unitPoints = months.flatMap((month) =>
    month.rate === null ? [] : [[month.month, percentOf(month.rate)] as const],
  );
  const { top, interval } = niceTop(Math.max(10, ...averagePoints.map(([, y]) => y), ...unitPoints.map(([, y]) => y)));
  const band = gapBand(
    months.flatMap(({ month, rate, average }) =>
      rate === null || average === null ? [] : [{ x: month, unit: percentOf(rate), average: percentOf(average) }],
    ),
  );
  const labels = endLabels(year, words, narrow, top);
  const hidden = {
    type: 'line',
    symbol: 'none',
    stack: 'gap',
    stackStrategy: 'all',
    lineStyle: { width: 0 },
    silent: true,
  } as const;

  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    grid: { left: narrow ? 36 : 48, right: narrow ? 72 : 150, top: TOP_PX, bottom: BOTTOM_PX },
    xAxis: {
      type: 'value',
      min: 0.5,
      max: year.throughMonth + 0.5,
      axisLabel: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
      axisLine: { lineStyle: { color: 'var(--line2)' } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: top,
      interval,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: 'var(--ink3)', fontSize: 12, fontFamily: FONT },
      splitLine: { lineStyle: { color: 'var(--line)' } },
    },
    series: [
      { ...hidden, data: band.map((point) => [point.x, point.floor]) },
      {
        ...hidden,
        data: band.map((point) => [point.x, point.height]),
        areaStyle: { color: 'var(--chart-gap)', opacity: 1 },
      },
      {
        type: 'line',
        symbol: 'none',
        silent: true,
        data: averagePoints.map((point) => [...point]),
        lineStyle: { color: 'var(--chart-average)', width: 1.5, type: [5, 3] },
        endLabel: { ...labels.average, show: true },
      },
      {
        type: 'line',
        silent: true,
        symbolSize: 9,
        data: months.filter((month) => month.rate !== null).map((month) => unitPoint(month, words)),
        lineStyle: { color: 'var(--chart-unit)', width: 2 },
        endLabel: { ...labels.unit, show: true },
      },
    ],
  };
}

/** Filled: a month on the list. Open: not yet enough months. Dashed: not reported, the line goes on flat and says so. */
function unitPoint(month: UnitMonth, words: Words) {
  const isMissing = month.status === 'missing';
  return {
    value: [month.month, month.rate === null ? 0 : percentOf(month.rate)],
    symbol: 'circle',
    itemStyle: {
      color: month.flagged ? 'var(--chart-unit)' : 'var(--surface)',
      borderColor: isMissing ? 'var(--ink3)' : 'var(--chart-unit)',
      borderWidth: 2,
      borderType: isMissing ? [2, 2] : 'solid',
    },
    label: {
      show: isMissing,
      position: 'bottom',
      formatter: words.status.missing,
      color: 'var(--ink3)',
      fontSize: 12,
      fontFamily: FONT,
    },
  };
}

/** Labels at the ends of the lines; moved apart where the lines end close to each other. */
function endLabels(year: UnitYear, words: Words, narrow: boolean, top: number) {
  const { current, unit } = year;
  const plotPx = HEIGHT_PX - TOP_PX - BOTTOM_PX;
  const distancePx =
    current.rate === null || current.averageRate === null
      ? plotPx
      : ((percentOf(current.averageRate) - percentOf(current.rate)) / top) * plotPx;
  const side = distancePx >= 0 ? 1 : -1;
  const shortBy = Math.max(0, LABEL_STEP_PX * 2 - Math.abs(distancePx));
  const shift = (shortBy / 2) * side;
  const style = { fontSize: 12, lineHeight: 16, fontFamily: FONT, fontWeight: 600, distance: 8 } as const;
  const name = narrow ? '' : `${unit.shortName} `;
  const averageName = narrow ? words.unit.averageTiny : words.unit.averageShort;
  const rateText = current.rate === null ? '' : formatPercentNumber(current.rate);
  const points = current.differencePoints === null ? '' : words.how.difference(formatPoints(current.differencePoints));
  return {
    average: {
      ...style,
      offset: [0, -shift],
      color: 'var(--chart-average)',
      formatter: current.averageRate === null ? '' : `${averageName} ${formatPercentNumber(current.averageRate)}`,
    },
    unit: {
      ...style,
      offset: [0, shift],
      color: current.status === 'below' ? 'var(--below)' : 'var(--ink)',
      formatter: narrow ? rateText : `${name}${rateText}\n{points|${points}}`,
      rich: { points: { fontSize: 12, fontWeight: 400, lineHeight: 16, color: 'var(--ink2)', fontFamily: FONT } },
    },
  };
}
