export type ExportErrorCode = 'export-too-large' | 'export-needs-month' | 'export-needs-plan-year';
