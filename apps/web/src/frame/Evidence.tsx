import type { Hashes } from '../client/types';
import { useWords } from '../words/words-provider';
import { shortHash } from '../format/hash';
import classes from './Evidence.module.css';

interface EvidenceProps {
  hashes: Hashes;
  monthVersion: number;
  policyVersion: number;
}

/** The three hashes that an outsider compares after recomputing; the full text is in the title and copied whole. */
export function Evidence({ hashes, monthVersion, policyVersion }: EvidenceProps) {
  const words = useWords();
  const rows = [
    { label: words.how.monthVersion(monthVersion), hash: hashes.result },
    { label: words.how.policyVersion(policyVersion), hash: hashes.policy },
    { label: words.how.input, hash: hashes.input },
  ];
  return (
    <dl className={classes.rows}>
      {rows.map((row) => (
        <div key={row.label} className={classes.row}>
          <dt>{row.label}</dt>
          <dd title={row.hash}>{shortHash(row.hash)}</dd>
        </div>
      ))}
    </dl>
  );
}
