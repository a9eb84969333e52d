import { IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { AreaMoveForm } from './AreaMoveForm';
import { type Team, type TeamArea, teamsQuery } from './settings-client';
import classes from './settings.module.css';
import { TeamForm } from './TeamForm';

export function TeamsScreen() {
  const words = useWords();
  const { permissions } = useSession();
  const teams = useQuery(teamsQuery);
  const say = words.settings.team;
  const mayEdit = permissions.includes('teams.edit');
  return (
    <>
      <PageHead title={words.settings.teams}>
        <span className={classes.quiet}>{teams.data !== undefined && say.on(formatDay(teams.data.on))}</span>
      </PageHead>
      {teams.isError && teams.data === undefined ? (
        <FailedState error={teams.error} what={say.what} onRetry={() => void teams.refetch()} />
      ) : teams.data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : (
        <div className={classes.stack}>
          {mayEdit && <AreaMoveForm teams={teams.data} />}
          <div className={classes.grid}>
            {teams.data.teams.map((team) => (
              <TeamCard key={team.code} team={team} />
            ))}
          </div>
          <Card title={say.withoutTeam} subtitle={say.withoutTeamWhy}>
            <div className={classes.body}>
              {teams.data.withoutTeam.length === 0 ? (
                <p>{say.allLookedAfter}</p>
              ) : (
                <ul className={classes.list}>
                  {teams.data.withoutTeam.map(({ kind, code, name }) => (
                    <li key={`${kind} ${code}`}>
                      {name} <span className={classes.quiet}>{`${say.kinds[kind]} ${code}`}</span>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          </Card>
          <AreaHistory title={say.scheduled} empty={say.noScheduled} areas={teams.data.scheduled} />
          <AreaHistory title={say.ended} empty={say.noEnded} areas={teams.data.ended} />
          {mayEdit && <TeamForm teams={teams.data.teams} />}
        </div>
      )}
    </>
  );
}

function TeamCard({ team }: { team: Team }) {
  const words = useWords();
  const say = words.settings.team;
  const groups = (['unit', 'place'] as const).map((kind) => ({
    kind,
    areas: team.areas.filter((area) => area.kind === kind),
  }));
  return (
    <Card
      title={team.name}
      subtitle={team.code}
      icon={<IconUsersGroup size={18} stroke={1.6} aria-hidden="true" />}
      right={team.isFallback ? <Chip tone="accent">{say.fallback}</Chip> : undefined}
    >
      <div className={classes.body}>
        {team.isFallback && <p className={classes.quiet}>{say.fallbackWhy}</p>}
        <p>
          <span className={classes.quiet}>{say.members}: </span>
          {team.members.length === 0 ? say.noMembers : team.members.map(({ displayName }) => displayName).join(', ')}
        </p>
        {groups.map(({ kind, areas }) => (
          <div key={kind}>
            <h3 className={classes.quiet}>{say.areas(kind, areas.length)}</h3>
            <ul className={classes.list}>
              {areas.map((area) => (
                <li key={area.code}>
                  {area.name}{' '}
                  <span className={classes.quiet}>
                    {say.since(formatDay(area.validFrom))}
                    {area.validTo !== null && `, ${say.until(formatDay(area.validTo))}`}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Card>
  );
}

function AreaHistory({ title, empty, areas }: { title: string; empty: string; areas: TeamArea[] }) {
  const words = useWords();
  const say = words.settings.team;
  return (
    <Card title={title}>
      {areas.length === 0 ? (
        <p className={table.none}>{empty}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{say.area}</th>
                <th scope="col">{say.team}</th>
                <th scope="col">{say.from}</th>
                <th scope="col">{say.to}</th>
              </tr>
            </thead>
            <tbody>
              {areas.map((area) => (
                <tr key={`${area.kind} ${area.code} ${area.validFrom}`}>
                  <th scope="row">
                    {area.name}
                    <span className={table.under}>{`${say.kinds[area.kind]} ${area.code}`}</span>
                  </th>
                  <td>{area.teamName}</td>
                  <td>{formatDay(area.validFrom)}</td>
                  <td>{area.validTo === null ? '–' : formatDay(area.validTo)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
