import { escapeIdentifier, type ClientBase } from 'pg';

export interface CatalogueTable {
  /** `schema.table`, as the backup names it. */
  name: string;
  /** Quoted for statements. */
  quoted: string;
  /** All but the generated ones, in the order of the table. */
  columns: string[];
  /** ORDER BY of the primary key, texts by code point: the same in every database whatever its collation. */
  order: string;
}

/** Tables of all schemas but PostgreSQL's own and its extensions'; found, not listed: a new one is never forgotten. */
export async function tablesOf(client: ClientBase): Promise<CatalogueTable[]> {
  const { rows } = await client.query<{ schema: string; table: string; columns: string[]; key: string[] | null }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS table,
            ARRAY(SELECT a.attname::text FROM pg_attribute AS a
                  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                  ORDER BY a.attnum) AS columns,
            (SELECT array_agg(quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END
                              ORDER BY k.position)
             FROM pg_index AS i
             CROSS JOIN unnest(i.indkey::int2[]) WITH ORDINALITY AS k (attnum, position)
             JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.attnum
             WHERE i.indrelid = c.oid AND i.indisprimary) AS key
     FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${ours('c.oid')}
     ORDER BY n.nspname, c.relname`,
  );
  return rows.map(({ schema, table, columns, key }) => ({
    name: `${schema}.${table}`,
    quoted: `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`,
    columns,
    order: (key ?? columns.map((column) => `${escapeIdentifier(column)}::text COLLATE "C"`)).join(', '),
  }));
}

/** What makes a database not empty; the first few by name. */
export async function occupantsOf(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${ours('c.oid')} ORDER BY 1 LIMIT 3`,
  );
  return rows.map(({ name }) => name);
}

/** Reads a table so that two databases with the same rows give the same bytes. */
export function copyOut({ quoted, order }: CatalogueTable, columns: readonly string[]): string {
  return `COPY (SELECT ${columns.map(escapeIdentifier).join(', ')} FROM ${quoted} ORDER BY ${order}) TO STDOUT`;
}

export function copyIn({ quoted }: CatalogueTable, columns: readonly string[]): string {
  return `COPY ${quoted} (${columns.map(escapeIdentifier).join(', ')}) FROM STDIN`;
}

export interface SequenceState {
  name: string;
  lastValue: string;
  isCalled: boolean;
}

/** Where the sequences of the schemas stand. Not part of a snapshot: never behind the rows of one taken before. */
export async function sequencesOf(client: ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ schema: string; sequence: string }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS sequence
     FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE c.relkind = 'S' AND ${ours('c.oid')} ORDER BY 1, 2`,
  );
  const states: SequenceState[] = [];
  for (const { schema, sequence } of rows) {
    const quoted = `${escapeIdentifier(schema)}.${escapeIdentifier(sequence)}`;
    const { rows: found } = await client.query<{ lastValue: string; isCalled: boolean }>(
      `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${quoted}`,
    );
    states.push({ name: `${schema}.${sequence}`, ...(found[0] as { lastValue: string; isCalled: boolean }) });
  }
  return states;
}

/** Neither PostgreSQL's own nor an extension's. */
function ours(oid: string): string {
  return `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND NOT EXISTS (
    SELECT FROM pg_depend AS d WHERE d.classid = 'pg_class'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;
}
