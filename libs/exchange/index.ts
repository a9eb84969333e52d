export { exportEvaluation } from './export-evaluation.js';
