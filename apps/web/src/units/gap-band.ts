interface Pair {
  x: number;
  unit: number;
  average: number;
}

interface BandPoint {
  x: number;
  floor: number;
  height: number;
}

/**
 * The area between the unit and the average where the unit is below, as a floor and a height over it.
 * Where the lines cross between two months the crossing itself becomes a point, so that no shade leaks above.
 */
export function gapBand(pairs: Pair[]): BandPoint[] {
  const points: BandPoint[] = [];
  pairs.forEach((pair, index) => {
    const before = pairs[index - 1];
    const gap = pair.average - pair.unit;
    const gapBefore = before === undefined ? gap : before.average - before.unit;
    if (before !== undefined && gap * gapBefore < 0) {
      const share = gapBefore / (gapBefore - gap);
      const x = before.x + (pair.x - before.x) * share;
      points.push({ x, floor: before.unit + (pair.unit - before.unit) * share, height: 0 });
    }
    points.push({ x: pair.x, floor: pair.unit, height: Math.max(0, gap) });
  });
  return points;
}
