import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { instanceQuery, keyProjectsQuery, unitsQuery } from '../client/queries';
import { seesProvince } from '../client/rights';
import { useSession } from '../client/use-session';
import { useWords } from '../words/words-provider';
import { findItems, type SearchItem, searchItems } from './search-items';
import classes from './SearchBox.module.css';
import { useSlashKey } from './use-slash-key';

/** Finds units and key projects by any words of their names, with or without marks. "/" goes to it from anywhere. */
export function SearchBox() {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  useSlashKey(input);

  const instance = useQuery(instanceQuery);
  const year = Number(instance.data?.businessDate.slice(0, 4) ?? 0);
  const units = useQuery({ ...unitsQuery(), enabled: asked });
  const projects = useQuery({ ...keyProjectsQuery(year), enabled: asked && year > 0 && seesProvince(session.role) });
  const items = useMemo(() => searchItems(units.data ?? [], projects.data?.items ?? []), [units.data, projects.data]);
  const found = useMemo(() => findItems(items, text), [items, text]);
  const showing = open && text.trim() !== '';

  const go = (item: SearchItem) => {
    setOpen(false);
    setText('');
    input.current?.blur();
    if (item.kind === 'unit') void navigate({ to: '/units/$code', params: { code: item.code } });
    else void navigate({ to: '/key-projects', search: { year }, hash: item.id });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (showing) setOpen(false);
      else input.current?.blur();
      return;
    }
    if (!showing || found.length === 0) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    }
    const chosen = found[at];
    if (event.key === 'Enter' && chosen !== undefined) go(chosen);
  };

  return (
    <div className={classes.search} onBlur={() => setOpen(false)}>
      <IconSearch size={16} className={classes.icon} aria-hidden="true" />
      <input
        ref={input}
        type="text"
        role="combobox"
        className={classes.input}
        aria-label={words.search.label}
        aria-expanded={showing}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-keyshortcuts="/"
        {...(showing && found[at] !== undefined ? { 'aria-activedescendant': `${listId}-${found[at].id}` } : {})}
        autoComplete="off"
        spellCheck={false}
        placeholder={words.search.placeholder}
        value={text}
        onFocus={() => setAsked(true)}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
      />
      <kbd className={classes.slash} aria-hidden="true">
        /
      </kbd>
      <div className={classes.list} hidden={!showing}>
        <ul id={listId} role="listbox" aria-label={words.search.label}>
          {showing &&
            found.map((item, index) => (
              <li
                key={item.id}
                id={`${listId}-${item.id}`}
                role="option"
                aria-selected={index === at}
                className={classes.option}
                // Before blur closes the list.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => go(item)}
              >
                <span>{item.title}</span>
                <span className={classes.kind}>
                  {item.kind === 'unit' ? words.nav.units : words.nav.keyProjectsShort}
                </span>
              </li>
            ))}
        </ul>
        {showing && found.length === 0 && (
          <p className={classes.none}>
            {units.isError ? words.search.failed : units.isPending ? words.loading : words.search.none(text.trim())}
          </p>
        )}
      </div>
      <span role="status" className="spoken">
        {showing ? words.search.found(found.length) : ''}
      </span>
    </div>
  );
}
