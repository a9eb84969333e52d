/** A value that an act changed; `before` is absent for what was added, `after` for what was taken away. */
export interface Change {
  /** Path of the field, its parts joined by a point; empty for a value that is no object. */
  field: string;
  before?: unknown;
  after?: unknown;
}

/** Objects and lists are compared part by part down to here; deeper they are one value. */
const MOST_DEPTH = 6;

/** What differs between two JSON values, in the order of the fields. */
export function changesBetween(before: unknown, after: unknown): Change[] {
  return compare('', before ?? undefined, after ?? undefined, 0);
}

function compare(field: string, before: unknown, after: unknown, depth: number): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const parts = [before, after].filter((value) => value !== undefined);
  const isDeep = parts.every((value) => typeof value === 'object' && value !== null);
  const isAlike = new Set(parts.map((value) => Array.isArray(value))).size === 1;
  const names = [...new Set(parts.flatMap((value) => Object.keys(value ?? {})))];
  if (!isDeep || !isAlike || names.length === 0 || depth >= MOST_DEPTH)
    return [{ field, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
  return names.flatMap((name) =>
    compare(field === '' ? name : `${field}.${name}`, at(before, name), at(after, name), depth + 1),
  );
}

function at(value: unknown, name: string): unknown {
  return value === undefined ? undefined : (value as Record<string, unknown>)[name];
}
