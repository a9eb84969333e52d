import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { formatDay } from '../format/date';
import { compareVietnamese } from '../format/fold';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import { RefusedNote } from './RefusedNote';
import { moveArea, type Teams, teamsQuery } from './settings-client';
import classes from './settings.module.css';

const NO_TEAM = '';

/** A unit or place goes from one team to another on a day: one act, the old part ends the day before. */
export function AreaMoveForm({ teams }: { teams: Teams }) {
  const words = useWords();
  const say = words.settings.team;
  const queryClient = useQueryClient();
  const [subject, setSubject] = useState('');
  const [teamCode, setTeamCode] = useState(NO_TEAM);
  const [from, setFrom] = useState('');
  const command = useMutation({
    mutationFn: () => {
      const [kind, code = ''] = subject.split(' ', 2);
      const named = kind === 'unit' ? { unitCode: code } : { placeCode: code };
      return moveArea({ ...named, teamCode: teamCode === NO_TEAM ? null : teamCode, from });
    },
    onSuccess: (after) => {
      queryClient.setQueryData(teamsQuery.queryKey, after);
      setSubject('');
      setFrom('');
    },
  });
  const present = teams.teams.flatMap(({ areas }) => areas);
  const known = new Map(
    [...present, ...teams.scheduled, ...teams.withoutTeam].map(({ kind, code, name }) => [`${kind} ${code}`, name]),
  );
  const groups = (['unit', 'place'] as const).map((kind) => ({
    kind,
    options: [...known].filter(([key]) => key.startsWith(`${kind} `)).sort(([, a], [, b]) => compareVietnamese(a, b)),
  }));
  const now = present.find(({ kind, code }) => `${kind} ${code}` === subject);
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <Card title={say.move} subtitle={say.moveWhy}>
      <form className={classes.body} onSubmit={send}>
        <div className={classes.fields}>
          <label className={classes.field}>
            <span>{say.area}</span>
            <select
              required
              className={classes.input}
              value={subject}
              onChange={(event) => setSubject(event.currentTarget.value)}
            >
              <option value="">{say.choose}</option>
              {groups.map(({ kind, options }) => (
                <optgroup key={kind} label={say.groups[kind]}>
                  {options.map(([key, name]) => (
                    <option key={key} value={key}>
                      {`${name} (${key.split(' ')[1]})`}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
            {subject !== '' && (
              <span className={classes.quiet}>
                {now === undefined ? say.nobodyNow : say.now(now.teamName, formatDay(now.validFrom))}
              </span>
            )}
          </label>
          <label className={classes.field}>
            <span>{say.toTeam}</span>
            <select
              className={classes.input}
              value={teamCode}
              onChange={(event) => setTeamCode(event.currentTarget.value)}
            >
              <option value={NO_TEAM}>{say.noTeam}</option>
              {teams.teams.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label className={classes.field}>
            <span>{say.fromDay}</span>
            <input
              required
              type="date"
              className={classes.input}
              value={from}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
          </label>
        </div>
        <RefusedNote error={command.error} />
        <div className={classes.actions}>
          <Button type="submit" variant="filled" loading={command.isPending}>
            {say.moveButton}
          </Button>
        </div>
      </form>
    </Card>
  );
}
