import { useWords } from '../words/words-provider';
import table from './table.module.css';

interface MoreRowsProps {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  shown: number;
  total: number;
}

/** The last line of a list that goes on. */
export function MoreRows({ query, shown, total }: MoreRowsProps) {
  const words = useWords();
  if (!query.hasNextPage) return null;
  return (
    <button
      type="button"
      className={table.more}
      aria-disabled={query.isFetchingNextPage}
      onClick={() => !query.isFetchingNextPage && void query.fetchNextPage()}
    >
      {query.isFetchingNextPage ? words.loading : words.showMore(shown, total)}
    </button>
  );
}
