import { Button } from '@mantine/core';
import { IconDownload, IconExternalLink, IconRefresh } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { newIdempotencyKey } from '../client/commands';
import { seesProvince } from '../client/rights';
import { useSession } from '../client/use-session';
import { formatDay, formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import { DocumentState } from './DocumentState';
import classes from './documents.module.css';
import { bytesOf, composeDocument, documentQuery, headOf, shortMonth, type DocumentDetail } from './documents-client';
import { NumberCard } from './NumberCard';
import { PdfPages } from './PdfPages';
import { VersionsCard } from './VersionsCard';

const route = getRouteApi('/frame/documents/$id');

/** A document as it is printed, beside what it rests on and what is to be done with it. */
export function DocumentScreen() {
  const words = useWords();
  const say = words.documents;
  const { id } = route.useParams();
  const found = useQuery(documentQuery(id));
  if (found.isError)
    return <FailedState heading="h1" error={found.error} what={say.what} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <LoadingBlock what={say.what} />;
  const { value: document, etag } = found.data;
  return (
    <>
      <PageHead
        title={document.number === null ? say.kinds[document.kind] : `${say.kinds[document.kind]} ${document.number}`}
        actions={<Actions document={document} />}
      >
        <DocumentState document={document} />
        {document.recipient !== null && <span>{document.recipient.name}</span>}
      </PageHead>
      <div className={classes.columns}>
        <Card title={say.preview}>
          <Preview document={document} />
        </Card>
        <div className={classes.stack}>
          <Remarks document={document} />
          <NumberCard document={document} etag={etag} />
          <Facts document={document} />
          <Evidence document={document} />
          {document.state === 'issued' && <VersionsCard document={document} />}
        </div>
      </div>
    </>
  );
}

/** What is still open about a draft, before its number is given: it stands on the draft too, not on what is issued. */
function Remarks({ document: { remarks } }: { document: DocumentDetail }) {
  const { documents: say } = useWords();
  if (remarks.length === 0) return null;
  return (
    <Card title={say.remarks} subtitle={say.remarksWhy}>
      <div className={classes.body}>
        <ul className={classes.lines}>
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Preview({ document }: { document: DocumentDetail }) {
  const words = useWords();
  const { id, composedAt, state, remarks } = document;
  const file = useQuery({
    queryKey: ['documents', 'pdf', id, composedAt, state, ...remarks],
    queryFn: () => bytesOf(`/api/v1/documents/${id}/file.pdf`),
    staleTime: Infinity,
  });
  const what = words.documents.preview;
  if (file.isError) return <FailedState error={file.error} what={what} onRetry={() => void file.refetch()} />;
  return file.data === undefined ? (
    <LoadingBlock what={what} />
  ) : (
    <PdfPages bytes={file.data} name={document.subject} />
  );
}

function Actions({ document }: { document: DocumentDetail }) {
  const { documents: say } = useWords();
  return (
    <>
      <Button
        component="a"
        href={`/api/v1/documents/${document.id}/file.pdf`}
        target="_blank"
        rel="noopener"
        leftSection={<IconExternalLink size={16} />}
      >
        {say.openPdf}
      </Button>
      <Button
        component="a"
        href={`/api/v1/documents/${document.id}/file.docx`}
        download
        leftSection={<IconDownload size={16} />}
      >
        {say.openDocx}
      </Button>
    </>
  );
}

function Facts({ document }: { document: DocumentDetail }) {
  const { documents: say } = useWords();
  return (
    <Card title={say.facts}>
      <div className={classes.body}>
        <p>{headOf(document)}</p>
        <dl className={classes.facts}>
          {document.addressees.length > 0 && <Fact name={say.columns.recipient}>{document.addressees.join('; ')}</Fact>}
          <Fact name={say.composed}>{say.by(document.composedBy, formatMoment(document.composedAt))}</Fact>
          {document.issuedAt !== null && document.issuedBy !== null && (
            <Fact name={say.issuedBy}>{say.by(document.issuedBy, formatMoment(document.issuedAt))}</Fact>
          )}
          {document.date !== null && <Fact name={say.date}>{formatDay(document.date)}</Fact>}
          {document.sentDate !== null && <Fact name={say.sentDate}>{formatDay(document.sentDate)}</Fact>}
        </dl>
        <span className={classes.quiet}>{say.recipients}</span>
        <ul className={classes.lines}>
          {document.recipients.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
        {document.state === 'issued' && <p className={classes.quiet}>{say.frozen}</p>}
      </div>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The month that the figures are taken from, and the hashes by which each can be checked. */
function Evidence({ document }: { document: DocumentDetail }) {
  const { documents: say } = useWords();
  const { role, permissions } = useSession();
  const client = useQueryClient();
  const { kind, month, recipient, state } = document;
  const again = useMutation({
    mutationFn: () =>
      composeDocument(
        { kind, ...(month === null ? {} : { month }), ...(recipient === null ? {} : { recipient: recipient.code }) },
        newIdempotencyKey(),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['documents'] }),
  });
  if (month === null) return null;
  return (
    <Card title={say.evidence}>
      <div className={classes.body}>
        {seesProvince(role) ? (
          <Link to="/months/$month" params={{ month }} search={{ how: true }}>
            {say.seeMonth(shortMonth(month))}
          </Link>
        ) : (
          <span>{say.seeMonth(shortMonth(month))}</span>
        )}
        <dl className={classes.facts}>
          {document.monthVersion !== null && <Fact name={say.month}>{say.version(document.monthVersion)}</Fact>}
          {document.resultHash !== null && <Hash name={say.resultHash} hash={document.resultHash} />}
          {document.files.map(({ format, sha256 }) => (
            <Hash key={format} name={say.fileHash[format]} hash={sha256} />
          ))}
          {document.auditHead !== null && (
            <Hash name={`${say.auditHead}, ${say.event(document.auditHead.seq)}`} hash={document.auditHead.hash} />
          )}
        </dl>
        {state === 'draft' && permissions.includes('documents.compose') && (
          <div>
            <Button
              leftSection={<IconRefresh size={16} />}
              loading={again.isPending}
              onClick={() => !again.isPending && again.mutate()}
            >
              {say.composeAgain}
            </Button>
          </div>
        )}
        <Refused label={say.refused} error={again.error} />
      </div>
    </Card>
  );
}

function Hash({ name, hash }: { name: string; hash: string }) {
  return (
    <Fact name={name}>
      <code className={classes.hash}>{hash}</code>
    </Fact>
  );
}
