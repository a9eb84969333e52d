import { Button, Textarea } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { acknowledgeNotice, newIdempotencyKey } from '../client/commands';
import { noticeQuery } from '../client/queries';
import type { Notice } from '../client/types';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './Acknowledgement.module.css';

const LONGEST_NOTE = 500;

/** One press says that the team has it. No dialog: it commits to nothing but having read. */
export function Acknowledgement({ notice }: { notice: Notice }) {
  const words = useWords();
  const queryClient = useQueryClient();
  const [note, setNote] = useState('');
  const [key] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => acknowledgeNotice(notice.id, note.trim(), key),
    onSuccess: async (acknowledged) => {
      queryClient.setQueryData(noticeQuery(notice.id).queryKey, acknowledged);
      await queryClient.invalidateQueries({ queryKey: ['notices'] });
    },
  });
  return (
    <div className={classes.box}>
      <Textarea
        label={words.notices.note}
        placeholder={words.notices.noteHint}
        rows={2}
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <div className={classes.command}>
        <Button
          variant="filled"
          leftSection={<IconCheck size={16} aria-hidden="true" />}
          loading={command.isPending}
          onClick={() => command.mutate()}
        >
          {words.notices.acknowledge}
        </Button>
        <p className={classes.means}>{words.notices.acknowledgeMeans}</p>
      </div>
      <Refused label={words.notices.refused} error={command.error} />
    </div>
  );
}
