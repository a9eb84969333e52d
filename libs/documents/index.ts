export { composeAnnouncement } from './compose-announcement.js';
export { composeCorrection, type CorrectionFacts } from './compose-correction.js';
export { composeTeamAssignment, composeUnitLetter } from './compose-letters.js';
export { documentText } from './document-text.js';
export { DOCUMENT_KINDS, defaultTemplate, type DocumentKind, type DocumentTemplate } from './document-template.js';
export { DocumentsModule } from './documents.module.js';
export type { DocumentsErrorCode } from './errors.js';
export { fileText } from './file-text.js';
export { composeAgenda, composeMinutes, type MeetingDecisionFact, type MeetingFacts } from './compose-meeting.js';
export { gatherMonthFacts } from './gather-month-facts.js';
export { composeMonth } from './kept/compose-month.js';
export { composeDocument, registerComposer, type Composer, type DocumentRequest } from './kept/composers.js';
export {
  DOCUMENT_FORMATS,
  DocumentFile,
  DocumentTemplateVersion,
  DocumentVersion,
  KeptDocument,
  type DocumentFormat,
  type DocumentState,
} from './kept/document.entity.js';
export { documentContent, documentFile } from './kept/document-file.js';
export { draftRemarks, registerDraftRemarks, type DraftRemarks } from './kept/draft-remarks.js';
export { documentScope } from './kept/document-scope.js';
export {
  documentRegister,
  fileHashes,
  findDocument,
  listDocuments,
  nextNumber,
  type DocumentFilter,
  type DocumentHead,
  type RegisterFilter,
} from './kept/document-queries.js';
export { keepDraft, type Draft } from './kept/keep-draft.js';
export { numberDocument, type Numbering } from './kept/number-document.js';
export { documentVersions, openVersion, sendVersion, type SentVersion } from './kept/document-versions.js';
export { previewTemplate } from './kept/preview-template.js';
export { listTemplates, setTemplate, templateInForce, type TemplateInForce } from './kept/templates.js';
export type { MonthFacts, UnitFact } from './month-facts.js';
export * from './official-document.js';
export type { TextDifference } from './text-difference.rule.js';
export { renderDocx } from './render-docx.js';
export { renderPdf } from './render-pdf.js';
export { inBillions, inDong, percent, writtenDay } from './vietnamese-figures.js';
