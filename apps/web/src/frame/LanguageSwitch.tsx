import { useSpeech } from '../words/words-provider';
import classes from './LanguageSwitch.module.css';

const LANGUAGES = [
  { language: 'vi', short: 'VI', name: 'Tiếng Việt' },
  { language: 'en', short: 'EN', name: 'English' },
] as const;

export function LanguageSwitch({ inBar = false }: { inBar?: boolean }) {
  const { words, language, setLanguage } = useSpeech();
  return (
    <div role="group" aria-label={words.account.language} className={classes.group} data-in-bar={inBar || undefined}>
      {LANGUAGES.map((option) => (
        <button
          key={option.language}
          type="button"
          lang={option.language}
          className={classes.option}
          aria-pressed={language === option.language}
          aria-label={`${option.short}, ${option.name}`}
          onClick={() => setLanguage(option.language)}
        >
          {option.short}
        </button>
      ))}
    </div>
  );
}
