import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useWords } from '../words/words-provider';
import classes from './ThemeSwitch.module.css';

export function ThemeSwitch() {
  const words = useWords();
  // Without this Mantine writes a <style> element on each change, which the content security policy refuses.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const current = useComputedColorScheme('light');
  const next = current === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={`${words.account.theme}: ${words.account[next]}`}
      onClick={() => setColorScheme(next)}
    >
      {next === 'dark' ? <IconMoon size={18} aria-hidden="true" /> : <IconSun size={18} aria-hidden="true" />}
    </button>
  );
}
