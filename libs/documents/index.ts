export { composeAnnouncement } from './compose-announcement.js';
export { composeTeamAssignment, composeUnitLetter } from './compose-letters.js';
export { DOCUMENT_KINDS, defaultTemplate, type DocumentKind, type DocumentTemplate } from './document-template.js';
export { gatherMonthFacts } from './gather-month-facts.js';
export type { MonthFacts, UnitFact } from './month-facts.js';
export * from './official-document.js';
export { renderDocx } from './render-docx.js';
export { renderPdf } from './render-pdf.js';
