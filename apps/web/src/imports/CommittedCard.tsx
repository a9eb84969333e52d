import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import type { Import } from './types';

const SEEN_AT = {
  units: '/units',
  projects: '/units',
  allocations: '/decisions',
  disbursements: '/grid',
  reports: '/months',
  progress: '/key-projects',
  'key-projects': '/key-projects',
  treasury: '/reconciliation',
} as const;

/** Who committed it when, and the trace that an auditor recomputes. */
export function CommittedCard({ file }: { file: Import }) {
  const { imports: own } = useWords();
  return (
    <Card title={own.commitTitle}>
      <div className={classes.commit}>
        <p className={classes.done} role="status">
          <IconCircleCheck size={18} aria-hidden="true" />
          <strong>{file.entries === 0 ? own.committedNothing : own.committed(formatDong(file.entries))}</strong>
        </p>
        {file.committedBy !== null && file.committedAt !== null && (
          <p>{own.committedBy(file.committedBy, formatMoment(file.committedAt))}</p>
        )}
        {file.reason !== null && <p>{own.committedReason(file.reason)}</p>}
        <Link to={SEEN_AT[file.kind]} className={classes.button}>
          {own.seeBooks}
        </Link>
        {file.rowsHash !== null && (
          <details className={classes.trace}>
            <summary>{own.committedHash}</summary>
            <code className={classes.hash}>{file.rowsHash}</code>
          </details>
        )}
      </div>
    </Card>
  );
}
