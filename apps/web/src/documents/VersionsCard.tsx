import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconEyeQuestion, IconUpload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { Refused } from '../frame/Refused';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './documents.module.css';
import { sendVersion, type DocumentDetail, type DocumentVersion } from './documents-client';

/** The signed or edited files that went out in place of ours, and where their figures differ. */
export function VersionsCard({ document }: { document: DocumentDetail }) {
  const { documents: say } = useWords();
  const { permissions } = useSession();
  const client = useQueryClient();
  const chosen = useRef<HTMLInputElement>(null);
  const command = useMutation({
    mutationFn: (file: File) => sendVersion(document.id, file),
    onSettled: () => client.invalidateQueries({ queryKey: ['documents'] }),
  });
  const isSender = permissions.includes('documents.upload');
  return (
    <Card title={say.versions}>
      <div className={classes.body}>
        <p className={classes.quiet}>{say.versionsWhy}</p>
        {isSender && (
          <div>
            <input
              ref={chosen}
              type="file"
              className={classes.file}
              accept=".docx,.pdf"
              tabIndex={-1}
              aria-label={say.sendVersion}
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                event.currentTarget.value = '';
                if (file) command.mutate(file);
              }}
            />
            <Button
              leftSection={<IconUpload size={16} />}
              loading={command.isPending}
              onClick={() => chosen.current?.click()}
            >
              {say.sendVersion}
            </Button>
          </div>
        )}
        {command.isPending && (
          <p role="status" className={classes.quiet}>
            {say.sending}
          </p>
        )}
        <Refused label={say.refused} error={command.error} />
        {document.versions.length === 0 && <p className={classes.quiet}>{say.noVersions}</p>}
      </div>
      {document.versions.map((version) => (
        <Version key={version.id} documentId={document.id} version={version} />
      ))}
    </Card>
  );
}

function Version({ documentId, version }: { documentId: number; version: DocumentVersion }) {
  const { documents: say } = useWords();
  const { differences } = version;
  return (
    <div className={classes.version}>
      <a href={`/api/v1/documents/${documentId}/versions/${version.id}/file`} download>
        {version.fileName}
      </a>
      <span className={classes.quiet}>{say.by(version.uploadedBy, formatMoment(version.uploadedAt))}</span>
      {differences !== null && (
        <>
          <div>
            <Verdict hasText={version.hasText} count={differences.length} />
          </div>
          {differences.length > 0 && <Differences differences={differences} />}
        </>
      )}
    </div>
  );
}

function Verdict({ hasText, count }: { hasText: boolean; count: number }) {
  const { documents: say } = useWords();
  if (!hasText)
    return (
      <Chip tone="below" icon={<IconEyeQuestion size={14} aria-hidden="true" />}>
        {say.noText}
      </Chip>
    );
  return count === 0 ? (
    <Chip tone="ok" icon={<IconCheck size={14} aria-hidden="true" />}>
      {say.same}
    </Chip>
  ) : (
    <Chip tone="below" icon={<IconAlertTriangle size={14} aria-hidden="true" />}>
      {say.differs(count)}
    </Chip>
  );
}

function Differences({ differences }: { differences: NonNullable<DocumentVersion['differences']> }) {
  const { documents: say } = useWords();
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{say.ours}</th>
            <th scope="col">{say.theirs}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ ours, theirs, context }, i) => (
            <tr key={i}>
              <td>
                {ours ?? <span className={table.quiet}>{say.absent}</span>}
                <span className={table.under}>{context}</span>
              </td>
              <td>{theirs ?? <span className={table.quiet}>{say.absent}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
