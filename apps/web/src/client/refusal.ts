import type { Problem } from './types';

/** The server said no, or could not be reached. `detail` is the server's own sentence in the reader's language. */
export class Refusal extends Error {
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    readonly code: string,
    readonly detail: string | null,
    readonly requestId: string | null,
    /** What is wrong where: JSON pointers into what was sent, each with a sentence. */
    readonly fields: readonly { pointer: string; detail: string }[] = [],
  ) {
    super(detail ?? code);
    this.name = 'Refusal';
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }
}

export function refusalFrom(status: number, body: unknown): Refusal {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  return new Refusal(
    status,
    problem.code ?? `http-${status}`,
    problem.detail ?? null,
    problem.requestId ?? null,
    problem.errors,
  );
}
