import { DefaultNamingStrategy, type Table } from 'typeorm';

/** Tables, columns and constraints get names that a person reading an error or the schema understands. */
export class SnakeCaseNaming extends DefaultNamingStrategy {
  override tableName(className: string, customName: string | undefined): string {
    return customName ?? snakeCase(className);
  }

  override columnName(propertyName: string, customName: string | undefined, prefixes: string[]): string {
    return snakeCase([...prefixes, customName ?? propertyName].join('_'));
  }

  override primaryKeyName(table: Table | string): string {
    return `${bare(table)}_pk`;
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return named(table, columns, 'fk');
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return named(table, columns, 'unique');
  }

  override indexName(table: Table | string, columns: string[]): string {
    return named(table, columns, 'index');
  }
}

function snakeCase(text: string): string {
  return text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

function bare(table: Table | string): string {
  const name = typeof table === 'string' ? table : table.name;
  return name.split('.').at(-1) as string;
}

/** Columns are sorted because the library asks for the same constraint in different orders. */
function named(table: Table | string, columns: string[], kind: string): string {
  return [bare(table), ...[...columns].sort(), kind].join('_').slice(0, 63);
}
