export interface AuditMeasure {
  /** 1: as fast as without the chain. */
  ratio: number;
  /** Writes a second. */
  runs: { chained: number; plain: number }[];
  /** Whether the chain was whole after all writers. */
  isWhole: boolean;
  events: number;
}
export function measureAudit(
  urls: { chained: string; plain: string },
  size: { writers: number; writes: number; rounds: number; say?: (line: string) => void },
): Promise<AuditMeasure>;
export function lastLine(ratio: number): string;
