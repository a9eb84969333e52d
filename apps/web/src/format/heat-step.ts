import { differenceInTenThousandths, type Rate, tenThousandths } from './rate';

/** Four steps below the average and four at or above it; exactly at the average is the first step above. */
export type HeatStep = 'b4' | 'b3' | 'b2' | 'b1' | 'a1' | 'a2' | 'a3' | 'a4';

const POINT = 10_000n;

export function heatStep(distance: bigint): HeatStep {
  if (distance < 0n) {
    if (distance <= -20n * POINT) return 'b4';
    if (distance <= -10n * POINT) return 'b3';
    return distance <= -3n * POINT ? 'b2' : 'b1';
  }
  if (distance < 3n * POINT) return 'a1';
  if (distance < 10n * POINT) return 'a2';
  return distance < 20n * POINT ? 'a3' : 'a4';
}

/** From the server's difference; the side comes from the server's status where it has judged one. */
export function heatStepOfDifference(differencePoints: string, isBelow: boolean): HeatStep {
  const distance = tenThousandths(differencePoints);
  if (isBelow && distance >= 0n) return 'b1';
  return heatStep(distance);
}

export function heatStepOfRates(own: Rate, average: Rate): HeatStep {
  return heatStep(differenceInTenThousandths(own, average));
}
