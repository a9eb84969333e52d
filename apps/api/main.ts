import 'reflect-metadata';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConsoleLogger, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { refuseDemonstration } from '#libs/access';
import { ConfigModule, OrderlyStop, requireMigratedDatabase, runProcess, secretKeyOf } from '#libs/platform';
import { ApiModule } from './api.module.js';
import { createApi } from './create-api.js';

/** The checkout, seen from dist/apps/api. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

@Module({})
class ApiProcess {}

// `npm run start:api`: the HTTP server alone; run as many as needed.
await runProcess(async (given) => {
  const config = { ...given, secretKey: secretKeyOf(given, resolve(ROOT, given.dataDir)) };
  await requireMigratedDatabase(config);
  const stop = new OrderlyStop();
  const app = await createApi(
    { module: ApiProcess, imports: [ConfigModule.of(config), ApiModule] },
    new ConsoleLogger({ json: config.environment === 'production' }),
  );
  stop.onStop(() => app.close());
  if (config.environment === 'production') await refuseDemonstration(app.get(DataSource));
  await app.listen(config.port, config.host);
});
