import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import { RefusedNote } from './RefusedNote';
import { addTeam, changeTeam, type Team, teamsQuery } from './settings-client';
import classes from './settings.module.css';

const NEW = '';

/** A new team, another name, or which team answers for what no team looks after. */
export function TeamForm({ teams }: { teams: Team[] }) {
  const words = useWords();
  const say = words.settings.team;
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState(NEW);
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const [isFallback, setIsFallback] = useState(false);
  const team = teams.find((each) => each.code === chosen);
  const command = useMutation({
    mutationFn: () =>
      team === undefined
        ? addTeam(code, name)
        : changeTeam(team.code, { name, ...(isFallback && !team.isFallback ? { isFallback: true as const } : {}) }),
    onSuccess: (after) => {
      queryClient.setQueryData(teamsQuery.queryKey, after);
      choose(NEW);
    },
  });
  const choose = (next: string) => {
    const found = teams.find((each) => each.code === next);
    setChosen(next);
    setCode('');
    setName(found?.name ?? '');
    setIsFallback(found?.isFallback ?? false);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <Card title={say.edit}>
      <form className={classes.body} onSubmit={send}>
        <div className={classes.fields}>
          <label className={classes.field}>
            <span>{say.team}</span>
            <select className={classes.input} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
              <option value={NEW}>{say.newTeam}</option>
              {teams.map((each) => (
                <option key={each.code} value={each.code}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
          {team === undefined && (
            <label className={classes.field}>
              <span>{say.code}</span>
              <input
                required
                maxLength={40}
                className={classes.input}
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
              />
            </label>
          )}
          <label className={classes.field}>
            <span>{say.name}</span>
            <input
              required
              maxLength={200}
              className={classes.input}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </label>
          {team !== undefined && (
            <label className={classes.check}>
              <input
                type="checkbox"
                checked={isFallback}
                disabled={team.isFallback}
                onChange={(event) => setIsFallback(event.currentTarget.checked)}
              />
              {say.makeFallback}
            </label>
          )}
        </div>
        <RefusedNote error={command.error} />
        <div className={classes.actions}>
          <Button type="submit" loading={command.isPending}>
            {team === undefined ? say.add : say.save}
          </Button>
        </div>
      </form>
    </Card>
  );
}
