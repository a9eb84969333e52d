import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { DomainError } from '#libs/kernel';
import { ERROR_WORDS, type ErrorCode } from '../api/shell/error-words/index.js';
import { ConfigError, processConfig, startFailure } from '#libs/platform';
import { backupCommand, restoreCommand } from './backup.js';
import { auditExportCommand } from './audit-export.js';
import { closeCommand } from './close.js';
import { exportCommand } from './export.js';
import { importCommand } from './import.js';
import { inviteCommand } from './invite.js';
import { migrateCommand } from './migrate.js';
import { openapiCommand } from './openapi.js';
import { resetPasswordCommand } from './reset-password.js';
import { schemaCommand } from './schema.js';
import { tokenCommand } from './token.js';

const PACKAGE = fileURLToPath(new URL('../../../package.json', import.meta.url));

const program = new Command('npm run cli --')
  .description('Theo dõi giải ngân: work on the database of DATABASE_URL, or on the PostgreSQL from npm')
  .version((JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }).version)
  .showHelpAfterError();
for (const command of [
  migrateCommand,
  importCommand,
  exportCommand,
  auditExportCommand,
  closeCommand,
  tokenCommand,
  inviteCommand,
  resetPasswordCommand,
  backupCommand,
  restoreCommand,
  openapiCommand,
  schemaCommand,
])
  program.addCommand(command());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}

function sentenceOf(error: unknown): string {
  if (error instanceof DomainError && Object.hasOwn(ERROR_WORDS, error.code))
    return ERROR_WORDS[error.code as ErrorCode].vi(error.facts);
  return (
    startFailure(error, error instanceof ConfigError ? undefined : processConfig()) ?? String((error as Error).stack)
  );
}
