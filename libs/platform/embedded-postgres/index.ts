export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './errors.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start-embedded-postgres.js';
