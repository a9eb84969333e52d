export * from './canonical-json.js';
export * from './clock.js';
export * from './code-point-order.js';
export * from './domain-error.js';
export * from './dong.js';
export * from './month.js';
export * from './rational.js';
