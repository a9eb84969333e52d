import 'reflect-metadata';
import { ConsoleLogger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { refuseDemonstration } from '#libs/access';
import { ConfigModule, OrderlyStop, requireMigratedDatabase, requireQueueServer, runProcess } from '#libs/platform';
import { WorkerModule } from './worker.module.js';

@Module({})
class WorkerProcess {}

// `npm run start:worker`: processors, outbox relay and schedulers alone; run as many as needed.
await runProcess(async (config) => {
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
