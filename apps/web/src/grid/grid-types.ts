import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];

export type GridData = Schemas['GridDto'];
export type GridUnit = Schemas['GridUnitDto'];
export type GridAverage = Schemas['GridAverageDto'];
export type GridMonth = Schemas['GridMonthDto'];
export type StatedOutcome = Schemas['StatedOutcomeDto'];
export type StatedCell = Schemas['StatedCellDto'];
export type CellDetail = Schemas['CellDetailDto'];

/** A cell by the row's place in the book and the month's number. */
export interface CellPlace {
  row: number;
  month: number;
}
