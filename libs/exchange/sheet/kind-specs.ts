import { allocations, disbursements, progress, reports, treasury } from './book-kinds.js';
import { keyProjects, projects, units } from './register-kinds.js';
import type { ImportKind, KindSpec } from './sheet.js';

/** What a file of each kind holds, exactly as product.md lists it, with the titles that provincial tables use. */
export const KIND_SPECS: Record<ImportKind, KindSpec> = {
  units,
  projects,
  allocations,
  disbursements,
  reports,
  progress,
  'key-projects': keyProjects,
  treasury,
};
