import type { ApiRoute } from './api-routes.js';

/** The ids of one kind of row: whose they are depends on who asks. */
export interface RowSamples {
  own: readonly string[];
  other: readonly string[];
  nowhere: string;
}

/** What a parameter of a path or a query may name. */
export interface Samples {
  /** By the word of the path before the parameter (`projects` of `/projects/:code`), or the name in a query. */
  rows: Readonly<Record<string, RowSamples>>;
  /** Values that name no row: periods, kinds; every one is asked for. `grid?month` is the month of /grid alone. */
  constants: Readonly<Record<string, readonly string[]>>;
}

export interface RowRequest {
  path: string;
  /** Whose row is asked for; null: no particular one. */
  whose: 'own' | 'other' | 'nowhere' | null;
  /** The code or id in the path or query. */
  asked: string | null;
  /** The same but for the row: an other one and one from nowhere must answer alike. */
  alike: string;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: { enum?: string[] };
}
export type Operations = Record<string, Record<string, { parameters?: Parameter[] }>>;

/**
 * Every request that a route can be asked with, by the samples: each row it can name is the asker's own, another's and
 * one that does not exist. A parameter without samples is an error that asks for some.
 */
export function rowRequests(route: ApiRoute, operations: Operations, samples: Samples): RowRequest[] {
  const documented = operations[`/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`]?.[route.method]?.parameters ?? [];
  let requests: RowRequest[] = [{ path: route.path, whose: null, asked: null, alike: route.path }];
  for (const [, before, name] of route.path.matchAll(/(\w[\w-]*)\/:(\w+)/g)) {
    const enumerated = documented.find((parameter) => parameter.name === name && parameter.in === 'path')?.schema?.enum;
    const row = samples.rows[before as string];
    const values = enumerated ?? samples.constants[name as string];
    if (!values && !row) throw new Error(`${route.name}: no sample for :${name}; add one to the sweep's samples`);
    requests = requests.flatMap((request) =>
      values
        ? values.map((value) => filled(request, `:${name}`, value))
        : withRow(request, `:${name}`, row as RowSamples),
    );
  }
  const query = documented.filter((parameter) => parameter.in === 'query');
  for (const { name, required, schema } of query) {
    const row = samples.rows[`?${name}`];
    const own = samples.constants[`${route.path.split('/')[1]}?${name}`];
    const values = own ?? samples.constants[name] ?? schema?.enum;
    if (required && !values && !row)
      throw new Error(`${route.name}: no sample for ?${name}=; add one to the sweep's samples`);
    if (!required && !row && !own) continue;
    requests = requests.flatMap((request) => {
      const place = `${request.path.includes('?') ? '&' : '?'}${name}=`;
      const extended = {
        ...request,
        path: `${request.path}${place}:${name}`,
        alike: `${request.alike}${place}:${name}`,
      };
      if (!row) return (values as readonly string[]).map((value) => filled(extended, `:${name}`, value));
      const named = request.whose === null ? withRow(extended, `:${name}`, row) : [];
      // A row that is asked for goes with an own one of every other kind, so that it alone decides.
      if (request.whose !== null) named.push(...(required ? [filled(extended, `:${name}`, row.own[0] as string)] : []));
      return required ? named : [request, ...named];
    });
  }
  return requests;
}

function filled(request: RowRequest, place: string, value: string): RowRequest {
  return { ...request, path: request.path.replace(place, value), alike: request.alike.replace(place, value) };
}

function withRow(request: RowRequest, place: string, row: RowSamples): RowRequest[] {
  const asks =
    (whose: 'own' | 'other' | 'nowhere') =>
    (value: string): RowRequest => ({
      ...request,
      path: request.path.replace(place, value),
      whose,
      asked: value,
    });
  return [...row.own.map(asks('own')), ...row.other.map(asks('other')), asks('nowhere')(row.nowhere)];
}
