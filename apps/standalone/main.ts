import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { ConsoleLogger, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { ensureFirstAdmin, refuseDemonstration } from '#libs/access';
import { systemActor } from '#libs/kernel';
import {
  ConfigModule,
  ensureInstance,
  instanceSetting,
  migrate,
  openDatabase,
  OrderlyStop,
  queueBackend,
  ReadableFailure,
  requireQueueServer,
  runProcess,
  secretKeyOf,
  type Config,
  type OpenDatabase,
} from '#libs/platform';
import { ApiModule } from '../api/api.module.js';
import { createApi } from '../api/create-api.js';
import { WorkerModule } from '../worker/worker.module.js';
import { loadDemonstration, wantsDemonstration } from './demonstration/load-demonstration.js';
import { refuseTakenPort } from './free-port.js';
import { isPasswordKept, keptPassword } from './kept-password.js';

import { summary } from './summary.js';

@Module({})
class Standalone {}

/** The checkout, seen from dist/apps/standalone. */
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

// `npm start`: the whole product in one process, on the PostgreSQL from npm unless DATABASE_URL names another.
await runProcess(async (config) => {
  if (config.environment === 'production' && !config.databaseUrl)
    throw new ReadableFailure('NODE_ENV=production needs DATABASE_URL: the PostgreSQL from npm is for trying out.');
  if (config.demonstration === 'on' && (config.databaseUrl || config.environment === 'production'))
    throw new ReadableFailure(
      'DEMO=on works on the PostgreSQL from npm only: the demonstration does not go into a database of yours, nor into production. Leave out DATABASE_URL and NODE_ENV=production, or DEMO.',
    );
  await refuseTakenPort(config.host, config.port);
  await requireQueueServer(config);
  const stop = new OrderlyStop();
  const database = await openDatabase(config, ROOT, (note) => say(`· ${note}`));
  stop.onStop(() => database.stop());
  try {
    const secretKey = secretKeyOf(config, database.folder);
    await serve({ ...config, databaseUrl: database.url, secretKey }, database, stop);
  } catch (error) {
    await stop.run();
    throw error;
  }
});

async function serve(config: Config, database: OpenDatabase, stop: OrderlyStop): Promise<void> {
  const migrations = await migrate(database.url);
  if (migrations.length > 0) say(`· cơ sở dữ liệu: ${migrations.length} bước nâng cấp đã chạy`);
  const app = await createApi(
    { module: Standalone, imports: [ConfigModule.of(config), ApiModule, WorkerModule] },
    new ConsoleLogger({ logLevels: ['error', 'warn'] }),
  );
  stop.onStop(() => app.close());
  const db = app.get(DataSource);
  await ensureInstance(db, config.provinceName);
  if (config.environment === 'production') await refuseDemonstration(db);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const signIn = await fill(config, database, db);
  await app.listen(config.port, config.host);
  say(await summary(db, { address: await addressOf(app, config), signIn, queue: queueBackend(config) }));
}

/** Fills an empty office: with the demonstration, or with the first account. Says how to sign in. */
async function fill(config: Config, database: OpenDatabase, db: DataSource): Promise<string> {
  const demonstrates = database.isEmbedded && config.demonstration !== 'off' && config.environment !== 'production';
  if (demonstrates && (await wantsDemonstration(db))) {
    say('Nạp bản trình diễn Lạng Sơn 2024 (số liệu minh hoạ):');
    await loadDemonstration(db, keptPassword(database.folder, 'demonstration'), (step) => say(`  · ${step}`));
  }
  if ((await instanceSetting(db)).illustrative) {
    const accounts = 'chuyenvien, duyet, phathanh, binhgia, doan1, doan2, doan3, lanhdao …';
    return isPasswordKept(database.folder, 'demonstration')
      ? `${accounts}; mật khẩu chung: ${keptPassword(database.folder, 'demonstration')}`
      : `${accounts}; mật khẩu như khi sao lưu`;
  }
  const password = config.initialAdminPassword ?? keptPassword(database.folder, 'admin');
  const isNew = await ensureFirstAdmin(db, systemActor('command-line'), password);
  return isNew ? `admin, mật khẩu: ${password}` : 'bằng tài khoản của bạn';
}

async function addressOf(app: NestFastifyApplication, config: Config): Promise<string> {
  const url = await app.getUrl();
  return config.host === '0.0.0.0' || config.host === '::' ? url.replace(/\/\/[^:]+/, '//127.0.0.1') : url;
}
