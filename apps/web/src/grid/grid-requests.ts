import { queryOptions } from '@tanstack/react-query';
import { answer, client } from '../client/client';
import type { GridData, StatedCell, StatedOutcome } from './grid-types';

const MINUTE_MS = 60_000;

export const gridQuery = (planYear: number, unit: string | undefined) =>
  queryOptions({
    queryKey: ['grid', planYear, unit ?? 'all'],
    queryFn: async (): Promise<GridData> => {
      const query = unit === undefined ? { planYear } : { planYear, unit };
      return answer(client.GET('/api/v1/grid', { params: { query } }));
    },
    staleTime: 5 * MINUTE_MS,
    // Tens of thousands of cells: comparing them one by one with the ones before costs more than drawing anew.
    structuralSharing: false,
    refetchOnWindowFocus: false,
  });

export interface CellAddress {
  planYear: number;
  month: number;
  unitCode: string;
  projectCode: string;
  sourceCode: string;
  carriedOver: boolean;
}

export const cellQuery = (cell: CellAddress | null) =>
  queryOptions({
    queryKey: ['grid-cell', cell],
    queryFn: () => {
      const { planYear, month, unitCode, projectCode, sourceCode, carriedOver } = cell as CellAddress;
      return answer(
        client.GET('/api/v1/grid/cell', {
          params: {
            query: {
              planYear,
              month,
              unit: unitCode,
              project: projectCode,
              source: sourceCode,
              carriedOver: carriedOver ? ('true' as const) : ('false' as const),
            },
          },
        }),
      );
    },
    enabled: cell !== null,
    staleTime: MINUTE_MS / 2,
  });

/** Most cells that the server takes at once. */
export const MOST_CELLS = 1000;

export async function stateCells(planYear: number, cells: StatedCell[]): Promise<StatedOutcome[]> {
  const { cells: outcomes } = await answer(
    client.POST('/api/v1/grid/cells', { body: { planYear, cells, partial: true } }),
  );
  return outcomes;
}

export async function commentCell(cell: CellAddress, text: string): Promise<void> {
  await answer(client.POST('/api/v1/grid/comments', { body: { ...cell, text } }));
}

export async function submitMonth(month: string, unitCode: string, key: string): Promise<void> {
  await answer(
    client.POST('/api/v1/months/{month}/reports', {
      params: { path: { month } },
      body: { unitCode },
      headers: { 'Idempotency-Key': key },
    }),
  );
}
