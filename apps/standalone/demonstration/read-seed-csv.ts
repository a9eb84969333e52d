import { existsSync, readFileSync } from 'node:fs';

/** The folder lies beside the source. The compiler copies no csv, so compiled code looks back to the source tree. */
const FOLDERS = ['./data/', '../../../../apps/standalone/demonstration/data/'];

/**
 * Reads one of our own, known-good seed files: comma, double quotes, LF, no line break inside a cell. Files that
 * people hand in go through libs/exchange, which reports what is wrong with them; here a defect is a build error.
 */
export function readSeedCsv<Column extends string>(
  fileName: string,
  columns: readonly Column[],
): Record<Column, string>[] {
  const file = FOLDERS.map((folder) => new URL(folder + fileName, import.meta.url)).find((url) => existsSync(url));
  if (!file) throw new Error(`seed file ${fileName} is not beside the demonstration`);
  const [header = [], ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/).map(cellsOf);
  return rows.map((cells, i) => {
    if (cells.length !== header.length) throw new Error(`${fileName} row ${i + 2}: ${cells.length} cells`);
    const record = {} as Record<Column, string>;
    for (const column of columns) {
      const cell = cells[header.indexOf(column)];
      if (cell === undefined) throw new Error(`${fileName}: column ${column} is missing`);
      record[column] = cell;
    }
    return record;
  });
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    (quoted?.replaceAll('""', '"') ?? plain ?? '').trim().normalize('NFC'),
  );
}
