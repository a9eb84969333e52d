import { Command } from 'commander';
import { Month } from '#libs/kernel';
import { exportEvaluation } from '#libs/exchange';
import { fromCallerFolder } from './caller-folder.js';
import { withBooks } from './with-database.js';

export function exportCommand(): Command {
  return new Command('export')
    .description('write the frozen inputs of a month’s evaluation as a folder that `evaluate` replays')
    .argument('<folder>', 'where the csv files go')
    .requiredOption('--month <month>', 'e.g. 2024-09')
    .action(async (folder: string, { month }: { month: string }) => {
      const path = fromCallerFolder(folder);
      const evaluation = await withBooks((db) => exportEvaluation(db, Month.parse(month), path));
      const { inputHash, policyHash, resultHash } = evaluation;
      process.stdout.write(`${path}\ninput  ${inputHash}\npolicy ${policyHash}\nresult ${resultHash}\n`);
    });
}
