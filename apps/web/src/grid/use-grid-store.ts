import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { formatMillion } from '../format/amount';
import type { Words } from '../words/vi';
import { GridBook } from './grid-book';
import { GridEntry } from './grid-entry';
import { keepEdits, restoreEdits } from './grid-memory';
import { GridSaver } from './grid-saver';
import type { GridData } from './grid-types';

const KEEP_AFTER_MS = 150;

export interface GridStore {
  book: GridBook;
  entry: GridEntry;
  saver: GridSaver;
  /** The last thing worth saying aloud. */
  said: string;
  say: (sentence: string) => void;
}

/** The book of one page of the grid for as long as it is on screen, with its saving and its memory. */
export function useGridStore(data: GridData, username: string, words: Words): GridStore {
  const [said, say] = useState('');
  const first = useRef(data);
  // One book for the life of the screen: newly read books are put under what was typed, not in its place.
  // Sentences come in the language of the moment; a change of language must not take the book away.
  const spoken = useRef(words.grid);
  useEffect(() => void (spoken.current = words.grid), [words]);
  const { book, entry, saver } = useMemo(() => {
    const newBook = new GridBook(first.current);
    restoreEdits(username, newBook);
    return {
      book: newBook,
      entry: new GridEntry(newBook, {
        fault: (fault) => spoken.current.faults[fault],
        reasonNeeded: (from, to) => spoken.current.reasonNeeded(formatMillion(Number(from)), formatMillion(Number(to))),
      }),
      saver: new GridSaver(newBook, (booked, troubled) =>
        say(
          [booked > 0 ? spoken.current.booked(booked) : '', troubled > 0 ? spoken.current.troubles(troubled) : ''].join(
            ' ',
          ),
        ),
      ),
    };
  }, [username]);

  useEffect(() => {
    if (data !== book.data) book.rebase(data);
  }, [book, data]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = (): void => keepEdits(username, book);
    const unsubscribe = book.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(keep, KEEP_AFTER_MS);
      saver.soon();
    });
    const ask = (event: BeforeUnloadEvent): void => {
      keep();
      if (book.edits.size > 0) event.preventDefault();
    };
    const send = (): void => void saver.flush();
    window.addEventListener('beforeunload', ask);
    window.addEventListener('pagehide', keep);
    window.addEventListener('online', send);
    saver.start();
    return () => {
      unsubscribe();
      clearTimeout(timer);
      window.removeEventListener('beforeunload', ask);
      window.removeEventListener('pagehide', keep);
      window.removeEventListener('online', send);
      keep();
      // What could still go out goes out; the answer is kept for the next look at this page.
      saver.stop();
      void saver.flush().finally(keep);
    };
  }, [book, saver, username]);

  return { book, entry, saver, said, say };
}

/** Draws again whenever the book changes. */
export function useBookVersion(book: GridBook): number {
  return useSyncExternalStore(
    book.subscribe,
    useCallback(() => book.version, [book]),
  );
}
