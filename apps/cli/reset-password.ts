import { Command } from 'commander';
import { orderResetLink } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { withBooks } from './with-database.js';

export function resetPasswordCommand(): Command {
  return new Command('reset-password')
    .description('print a one-time link with which somebody sets a new password, for an office that locked itself out')
    .argument('<username>')
    .option('--second-factor', 'take the second factor away too, for who lost telephone and recovery codes', false)
    .action(async (username: string, { secondFactor }: { secondFactor: boolean }) => {
      const { address, expiresAt } = await withBooks(async (db, config) => {
        const link = await orderResetLink(db, systemActor('command-line'), config, username, secondFactor);
        const page = config.publicUrl ?? `http://${config.host}:${config.port}`;
        // Behind the #: browsers send that part to no server, so it stands in no log.
        return { address: `${page.replace(/\/$/, '')}/link#${link.secret}`, expiresAt: link.expiresAt };
      });
      process.stdout.write(`${address}\n`);
      process.stderr.write(`Works once, until ${expiresAt.toISOString()}.\n`);
    });
}
