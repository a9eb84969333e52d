export * from './answers/index.js';
export * from './inspections/index.js';
