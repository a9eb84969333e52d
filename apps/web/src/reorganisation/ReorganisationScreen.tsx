import { IconChecks, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { formatDay, formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import { eveOf } from './draft';
import { Refused } from '../frame/Refused';
import {
  confirmReorganisation,
  freshResultQuery,
  preparesReorganisations,
  reorganisationQuery,
  withdrawReorganisation,
  type Reorganisation,
} from './reorganisation-client';
import { movedProjectCount, ResultView } from './ResultView';
import { StateChip } from './ReorganisationsScreen';
import classes from './reorganisation.module.css';

export function ReorganisationScreen() {
  const words = useWords();
  const { id } = useParams({ from: '/frame/reorganisations/$id' });
  const found = useQuery(reorganisationQuery(id));
  if (found.isError && found.data === undefined)
    return (
      <FailedState
        error={found.error}
        what={words.reorganisation.whatOne}
        onRetry={() => void found.refetch()}
        heading="h1"
      />
    );
  if (found.data === undefined) return <LoadingBlock what={words.reorganisation.whatOne} />;
  return <ReorganisationContent key={id} reorganisation={found.data} />;
}

function ReorganisationContent({ reorganisation }: { reorganisation: Reorganisation }) {
  const words = useWords();
  const session = useSession();
  const client = useQueryClient();
  const { id, state, request } = reorganisation;
  const isOpen = state === 'draft' && preparesReorganisations(session.role);
  const fresh = useQuery({ ...freshResultQuery(String(id), request as never), enabled: isOpen && request !== null });
  const result = (isOpen ? fresh.data : undefined) ?? reorganisation.result;
  const refresh = async () => {
    await client.invalidateQueries();
  };
  const blockedBy =
    session.role !== 'approver'
      ? words.reorganisation.needsApprover
      : reorganisation.preparedBy === session.username
        ? words.reorganisation.ownDraft
        : fresh.data === undefined
          ? words.reorganisation.asPrepared
          : undefined;

  return (
    <>
      <PageHead title={words.reorganisation.oneTitle(reorganisation.decisionNo)}>
        <StateChip state={state} />
        <span className={classes.quiet}>
          {words.reorganisation.effectiveOn(formatDay(reorganisation.effectiveDate))}
          {reorganisation.note !== '' && ` · ${reorganisation.note}`}
        </span>
      </PageHead>
      <div className={classes.columns}>
        <div className={classes.main}>
          <ResultView result={result} />
        </div>
        <div className={classes.side}>
          <Card title={words.reorganisation.twoPeople}>
            <div className={classes.people}>
              <p>
                {words.reorganisation.preparedBy(reorganisation.preparedByName)}
                <span className={classes.quiet}>{formatMoment(reorganisation.preparedAt)}</span>
              </p>
              <p>
                {reorganisation.decidedByName === null
                  ? words.reorganisation.notDecided
                  : state === 'withdrawn'
                    ? words.reorganisation.withdrawnBy(reorganisation.decidedByName)
                    : words.reorganisation.decidedBy(reorganisation.decidedByName)}
                {reorganisation.decidedAt !== null && (
                  <span className={classes.quiet}>{formatMoment(reorganisation.decidedAt)}</span>
                )}
              </p>
              {isOpen && fresh.isError && <Refused label={words.reorganisation.notNow} error={fresh.error} />}
              {isOpen && (
                <>
                  <ConfirmCommand
                    label={words.reorganisation.confirm}
                    icon={<IconChecks size={16} />}
                    blockedBy={blockedBy}
                    title={words.reorganisation.confirmTitle(reorganisation.decisionNo)}
                    consequencesTitle={words.reorganisation.confirmMeans}
                    consequences={words.reorganisation.consequences(
                      reorganisation.endedUnits.length,
                      formatDay(eveOf(reorganisation.effectiveDate)),
                      movedProjectCount(result),
                    )}
                    confirmLabel={words.reorganisation.confirm}
                    backLabel={words.reorganisation.back}
                    refusedLabel={words.reorganisation.confirmRefused}
                    run={(key) => confirmReorganisation(id, result.resultHash, key)}
                    onDone={refresh}
                  />
                  <ConfirmCommand
                    label={words.reorganisation.withdraw}
                    quiet
                    icon={<IconX size={16} />}
                    title={words.reorganisation.withdrawTitle}
                    consequencesTitle={words.reorganisation.withdrawMeans}
                    consequences={words.reorganisation.withdrawConsequences}
                    confirmLabel={words.reorganisation.withdraw}
                    backLabel={words.reorganisation.back}
                    refusedLabel={words.reorganisation.confirmRefused}
                    run={(key) => withdrawReorganisation(id, key)}
                    onDone={refresh}
                  />
                </>
              )}
            </div>
          </Card>
        </div>
      </div>
    </>
  );
}
