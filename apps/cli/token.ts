import { Command } from 'commander';
import { addToken, MOST_TOKEN_DAYS } from '#libs/access';
import { ALL_PERMISSIONS, systemActor, type Permission } from '#libs/kernel';
import { withBooks } from './with-database.js';

interface Options {
  name: string;
  days: string;
  permissions?: string;
}

export function tokenCommand(): Command {
  return new Command('token')
    .description('make a bearer token that acts for an account; it is shown once')
    .argument('<username>')
    .option('--name <name>', 'what it is for', 'command line')
    .option('--days <days>', `how long it works, at most ${MOST_TOKEN_DAYS}`, '90')
    .option('--permissions <list>', 'what it may of what its owner may, e.g. books.read,imports.send; absent: all')
    .action(async (username: string, { name, days, permissions }: Options) => {
      if (!/^[1-9][0-9]{0,2}$/.test(days) || Number(days) > MOST_TOKEN_DAYS)
        throw new Error(`--days must be 1 to ${MOST_TOKEN_DAYS}, found ${days}`);
      const token = await withBooks((db) =>
        addToken(db, systemActor('command-line'), {
          username,
          name,
          days: Number(days),
          ...(permissions === undefined ? {} : { permissions: listed(permissions) }),
        }),
      );
      process.stdout.write(`${token.secret}\n`);
    });
}

function listed(text: string): Permission[] {
  return text.split(',').map((part) => {
    const found = ALL_PERMISSIONS.find((permission) => permission === part.trim());
    if (!found) throw new Error(`--permissions: there is no ${part.trim()}; there are ${ALL_PERMISSIONS.join(', ')}`);
    return found;
  });
}
