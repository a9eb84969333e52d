import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { instanceQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { FailedState } from '../frame/FailedState';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { teamsQuery } from '../settings/settings-client';
import { useWords } from '../words/words-provider';
import classes from './followup.module.css';
import { addBody, addMember, bodiesQuery, endMember, type MeetingBody, newIdempotencyKey } from './queries';

/** The bodies that meet and who is in them, from a day to a day. */
export function BodiesScreen() {
  const words = useWords();
  const say = words.tackling.body;
  const { permissions } = useSession();
  const bodies = useQuery(bodiesQuery);
  const mayEdit = permissions.includes('meeting-bodies.edit');
  return (
    <>
      <PageHead title={words.tackling.bodies} />
      {bodies.isError ? (
        <FailedState error={bodies.error} what={say.what} onRetry={() => void bodies.refetch()} />
      ) : bodies.data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : (
        <div className={classes.stack}>
          {bodies.data.length === 0 && (
            <StateBox icon={<IconUsersGroup size={22} />} title={say.empty}>
              <p>{say.emptyBody}</p>
            </StateBox>
          )}
          {bodies.data.map((body) => (
            <BodyCard key={body.id} body={body} mayEdit={mayEdit} />
          ))}
          {mayEdit && <NewBody />}
        </div>
      )}
    </>
  );
}

function BodyCard({ body, mayEdit }: { body: MeetingBody; mayEdit: boolean }) {
  const words = useWords();
  const say = words.tackling.body;
  const queryClient = useQueryClient();
  const instance = useQuery(instanceQuery);
  const today = instance.data?.businessDate ?? '';
  return (
    <Card title={body.name} subtitle={say.kinds[body.kind]}>
      {body.members.length === 0 ? (
        <p className={classes.none}>{say.noMembers}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{say.memberName}</th>
                <th scope="col" className={table.wideOnly}>
                  {say.part}
                </th>
                <th scope="col" className={table.wideOnly}>
                  {say.from}
                </th>
                <th scope="col">{say.to}</th>
              </tr>
            </thead>
            <tbody>
              {body.members.map(({ id, name, position, part, validFrom, validTo }) => (
                <tr key={id}>
                  <th scope="row">
                    {name}
                    <span className={table.under}>{position}</span>
                    <span className={`${table.under} ${table.narrowOnly}`}>
                      {`${say.parts[part]}, ${say.from.toLowerCase()} ${formatDay(validFrom)}`}
                    </span>
                  </th>
                  <td className={table.wideOnly}>{say.parts[part]}</td>
                  <td className={table.wideOnly}>{formatDay(validFrom)}</td>
                  <td>
                    {validTo !== null ? (
                      formatDay(validTo)
                    ) : mayEdit && validFrom <= today ? (
                      <ConfirmCommand
                        quiet
                        label={say.end}
                        title={say.endName(name)}
                        consequencesTitle={say.endMeans}
                        consequences={say.endConsequences}
                        confirmLabel={say.end}
                        backLabel={words.cancel}
                        refusedLabel={words.tackling.refused}
                        run={async (key) =>
                          queryClient.setQueryData(bodiesQuery.queryKey, await endMember(body.id, id, today, key))
                        }
                        onDone={() => undefined}
                      />
                    ) : (
                      '–'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {mayEdit && <NewMember body={body} today={today} />}
    </Card>
  );
}

function NewMember({ body, today }: { body: MeetingBody; today: string }) {
  const words = useWords();
  const say = words.tackling.body;
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [position, setPosition] = useState('');
  const [part, setPart] = useState<'chair' | 'secretary' | 'member'>('member');
  const [from, setFrom] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => addMember(body.id, { name, position, part, validFrom: from || today }, key),
    onSuccess: (after) => {
      queryClient.setQueryData(bodiesQuery.queryKey, after);
      setName('');
      setPosition('');
      setKey(newIdempotencyKey());
    },
    onError: () => setKey(newIdempotencyKey()),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <form onSubmit={send} aria-label={`${say.addMember}: ${body.name}`}>
      <div className={form.fields}>
        <Field label={say.memberName}>
          {(input) => (
            <input
              {...input}
              required
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={say.position}>
          {(input) => (
            <input
              {...input}
              required
              maxLength={200}
              value={position}
              onChange={(event) => setPosition(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={say.part}>
          {(input) => (
            <select
              {...input}
              value={part}
              onChange={(event) => setPart(event.currentTarget.value as 'chair' | 'secretary' | 'member')}
            >
              {(['chair', 'secretary', 'member'] as const).map((each) => (
                <option key={each} value={each}>
                  {say.parts[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say.from}>
          {(input) => (
            <input
              {...input}
              type="date"
              value={from || today}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <Refused label={words.tackling.refused} error={command.error} />
      <div className={form.actions}>
        <Button type="submit" loading={command.isPending}>
          {say.addMember}
        </Button>
      </div>
    </form>
  );
}

function NewBody() {
  const words = useWords();
  const say = words.tackling.body;
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<MeetingBody['kind']>('committee');
  const [name, setName] = useState('');
  const [team, setTeam] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const teams = useQuery(teamsQuery);
  const command = useMutation({
    mutationFn: () => addBody({ kind, name, ...(kind === 'team' ? { teamCode: team } : {}) }, key),
    onSuccess: (after) => {
      queryClient.setQueryData(bodiesQuery.queryKey, after);
      setName('');
      setKey(newIdempotencyKey());
    },
    onError: () => setKey(newIdempotencyKey()),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <Card title={say.add}>
      <form onSubmit={send}>
        <div className={form.fields}>
          <Field label={say.kind}>
            {(input) => (
              <select
                {...input}
                value={kind}
                onChange={(event) => setKind(event.currentTarget.value as MeetingBody['kind'])}
              >
                {(['committee', 'site-clearance', 'team'] as const).map((each) => (
                  <option key={each} value={each}>
                    {say.kinds[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={say.name}>
            {(input) => (
              <input
                {...input}
                required
                maxLength={200}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
            )}
          </Field>
          {kind === 'team' && (
            <Field label={say.team}>
              {(input) => (
                <select {...input} required value={team} onChange={(event) => setTeam(event.currentTarget.value)}>
                  <option value="">{words.tackling.difficulty.pick}</option>
                  {(teams.data?.teams ?? []).map((each) => (
                    <option key={each.code} value={each.code}>
                      {each.name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
        </div>
        <Refused label={words.tackling.refused} error={command.error} />
        <div className={form.actions}>
          <Button type="submit" variant="filled" loading={command.isPending}>
            {say.add}
          </Button>
        </div>
      </form>
    </Card>
  );
}
