import type { ValueTransformer } from 'typeorm';

/** `bigint` columns of đồng arrive as text and leave as text: never through a float (invariant I1). */
export const dongColumn: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : BigInt(value)),
  to: (value: bigint | null | undefined) => (typeof value === 'bigint' ? value.toString() : value),
};

/** `bigint` identities and counters, which stay far below 2^53. */
export const countColumn: ValueTransformer = {
  from: (value: string | null) => (value === null ? null : Number(value)),
  to: (value: number | null | undefined) => value,
};
