import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { chainHead, exportedChain } from '#libs/audit';
import { ReadableFailure } from '#libs/platform';
import { fromCallerFolder } from './caller-folder.js';
import { withBooks } from './with-database.js';

export function auditExportCommand(): Command {
  return new Command('audit-export')
    .description('write the audit chain as a file that `npm run -s verify -- FILE` checks without the database')
    .argument('<file>', 'where it goes, one event a line')
    .option('--from <seq>', 'number of the first event', '1')
    .action(async (file: string, { from }: { from: string }) => {
      if (!/^[1-9][0-9]{0,14}$/.test(from)) throw new Error(`--from must be a number from 1, found ${from}`);
      const path = fromCallerFolder(file);
      const digest = createHash('sha256');
      const head = await withBooks(async (db) => {
        const found = await chainHead(db);
        const lines = Readable.from(exportedChain(db, Number(from)));
        await pipeline(
          lines,
          async function* (pieces: AsyncIterable<string>) {
            for await (const piece of pieces) {
              digest.update(piece);
              yield piece;
            }
          },
          createWriteStream(path, { flags: 'wx' }),
        ).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') throw new ReadableFailure(`${path} exists: an export never overwrites a file.`);
          throw error;
        });
        return found;
      });
      process.stdout.write(`${path}\nhead ${head.seq} ${head.hash}\nsha256 ${digest.digest('hex')}\n`);
    });
}
