export * from './difficulties/index.js';
export * from './meetings/index.js';
export * from './effect/index.js';
