export type { SiteClearanceErrorCode } from './errors.js';
export { SiteClearanceMonth, SiteClearancePlan } from './site-clearance.entity.js';
export {
  findSiteClearance,
  planSiteClearance,
  recordSiteClearance,
  type MonthFigures,
  type PlanFigures,
  type SiteClearance,
} from './site-clearance.js';
