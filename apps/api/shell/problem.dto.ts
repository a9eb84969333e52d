export class ProblemFieldDto {
  /** JSON pointer into what was sent. */
  pointer: string;
  detail: string;
  /** A warning such as `over-plan`: the same request with a reason at the pointer passes. */
  warning?: string;
}

/** An error answer, `application/problem+json` (RFC 9457). */
export class ProblemDto {
  type: string;
  title: string;
  status: number;
  /** One sentence in the user's language: what is wrong, where, what to do. */
  detail: string;
  code: string;
  requestId: string;
  errors?: ProblemFieldDto[];
}
