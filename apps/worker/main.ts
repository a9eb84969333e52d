import 'reflect-metadata';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsoleLogger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { refuseDemonstration } from '#libs/access';
import {
  ConfigModule,
  OrderlyStop,
  requireMigratedDatabase,
  requireQueueServer,
  runProcess,
  secretKeyOf,
} from '#libs/platform';
import { WorkerModule } from './worker.module.js';

/** The checkout, seen from dist/apps/worker. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

@Module({})
class WorkerProcess {}

// `npm run start:worker`: processors, outbox relay and schedulers alone; run as many as needed.
await runProcess(async (given) => {
  const config = { ...given, secretKey: secretKeyOf(given, resolve(ROOT, given.dataDir)) };
  await requireMigratedDatabase(config);
  await requireQueueServer(config);
  const stop = new OrderlyStop();
  const app = await NestFactory.createApplicationContext(
    { module: WorkerProcess, imports: [ConfigModule.of(config), WorkerModule] },
    { logger: new ConsoleLogger({ json: config.environment === 'production' }), abortOnError: false },
  );
  stop.onStop(() => app.close());
  if (config.environment === 'production') await refuseDemonstration(app.get(DataSource));
});
