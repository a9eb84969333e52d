import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { parseMonth } from '../format/month';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import table from '../frame/table.module.css';
import { useSpeech } from '../words/words-provider';
import { PolicyForm } from './PolicyForm';
import { decidePolicy, type Policies, policiesQuery } from './settings-client';
import classes from './settings.module.css';

const route = getRouteApi('/frame/settings/policies');

export function PoliciesScreen() {
  const { words, language } = useSpeech();
  const { permissions } = useSession();
  const { year } = route.useSearch();
  const navigate = route.useNavigate();
  const policies = useQuery(policiesQuery(year));
  const say = words.settings.policy;
  const data = policies.data;
  const waiting = data?.proposals.find(({ state }) => state === 'open');
  return (
    <>
      <PageHead title={words.settings.policies}>
        {data !== undefined && data.planYears.length > 1 && (
          <select
            aria-label={say.year}
            className={classes.input}
            style={{ width: 'auto' }}
            value={data.planYear}
            onChange={(event) => void navigate({ search: { year: Number(event.currentTarget.value) } })}
          >
            {data.planYears.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        )}
      </PageHead>
      {policies.isError && data === undefined ? (
        <FailedState error={policies.error} what={say.what} onRetry={() => void policies.refetch()} />
      ) : data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : (
        <div className={classes.stack}>
          <Card
            title={say.present}
            subtitle={say.presentWhy(parseMonth(data.month).number, data.planYear)}
            right={<Chip tone="accent">{say.version(data.present.version)}</Chip>}
          >
            <div className={classes.body}>
              <p className={classes.sentence}>{data.present.definition[language]}</p>
            </div>
          </Card>
          {waiting !== undefined && <Proposal proposal={waiting} />}
          {permissions.includes('policies.propose') && (
            <PolicyForm
              key={`${data.planYear} ${data.present.version}`}
              policies={data}
              isWaiting={waiting !== undefined}
            />
          )}
          <Versions policies={data} />
        </div>
      )}
    </>
  );
}

function Proposal({ proposal }: { proposal: Policies['proposals'][number] }) {
  const { words, language } = useSpeech();
  const { permissions } = useSession();
  const queryClient = useQueryClient();
  const say = words.settings.policy;
  // Of every year: the screen that asked for none shows this one too.
  const again = () => queryClient.invalidateQueries({ queryKey: ['policies'] });
  return (
    <Card title={say.proposed} right={<Chip tone="below">{say.waits}</Chip>}>
      <div className={classes.body}>
        <p className={classes.sentence}>{proposal.definition[language]}</p>
        <p>
          <span className={classes.quiet}>{say.reason}: </span>
          {proposal.reason}
        </p>
        <p className={classes.quiet}>{say.by(proposal.proposedBy, formatMoment(proposal.proposedAt))}</p>
        {proposal.isOwn && <p>{say.otherConfirms}</p>}
        <div className={classes.actions}>
          {permissions.includes('policies.confirm') && !proposal.isOwn && (
            <ConfirmCommand
              label={say.confirm}
              title={say.confirmTitle}
              consequencesTitle={say.consequences}
              consequences={say.confirmConsequences}
              confirmLabel={say.confirm}
              backLabel={words.cancel}
              refusedLabel={words.settings.refused}
              run={(key) => decidePolicy(proposal.id, 'confirmation', key)}
              onDone={again}
            />
          )}
          {permissions.includes('policies.propose') && (
            <ConfirmCommand
              label={say.withdraw}
              quiet
              title={say.withdrawTitle}
              consequencesTitle={say.consequences}
              consequences={say.withdrawConsequences}
              confirmLabel={say.withdraw}
              backLabel={words.cancel}
              refusedLabel={words.settings.refused}
              run={(key) => decidePolicy(proposal.id, 'withdrawal', key)}
              onDone={again}
            />
          )}
        </div>
      </div>
    </Card>
  );
}

function Versions({ policies }: { policies: Policies }) {
  const { words, language } = useSpeech();
  const say = words.settings.policy;
  return (
    <Card title={say.versions} subtitle={say.versionsWhy}>
      {policies.versions.length === 0 ? (
        <p className={table.none}>{say.noVersions}</p>
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{say.versionHead}</th>
                <th scope="col">{say.definition}</th>
                <th scope="col">{say.months}</th>
                <th scope="col" className={table.wideOnly}>
                  {say.people}
                </th>
              </tr>
            </thead>
            <tbody>
              {policies.versions.map((version) => (
                <tr key={version.version}>
                  <th scope="row">{version.version}</th>
                  <td>
                    {version.definition[language]}
                    <span className={table.under}>{`${say.reason}: ${version.reason}`}</span>
                  </td>
                  <td>
                    {version.months.map((month) => words.time.column(parseMonth(month).number)).join(', ') || '–'}
                  </td>
                  <td className={table.wideOnly}>
                    {version.proposedBy !== null && say.proposer(version.proposedBy)}
                    <span className={table.under}>
                      {(version.proposedBy === null ? say.keptBy : say.confirmer)(
                        version.recordedBy === 'system' ? words.audit.roles.system : version.recordedBy,
                        formatMoment(version.recordedAt),
                      )}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
