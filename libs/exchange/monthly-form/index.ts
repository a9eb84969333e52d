export { exportMonthlyForm } from './monthly-form.js';
