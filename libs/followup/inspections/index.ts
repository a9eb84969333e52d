export { completeRecommendation, concludeInspection } from './conclude-inspection.js';
export type { InspectionsErrorCode } from './errors.js';
export {
  findInspection,
  listInspections,
  openInspectionFile,
  type InspectionDetail,
  type InspectionFilter,
  type InspectionRow,
  type VisitDetail,
} from './inspection-queries.js';
export {
  Inspection,
  INSPECTION_KINDS,
  INSPECTION_STATES,
  INSPECTION_SUBJECTS,
  type InspectionKind,
  type InspectionState,
  type InspectionSubject,
} from './inspection.entity.js';
export { InspectionsModule } from './inspections.module.js';
export { planInspection, replanInspection, type InspectionPlan, type NewInspection } from './plan-inspection.js';
export { recordVisit, type NewVisit } from './record-visit.js';
export {
  FINDING_CATEGORIES,
  InspectionAttachment,
  InspectionFinding,
  InspectionRecommendation,
  InspectionVisit,
  type FindingCategory,
} from './visit.entity.js';
