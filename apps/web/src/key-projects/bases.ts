import type { KeyProjectList } from '../client/types';

export type Basis = 'province' | 'pm';

export const BASES: readonly Basis[] = ['province', 'pm'];

/** The basis whose rate is left where there is room for one: the one that judges. */
export function mainBasis({ planBasis }: KeyProjectList): Basis {
  return planBasis ?? 'province';
}
