import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { CONFIG, type Config } from '../config.js';
import { migrations } from './migrations/index.js';
import { SnakeCaseNaming } from './snake-case-naming.js';

/** The connection that every context shares; each brings its own tables. Needs a DATABASE_URL by now. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({
        ...databaseOptions(config.databaseUrl ?? '', config.databasePool),
        autoLoadEntities: true,
        retryAttempts: 0,
      }),
    }),
  ],
})
export class DatabaseModule {}

export function databaseOptions(url: string, poolSize: number): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    namingStrategy: new SnakeCaseNaming(),
    migrations,
    migrationsTransactionMode: 'each',
    synchronize: false,
    applicationName: 'public-investment-tracker',
    extra: { max: poolSize, connectionTimeoutMillis: 10_000 },
  };
}
