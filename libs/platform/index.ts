export { CONFIG, ConfigError, readConfig, VARIABLES, type Config } from './config.js';
export { ConfigModule } from './config.module.js';
export { secretKeyOf } from './kept-key.js';
export { byIndex } from './database/by-index.js';
export { countColumn, dongColumn } from './database/column-values.js';
export { DatabaseModule, databaseOptions } from './database/database.module.js';
export { folded } from './database/folded-sql.js';
export { openDatabase, type OpenDatabase } from './database/open-database.js';
export {
  migrate,
  pendingMigrations,
  runMigrationsNamed,
  unknownMigrations,
  withMigrationsHeld,
} from './database/migrate.js';
export { NOT_AUDITED } from './database/audited-tables.js';
export { EmbeddedPostgresError, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres/index.js';
export { businessDate, businessNow, ensureInstance, instanceSetting } from './instance/instance.js';
export { IdempotencyRecord } from './instance/idempotency-record.entity.js';
export { sweepKeptAnswers } from './instance/sweep-kept-answers.js';
export { InstanceSetting } from './instance/instance-setting.entity.js';
export { OutboxMessage } from './outbox/outbox-message.entity.js';
export { claimMessage, completeMessage, dispatchDue, enqueue, noteFailure, outboxBacklog } from './outbox/outbox.js';
export { OutboxBell } from './outbox/outbox-bell.js';
export { MailRefused, openMailer, type Mail, type Mailer } from './mail/mailer.js';
export { OrderlyStop } from './process/orderly-stop.js';
export { processConfig, ReadableFailure, startFailure } from './process/readable-failure.js';
export { requireMigratedDatabase, runProcess } from './process/run-process.js';
export { PlatformModule } from './platform.module.js';
export { RateLimit } from './rate-limits/rate-limit.entity.js';
export { openRateLimiter, type RateLimiter, type RateLimitRule } from './rate-limits/rate-limiter.js';
export { queueBackend, QUEUES, requireQueueServer, type QueueName } from './queue/queue-backend.js';
export { QueueModule } from './queue/queue.module.js';
