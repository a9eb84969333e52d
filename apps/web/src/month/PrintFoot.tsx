import type { Overview } from '../client/types';
import { formatDong } from '../format/amount';
import { formatMoment } from '../format/date';
import { shortHash } from '../format/hash';
import { useSpeech } from '../words/words-provider';
import classes from './PrintSheet.module.css';
import { usePrintMoment } from './use-print-moment';

/** The foot of the meeting's page: by which definition, which policy and which result it was computed. */
export function PrintFoot({ overview }: { overview: Overview }) {
  const { words, language } = useSpeech();
  const printedAt = usePrintMoment();
  return (
    <p className={`${classes.foot} printOnly`}>
      {words.print.definition}
      {overview.definition[language]} {words.print.policy(overview.policy.version)}{' '}
      {words.print.result(shortHash(overview.hashes.result))}{' '}
      {overview.seal !== null && `${words.audit.seal(formatDong(overview.seal.seq), overview.seal.hash)} `}
      {words.print.printedAt(formatMoment(printedAt))}
    </p>
  );
}
