import { IconBookUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Refusal } from '../client/refusal';
import { formatDong } from '../format/amount';
import { Card } from '../frame/Card';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { signedDong } from '../format/signed-dong';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { commitImport } from './import-queries';
import classes from './imports.module.css';
import type { Difference, Import, Reading } from './types';
import { useDraft, type Draft } from './use-draft';

interface CommitCardProps {
  file: Import;
  reading: Reading;
  difference: Difference;
  onMoved: () => void;
}

/** The answers that a commit needs, each asked only where it applies, and the act with its size. */
export function CommitCard({ file, reading, difference, onMoved }: CommitCardProps) {
  const words = useWords();
  const own = words.imports;
  const queryClient = useQueryClient();
  const [draft, change] = useDraft(file.id);
  const { new: added, changed, rejected, withoutReason } = difference;
  const toConfirm = confirmParts(words, reading);
  const count = formatDong(added.cells + changed.cells);

  const run = async (key: string) => {
    try {
      await commitImport(
        file.id,
        {
          ...(rejected.rows > 0 ? { withoutRejected: draft.withoutRejected } : {}),
          ...(withoutReason > 0 ? { reason: draft.reason.trim() } : {}),
        },
        key,
      );
    } catch (error) {
      // Not a fault of the person's: the new difference is shown instead of an error.
      if (!(error instanceof Refusal) || (error.code !== 'import-moved' && error.code !== 'import-not-ready'))
        throw error;
      change({ readingIsRight: false, withoutRejected: false });
      if (error.code === 'import-moved') onMoved();
    }
  };
  return (
    <Card title={own.commitTitle}>
      <div className={classes.commit}>
        {toConfirm.length > 0 && (
          <label className={classes.check}>
            <input
              type="checkbox"
              checked={draft.readingIsRight}
              onChange={(event) => change({ readingIsRight: event.currentTarget.checked })}
            />
            <span>
              {own.confirmReading}
              <span className={classes.under}>{own.confirmReadingHint(toConfirm.join('; '))}</span>
            </span>
          </label>
        )}
        {rejected.rows > 0 && added.cells + changed.cells > 0 && (
          <label className={classes.check}>
            <input
              type="checkbox"
              checked={draft.withoutRejected}
              onChange={(event) => change({ withoutRejected: event.currentTarget.checked })}
            />
            <span>
              {own.withoutRejected(formatDong(rejected.rows))}
              <span className={classes.under}>{own.withoutRejectedHint}</span>
            </span>
          </label>
        )}
        {withoutReason > 0 && (
          <div>
            <label htmlFor="falling-reason">{own.reason}</label>
            <textarea
              id="falling-reason"
              rows={2}
              maxLength={1000}
              className={classes.input}
              aria-describedby="falling-reason-hint"
              value={draft.reason}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
            <span id="falling-reason-hint" className={classes.under}>
              {own.reasonHint(withoutReason)}
            </span>
          </div>
        )}
        <ConfirmCommand
          label={own.commit(count)}
          icon={<IconBookUpload size={16} />}
          blockedBy={blockedBy(words, difference, draft, toConfirm.length > 0)}
          title={own.commit(count)}
          consequencesTitle={own.consequencesTitle}
          consequences={consequencesOf(words, difference)}
          confirmLabel={own.commit(count)}
          backLabel={own.commitBack}
          refusedLabel={own.commitRefused}
          run={run}
          // The books behind every screen are others now.
          onDone={() => queryClient.invalidateQueries()}
        />
      </div>
    </Card>
  );
}

/** What a wrong guess of would book wrong money: said before the commit, not after. */
function confirmParts({ imports: own }: Words, reading: Reading): string[] {
  const unknown = reading.columns.filter(({ use }) => use === 'unknown').length;
  return [
    ...(reading.amountUnit === 'dong' ? [] : [own.confirmParts.unit(own.amountUnits[reading.amountUnit])]),
    ...(reading.cumulative ? [own.confirmParts.cumulative] : []),
    ...(Object.keys(reading.assumed).length > 0 ? [own.confirmParts.assumed] : []),
    ...(unknown > 0 ? [own.confirmParts.unknown(unknown)] : []),
  ];
}

function blockedBy(
  { imports: { blocked } }: Words,
  { new: added, changed, rejected, withoutReason }: Difference,
  draft: Draft,
  asksReading: boolean,
): string | undefined {
  if (added.cells + changed.cells === 0) return blocked.nothing;
  if (asksReading && !draft.readingIsRight) return blocked.reading;
  if (rejected.rows > 0 && !draft.withoutRejected) return blocked.rejected;
  if (withoutReason > 0 && draft.reason.trim() === '') return blocked.reason;
  return undefined;
}

function consequencesOf({ imports: own }: Words, { new: added, changed, rejected }: Difference): string[] {
  const say = own.consequences;
  return [
    ...(added.cells > 0 ? [say.new(formatDong(added.cells), signedDong(added.differenceDong))] : []),
    ...(changed.cells > 0 ? [say.changed(formatDong(changed.cells), signedDong(changed.differenceDong))] : []),
    ...(rejected.rows > 0 ? [say.rejected(formatDong(rejected.rows))] : []),
    say.stays,
  ];
}
