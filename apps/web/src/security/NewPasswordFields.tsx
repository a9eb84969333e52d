import { PasswordInput } from '@mantine/core';
import { useWords } from '../words/words-provider';
import classes from './security.module.css';

export interface NewPassword {
  password: string;
  again: string;
}

export function NewPasswordFields({ value, onChange }: { value: NewPassword; onChange: (value: NewPassword) => void }) {
  const words = useWords();
  const { link } = words.security;
  const toggle = { 'aria-label': words.signIn.show, tabIndex: 0, className: classes.eye };
  return (
    <>
      <PasswordInput
        label={link.password}
        description={link.rule}
        inputWrapperOrder={['label', 'input', 'description']}
        autoComplete="new-password"
        rightSectionWidth={44}
        visibilityToggleButtonProps={toggle}
        value={value.password}
        onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
      />
      <PasswordInput
        label={link.again}
        autoComplete="new-password"
        rightSectionWidth={44}
        visibilityToggleButtonProps={toggle}
        value={value.again}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
      />
    </>
  );
}
