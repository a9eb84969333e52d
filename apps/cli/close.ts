import { Command } from 'commander';
import { actorByName } from '#libs/access';
import { Month } from '#libs/kernel';
import { closeMonth } from '#libs/ledger';
import { withBooks } from './with-database.js';

export function closeCommand(): Command {
  return new Command('close')
    .description('close a month; a running worker evaluates it')
    .argument('<month>', 'e.g. 2024-09')
    .requiredOption('--as <username>', 'the approver who closes it')
    .action(async (text: string, { as: username }: { as: string }) => {
      const month = Month.parse(text);
      await withBooks(async (db) => closeMonth(db, await approver(db, username), month));
      process.stdout.write(`${month} is closed\n`);
    });
}

async function approver(db: Parameters<typeof actorByName>[0], username: string): ReturnType<typeof actorByName> {
  const actor = await actorByName(db, username, { via: 'command-line' });
  if (actor.role !== 'approver') throw new Error(`${username} is not an approver`);
  return actor;
}
