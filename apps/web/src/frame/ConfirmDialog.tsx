import { Button, Modal } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Refusal } from '../client/refusal';
import { useWords } from '../words/words-provider';
import classes from './ConfirmCommand.module.css';

export interface Confirmation {
  title: string;
  consequencesTitle: string;
  consequences: string[];
  confirmLabel: string;
  backLabel: string;
  refusedLabel: string;
  run: (idempotencyKey: string) => Promise<unknown>;
  onDone: () => Promise<unknown> | void;
}

interface ConfirmDialogProps extends Confirmation {
  idempotencyKey: string;
  onClose: () => void;
}

export function ConfirmDialog({ idempotencyKey, onClose, ...confirmation }: ConfirmDialogProps) {
  const words = useWords();
  const command = useMutation({
    mutationFn: () => confirmation.run(idempotencyKey),
    onSuccess: async () => {
      await confirmation.onDone();
      onClose();
    },
  });
  const refusal = command.error instanceof Refusal ? command.error : null;
  return (
    // No scroll lock: it would write a <style> element, and the page behind a small dialog may well scroll.
    <Modal.Root
      opened
      onClose={onClose}
      lockScroll={false}
      centered
      transitionProps={{ duration: 0 }}
      classNames={{ content: classes.dialog, title: classes.title }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={classes.body}>
          <div className={classes.titleLine}>
            <Modal.Title>{confirmation.title}</Modal.Title>
            <Modal.CloseButton aria-label={words.close} />
          </div>
          <h3>{confirmation.consequencesTitle}</h3>
          <ul className={classes.consequences}>
            {confirmation.consequences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          {command.isError && (
            <p role="alert" className={classes.refused}>
              <IconAlertCircle size={18} aria-hidden="true" />
              <span>
                <strong>{confirmation.refusedLabel}</strong> {refusal?.detail ?? words.state.offlineTitle}
                {refusal?.requestId != null && ` (${words.state.errorCode(refusal.requestId)})`}
              </span>
            </p>
          )}
          <div className={classes.actions}>
            <Button onClick={onClose} data-autofocus>
              {confirmation.backLabel}
            </Button>
            <Button variant="filled" loading={command.isPending} onClick={() => command.mutate()}>
              {confirmation.confirmLabel}
            </Button>
          </div>
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
