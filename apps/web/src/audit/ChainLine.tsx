import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconDownload, IconShieldCheck } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDong } from '../format/amount';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { useWords } from '../words/words-provider';
import classes from './audit.module.css';
import { chainHeadQuery, verifyWholeChain, type ChainCheck } from './audit-queries';

const MOST_FINDINGS_TOLD = 10;

/** The end of the chain, whether all of it holds, and the file that an outsider checks without this program. */
export function ChainLine() {
  const words = useWords();
  const own = words.audit;
  const head = useQuery(chainHeadQuery);
  const [progress, setProgress] = useState<ChainCheck | null>(null);
  const check = useMutation({
    mutationFn: () => verifyWholeChain(setProgress),
    onSettled: () => {
      setProgress(null);
      void head.refetch();
    },
  });
  const percent = progress === null || progress.of === 0 ? 0 : Math.floor((100 * progress.through) / progress.of);
  return (
    <section className={classes.chain} aria-label={own.chain}>
      <dl className={classes.head}>
        <div>
          <dt>{own.headSeq}</dt>
          <dd>{head.data === undefined ? '…' : formatDong(head.data.seq)}</dd>
        </div>
        <div className={classes.headHash}>
          <dt>{own.headHash}</dt>
          <dd className={classes.hash}>{head.data?.hash ?? '…'}</dd>
        </div>
      </dl>
      <div className={classes.commands}>
        <Button
          leftSection={<IconShieldCheck size={16} />}
          aria-disabled={check.isPending}
          onClick={() => !check.isPending && check.mutate()}
        >
          {own.verify}
        </Button>
        <a className={classes.download} href="/api/v1/audit-chain/export" download>
          <IconDownload size={16} aria-hidden="true" />
          {own.export}
        </a>
      </div>
      <div role="status" className={classes.verdict}>
        {check.isPending && own.verifying(percent)}
        {check.data !== undefined && !check.isPending && <Verdict check={check.data} />}
      </div>
      {check.isError && <FailedState error={check.error} what={own.chain} onRetry={() => check.mutate()} />}
      {head.isError && <FailedState error={head.error} what={own.chain} onRetry={() => void head.refetch()} />}
    </section>
  );
}

function Verdict({ check }: { check: ChainCheck }) {
  const { audit: own } = useWords();
  if (check.findings.length === 0)
    return (
      <Chip tone="ok" icon={<IconCircleCheck size={16} aria-hidden="true" />}>
        {own.whole(formatDong(check.through))}
      </Chip>
    );
  const more = check.findings.length - MOST_FINDINGS_TOLD;
  return (
    <div className={classes.broken}>
      <p>
        <IconAlertTriangle size={16} aria-hidden="true" /> {own.broken(formatDong(check.findings.length))}
      </p>
      <ul>
        {check.findings.slice(0, MOST_FINDINGS_TOLD).map(({ seq, kind }) => (
          <li key={`${seq} ${kind}`}>{own.findings[kind](formatDong(seq))}</li>
        ))}
        {more > 0 && <li>{own.moreFindings(formatDong(more))}</li>}
      </ul>
    </div>
  );
}
