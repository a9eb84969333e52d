export { ExchangeModule } from './exchange.module.js';
export { exportEvaluation } from './export-evaluation.js';
export * from './imports/index.js';
export { IMPORT_KINDS, type ImportKind } from './sheet/index.js';
