import { Command } from 'commander';
import { ensureFirstAdmin } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { ensureInstance, migrate } from '#libs/platform';
import { withBooks, withOpenDatabase } from './with-database.js';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database to the newest schema; starters that come at once wait for the first')
    .action(async () => {
      const ran = await withOpenDatabase((database) => migrate(database.url));
      process.stdout.write(ran.length > 0 ? ran.map((name) => `${name}\n`).join('') : 'the schema is the newest\n');
      await withBooks(async (db, config) => {
        await ensureInstance(db, config.provinceName);
        const password = config.initialAdminPassword;
        if (password && (await ensureFirstAdmin(db, systemActor('command-line'), password)))
          process.stdout.write('account admin made with INITIAL_ADMIN_PASSWORD\n');
      });
    });
}
