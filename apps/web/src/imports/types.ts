import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];

export type Import = Schemas['ImportDto'];
export type ImportKind = Import['kind'];
export type Reading = Schemas['ImportReadingDto'];
export type Choices = Schemas['RereadImportDto'];
export type AmountUnit = Reading['amountUnit'];
export type Difference = Schemas['ImportDifferenceDto'];
export type ImportRow = Schemas['ImportRowDto'];
export type Outcome = ImportRow['outcome'];
export type OfferedKind = Schemas['OfferedKindDto'];
export type OfferedImports = Schemas['OfferedImportsDto'];

export const OUTCOMES: readonly Outcome[] = ['new', 'changed', 'same', 'rejected'];
export const AMOUNT_UNITS: readonly AmountUnit[] = ['dong', 'nghin-dong', 'trieu-dong', 'ty-dong'];
export const IMPORT_KINDS: readonly ImportKind[] = [
  'disbursements',
  'reports',
  'progress',
  'treasury',
  'allocations',
  'units',
  'projects',
  'key-projects',
];

export function isImportKind(value: unknown): value is ImportKind {
  return IMPORT_KINDS.some((kind) => kind === value);
}

/** Where a unit of amounts has a meaning. */
export function hasAmounts(kind: OfferedKind): boolean {
  return kind.fields.some(({ name }) => name.endsWith('_vnd'));
}
