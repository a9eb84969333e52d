import type { DataSource } from 'typeorm';
import type { Actor, Month } from '#libs/kernel';
import type { TableColumn } from '../workbook/index.js';

export interface ListFilter {
  planYear?: number;
  month?: Month;
  unitCode?: string;
}

/** A list as a workbook: which filter it cannot do without, its columns, and where its rows come from. */
export interface ListDefinition<Row> {
  /** Title above the table, in the office's words. */
  title: string;
  /** First part of the file's name, and the name of the sheet. */
  file: string;
  needs: 'nothing' | 'plan-year' | 'month';
  columns: readonly TableColumn<Row>[];
  /** The actor's rows, at most `limit`, and how many there are in all. */
  rows(db: DataSource, actor: Actor, filter: ListFilter, limit: number): Promise<{ items: Row[]; total: number }>;
}

/** Keeps the row type of a definition where definitions of different rows stand in one table. */
export function listOf<Row>(definition: ListDefinition<Row>): ListDefinition<unknown> {
  return definition as ListDefinition<unknown>;
}

export const text = <Row>(
  title: string,
  width: number,
  value: (row: Row) => string | null | undefined,
): TableColumn<Row> => ({ title, format: 'text', width, value: (row) => value(row) ?? null });

export const dong = <Row>(title: string, value: (row: Row) => bigint | null): TableColumn<Row> => ({
  title: `${title} (đồng)`,
  format: 'dong',
  width: 20,
  value,
});

export const integer = <Row>(title: string, value: (row: Row) => number | null): TableColumn<Row> => ({
  title,
  format: 'integer',
  width: 10,
  value: (row) => value(row)?.toString() ?? null,
});

export const date = <Row>(title: string, value: (row: Row) => string | null): TableColumn<Row> => ({
  title,
  format: 'date',
  width: 12,
  value,
});

/** A rate or a difference in points, as text with decimals; shown with one. */
export const percent = <Row>(title: string, value: (row: Row) => string | null | undefined): TableColumn<Row> => ({
  title,
  format: 'percent',
  width: 12,
  value: (row) => value(row) ?? null,
});
