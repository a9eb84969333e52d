import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { requestContext } from '../client/client';
import { en } from './en';
import { vi, type Words } from './vi';

export type Language = 'vi' | 'en';

interface Speech {
  words: Words;
  language: Language;
  setLanguage: (language: Language) => void;
}

const SpeechContext = createContext<Speech>({ words: vi, language: 'vi', setLanguage: () => undefined });

const STORAGE_KEY = 'language';
const books: Record<Language, Words> = { vi, en };

function rememberedLanguage(): Language {
  try {
    return localStorage.getItem(STORAGE_KEY) === 'en' ? 'en' : 'vi';
  } catch {
    return 'vi';
  }
}

export function WordsProvider({ children }: { children: ReactNode }) {
  const [language, choose] = useState<Language>(() => {
    const remembered = rememberedLanguage();
    // Set before the first request leaves, not in an effect after it.
    requestContext.language = remembered;
    return remembered;
  });
  const queryClient = useQueryClient();

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  const setLanguage = useCallback(
    (next: Language) => {
      requestContext.language = next;
      choose(next);
      try {
        localStorage.setItem(STORAGE_KEY, next);
      } catch {
        // Storage may be blocked; the choice then lasts until the page is closed.
      }
      // Sentences written by the server (refusals, reasons) come in the chosen language.
      void queryClient.invalidateQueries();
    },
    [queryClient],
  );

  const speech = useMemo(() => ({ words: books[language], language, setLanguage }), [language, setLanguage]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export const useWords = (): Words => useContext(SpeechContext).words;
export const useSpeech = (): Speech => useContext(SpeechContext);
