import { Command } from 'commander';
import type { DataSource, EntityMetadata } from 'typeorm';
import { withBooks } from './with-database.js';

export function schemaCommand(): Command {
  return new Command('schema').description('print the schema as a Mermaid diagram').action(async () => {
    process.stdout.write(await withBooks((db) => Promise.resolve(schemaDiagram(db))));
  });
}

/** Tables with their columns and foreign keys, in name order. */
function schemaDiagram(db: DataSource): string {
  const tables = [...db.entityMetadatas].sort((a, b) => (a.tableName < b.tableName ? -1 : 1));
  return [
    '# Schema',
    '',
    'Made by `npm run -s cli -- schema`; a test fails when it is stale. Triggers and their refusals are described in',
    '`migrations/1732320000001-book-guards.ts`.',
    '',
    '```mermaid',
    'erDiagram',
    ...tables.flatMap(tableLines),
    ...tables.flatMap(keyLines),
    '```',
    '',
  ].join('\n');
}

function tableLines(table: EntityMetadata): string[] {
  return [
    `  ${table.tableName} {`,
    ...table.columns.map(
      (column) =>
        `    ${String(column.type)} ${column.databaseName}${column.isPrimary ? ' PK' : ''}${column.isNullable ? ' "may be null"' : ''}`,
    ),
    '  }',
  ];
}

function keyLines(table: EntityMetadata): string[] {
  return table.foreignKeys
    .map((key) => `  ${key.referencedTablePath} ||--o{ ${table.tableName} : "${key.columnNames.join(', ')}"`)
    .sort();
}
