import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { OMITTED, readIdentity, readPassphrase, restoreBackup, writeBackup, type BackupManifest } from '#libs/backup';
import { ReadableFailure } from '#libs/platform';
import { fromCallerFolder } from './caller-folder.js';
import { withOpenDatabase } from './with-database.js';

const note = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

const SECRETS = `
A backup holds password hashes, token hashes and personal data: keep it as closely as the database, and give a key.`;

export function backupCommand(): Command {
  return new Command('backup')
    .description('write every table as of one instant into a file, while the program runs')
    .argument('<file>', 'a new file, e.g. tracker-2024-10-31.tar.gz.age')
    .option('--key-file <file>', 'encrypt with the passphrase on its first line')
    .option('--recipient <recipient…>', 'encrypt for an age1… key; may be repeated', gather, [])
    .addHelpText(
      'after',
      `${SECRETS}\nIt omits:\n${OMITTED.map(({ name, reason }) => `  ${name}: ${reason}`).join('\n')}\nThe variables and DATA_DIR are not in it either.`,
    )
    .action(async (file: string, { keyFile, recipient }: { keyFile?: string; recipient: string[] }) => {
      if (keyFile && recipient.length > 0)
        throw new ReadableFailure('Give either --key-file or --recipient: age opens a file by one of the two.');
      const passphrase = keyFile ? readPassphrase(readText(keyFile)) : undefined;
      const key = passphrase ? { passphrase } : recipient.length > 0 ? { recipients: recipient } : undefined;
      if (!key) note('No key is given: whoever has the file can read it.');
      const path = fromCallerFolder(file);
      const manifest = await withOpenDatabase(({ url }) => writeBackup(url, path, { key, onNote: note }));
      tell(path, manifest);
    });
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('restore a backup into an empty database, verify it and migrate it to the newest schema')
    .argument('<file>', 'as backup wrote it')
    .option('--key-file <file>', 'with the passphrase on its first line')
    .option('--identity <file>', 'with the AGE-SECRET-KEY-… of a recipient')
    .addHelpText('after', SECRETS)
    .action(async (file: string, { keyFile, identity }: { keyFile?: string; identity?: string }) => {
      const path = fromCallerFolder(file);
      const key = keyFile
        ? { passphrase: readPassphrase(readText(keyFile)) }
        : identity
          ? { identity: readIdentity(readText(identity)) }
          : undefined;
      const manifest = await withOpenDatabase(({ url }, { environment }) =>
        restoreBackup(url, path, { key, refuseIllustrative: environment === 'production', onNote: note }),
      );
      tell(path, manifest);
    });
}

function tell(path: string, { header, tables, audit }: BackupManifest): void {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  process.stdout.write(
    `${path}\n${header.takenAt}, ${tables.length} tables, ${rows} rows\naudit ${audit.seq} ${audit.hash}\n`,
  );
  if (audit.brokenAt !== null) note(`The audit chain does not hold from event ${audit.brokenAt} on.`);
}

function gather(recipient: string, before: string[]): string[] {
  return [...before, recipient];
}

function readText(path: string): string {
  try {
    return readFileSync(fromCallerFolder(path), 'utf8');
  } catch (error) {
    throw new ReadableFailure(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
