import { Button } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useWords } from '../words/words-provider';
import { MarkingStrip } from './MarkingStrip';
import { StateBox } from './StateBox';
import classes from './StateBox.module.css';

export function NotFoundState() {
  const words = useWords();
  const navigate = useNavigate();
  return (
    <>
      <MarkingStrip />
      <main className={classes.page}>
        <StateBox
          heading="h1"
          icon={<IconAlertCircle size={22} />}
          title={words.state.notFoundTitle}
          actions={<Button onClick={() => void navigate({ to: '/' })}>{words.state.goBack}</Button>}
        >
          <p>{words.state.notFoundBody}</p>
        </StateBox>
      </main>
    </>
  );
}
