export interface Answer {
  status: number;
  contentType?: string;
  body: Buffer;
}
export function judge(
  answer: Answer,
  sent: { method: string; text: string },
  rules: { codes: ReadonlySet<string>; foreign: readonly string[] },
): string[];
export function readable(body: Buffer): string;
