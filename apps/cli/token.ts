import { Command } from 'commander';
import { addToken } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { withBooks } from './with-database.js';

export function tokenCommand(): Command {
  return new Command('token')
    .description('make a bearer token that acts for an account; it is shown once')
    .argument('<username>')
    .option('--name <name>', 'what it is for', 'command line')
    .option('--days <days>', 'how long it works', '90')
    .action(async (username: string, { name, days }: { name: string; days: string }) => {
      if (!/^[1-9][0-9]{0,2}$/.test(days)) throw new Error(`--days must be 1 to 999, found ${days}`);
      const token = await withBooks((db) =>
        addToken(db, systemActor('command-line'), { username, name, days: Number(days) }),
      );
      process.stdout.write(`${token.secret}\n`);
    });
}
