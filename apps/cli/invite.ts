import { Command } from 'commander';
import { inviteFromServer } from '#libs/access';
import { ROLES, systemActor } from '#libs/kernel';
import { withBooks } from './with-database.js';

/** For whoever keeps the server, where nobody is left who could be the second person. */
export function inviteCommand(): Command {
  return new Command('invite')
    .description('open an account from the server; prints the secret of the link once')
    .argument('<username>')
    .argument('<name>', 'name and office as shown')
    .requiredOption('--role <role>', ROLES.filter((role) => role !== 'reporter' && role !== 'inspector').join(', '))
    .action(async (username: string, displayName: string, { role: asked }: { role: string }) => {
      const role = ROLES.find((one) => one === asked);
      if (!role) throw new Error(`--role must be one of ${ROLES.join(', ')}, found ${asked}`);
      const { secret } = await withBooks((db) =>
        inviteFromServer(db, systemActor('command-line'), { username, displayName, role }),
      );
      process.stdout.write(`/link#${secret}\n`);
    });
}
