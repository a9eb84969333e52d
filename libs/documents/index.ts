export * from './official-document.js';
export { renderPdf } from './render-pdf.js';
export { renderDocx } from './render-docx.js';
