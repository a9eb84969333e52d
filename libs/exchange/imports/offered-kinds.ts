import type { Actor } from '#libs/kernel';
import { IMPORT_KINDS, KIND_SPECS, type ImportKind } from '../sheet/index.js';
import { mayImport } from './import-kinds.js';

export interface OfferedField {
  name: string;
  /** The title that the template gives its column. */
  title: string;
  required: boolean;
}

/** A kind of file that the actor may send, and what its columns can be. */
export interface OfferedKind {
  kind: ImportKind;
  fields: OfferedField[];
  /** Fields that the heading of an amount column may state instead of a column of their own. */
  wideBy: string[];
}

export function offeredKinds(actor: Actor): OfferedKind[] {
  return IMPORT_KINDS.filter((kind) => mayImport(actor, kind)).map((kind) => {
    const { fields, lookups, wide } = KIND_SPECS[kind];
    const named = [...fields, ...lookups.map((lookup) => ({ ...lookup, required: false }))];
    return {
      kind,
      fields: named.map(({ name, titles, required }) => ({ name, title: titles[0] ?? name, required })),
      wideBy: [...(wide?.by ?? [])],
    };
  });
}
