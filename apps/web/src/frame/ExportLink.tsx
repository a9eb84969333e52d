import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useWords } from '../words/words-provider';
import classes from './ExportLink.module.css';

type ExportedList =
  | 'units'
  | 'projects'
  | 'key-projects'
  | 'allocation-lines'
  | 'disbursements'
  | 'months'
  | 'results'
  | 'warning-cases'
  | 'notices'
  | 'progress'
  | 'reconciliation-differences'
  | 'medium-term-plans'
  | 'advances'
  | 'warnings'
  | 'difficulties'
  | 'answers'
  | 'inspections'
  | 'meeting-decisions'
  | 'document-register';

interface ExportLinkProps {
  list: ExportedList;
  filter?: { planYear?: number; month?: string; unit?: string };
  /** What is exported, where a page offers more than one list. */
  what?: string;
  /** In place of the usual words, where two lists stand side by side. */
  label?: string;
}

/** The rows of a screen as a workbook: a plain link, so that the browser does the download. */
export function ExportLink({ list, filter = {}, what, label }: ExportLinkProps) {
  const words = useWords();
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return (
    <a
      className={classes.link}
      href={`/api/v1/exports/${list}${query === '' ? '' : `?${query}`}`}
      download
      aria-label={what === undefined ? undefined : `${words.exportExcel}: ${what}`}
    >
      <IconFileSpreadsheet size={16} aria-hidden="true" />
      {label ?? words.exportExcel}
    </a>
  );
}
