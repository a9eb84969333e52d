import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import classes from './Sheet.module.css';
import type { Editing } from './use-sheet-keys';

type Move = 'down' | 'up' | 'right' | 'left';

interface CellEditorProps {
  label: string;
  editing: Editing;
  onCommit: (text: string, then: Move | undefined) => void;
  onCancel: () => void;
}

/** The open cell: the raw figure, exact, with a caret. Leaving it by any way but Escape keeps what was typed. */
export function CellEditor({ label, editing, onCommit, onCancel }: CellEditorProps) {
  const [text, setText] = useState(editing.text);
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);

  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    if (!editing.byTyping) input.current?.select();
    else input.current?.setSelectionRange(editing.text.length, editing.text.length);
  }, [editing]);

  const leave = (then: Move | undefined): void => {
    if (isDone.current) return;
    isDone.current = true;
    onCommit(text, then);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const arrows: Record<string, Move> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };
    const arrow = editing.byTyping ? arrows[event.key] : undefined;
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') leave(event.shiftKey ? 'up' : 'down');
    else if (event.key === 'Tab') leave(event.shiftKey ? 'left' : 'right');
    else if (arrow) leave(arrow);
    else if (event.key === 'Escape') {
      isDone.current = true;
      onCancel();
    } else return;
    event.preventDefault();
  };

  return (
    <input
      ref={input}
      aria-label={label}
      className={classes.editor}
      inputMode="decimal"
      autoComplete="off"
      spellCheck={false}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => leave(undefined)}
      onPointerDown={(event) => event.stopPropagation()}
    />
  );
}
