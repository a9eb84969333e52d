import { useQueryClient } from '@tanstack/react-query';
import { writeMonth } from '../format/month';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { useWords } from '../words/words-provider';
import { submitMonth } from './grid-requests';
import type { GridStore } from './use-grid-store';

/** "Submit month 10": this alone makes the month reported; it waits until everything typed is booked. */
export function SubmitMonth({ store: { book } }: { store: GridStore }) {
  const words = useWords();
  const queryClient = useQueryClient();
  const { month, planYear } = book.data;
  const unit = book.units[0];
  if (!unit || !book.isOpen(month) || unit.data.reportedMonths.includes(month)) return null;
  return (
    <ConfirmCommand
      label={words.grid.submitButton(month)}
      blockedBy={book.edits.size > 0 ? words.grid.submitBlocked(book.edits.size) : undefined}
      title={words.grid.submitTitle(month, unit.name)}
      consequencesTitle={words.grid.submitWhat}
      consequences={words.grid.submitConsequences(month)}
      confirmLabel={words.grid.submitButton(month)}
      backLabel={words.grid.submitBack}
      refusedLabel={words.grid.submitRefused}
      run={(key) => submitMonth(writeMonth({ planYear, number: month }), unit.data.code, key)}
      onDone={async () => {
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: ['grid'] }),
          queryClient.invalidateQueries({ queryKey: ['months'] }),
        ]);
      }}
    />
  );
}
