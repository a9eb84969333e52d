import { fileURLToPath } from 'node:url';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AccessModule, refuseDemonstration } from '#libs/access';
import { ExchangeModule } from '#libs/exchange';
import { NoticesModule } from '#libs/notices';
import {
  ConfigModule,
  DatabaseModule,
  openDatabase,
  processConfig,
  type Config,
  type OpenDatabase,
} from '#libs/platform';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

@Module({
  imports: [DatabaseModule, AccessModule, NoticesModule, ExchangeModule],
})
class BooksOnly {}

/** Opens the database that the other commands and `npm start` use; what was started for it is stopped again. */
export async function withOpenDatabase<T>(work: (database: OpenDatabase, config: Config) => Promise<T>): Promise<T> {
  const config = processConfig();
  const database = await openDatabase(config, ROOT, (note) => void process.stderr.write(`${note}\n`));
  try {
    return await work(database, config);
  } finally {
    await database.stop();
  }
}

/** The books with all their tables, for one command. */
export async function withBooks<T>(work: (db: DataSource, config: Config) => Promise<T>): Promise<T> {
  return withOpenDatabase(async (database, config) => {
    const app = await NestFactory.createApplicationContext(
      { module: BooksOnly, imports: [ConfigModule.of({ ...config, databaseUrl: database.url })] },
      { logger: false, abortOnError: false },
    );
    try {
      const db = app.get(DataSource);
      if (config.environment === 'production') await refuseDemonstration(db);
      return await work(db, config);
    } finally {
      await app.close();
    }
  });
}
