export interface ImportMeasure {
  /** 1: as fast as COPY of the same rows. */
  ratio: number;
  /** Megabytes at the peak; undefined where the system does not tell. */
  worker: number | undefined;
  api: number | undefined;
  runs: { ms: number; copied: number }[];
}
export function measureImport(
  url: string,
  size: { rows: number; rounds: number; say?: (line: string) => void },
): Promise<ImportMeasure>;
export function lastLine(ratio: number): string;
