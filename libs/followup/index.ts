export * from './answers/index.js';
export * from './inspections/index.js';
export * from './difficulties/index.js';
export * from './meetings/index.js';
export * from './effect/index.js';
