import { Button, Modal, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import dialog from '../frame/ConfirmCommand.module.css';
import { useWords } from '../words/words-provider';
import { Problem } from './Problem';
import classes from './security.module.css';

interface ProofDialogProps {
  title: string;
  run: (password: string) => Promise<unknown>;
  onClose: () => void;
}

/** The password once more, for an act that was refused because the sign-in is old. */
export function ProofDialog({ title, run, onClose }: ProofDialogProps) {
  const words = useWords();
  const { proof } = words.security;
  const [password, setPassword] = useState('');
  const command = useMutation({ mutationFn: () => run(password), onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (password !== '') command.mutate();
  };
  return (
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      centered
      transitionProps={{ duration: 0 }}
      classNames={{ content: dialog.dialog, title: dialog.title }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={dialog.body}>
          <div className={dialog.titleLine}>
            <Modal.Title>{title}</Modal.Title>
            <Modal.CloseButton aria-label={words.close} />
          </div>
          <form onSubmit={submit} noValidate className={classes.steps}>
            <p className={classes.explain}>{proof.why}</p>
            <PasswordInput
              label={proof.label}
              autoComplete="current-password"
              data-autofocus
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <Problem error={command.error} />
            <div className={dialog.actions}>
              <Button onClick={onClose}>{words.cancel}</Button>
              <Button type="submit" variant="filled" loading={command.isPending}>
                {proof.submit}
              </Button>
            </div>
          </form>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
