import { Button } from '@mantine/core';
import { useState } from 'react';
import { queryClient } from '../client/query-client';
import { formatDayOf } from '../format/date';
import { Card } from '../frame/Card';
import { useWords } from '../words/words-provider';
import {
  type Offer,
  type OwnSecurity,
  ownSessionsQuery,
  removeSecondFactor,
  renewRecoveryCodes,
  securityQuery,
  setUpOwn,
} from './commands';
import { Problem } from './Problem';
import { RecoveryCodes } from './RecoveryCodes';
import classes from './security.module.css';
import { SetUpSecondFactor } from './SetUpSecondFactor';
import { useProven } from './use-proven';

export function SecondFactorCard({ security }: { security: OwnSecurity }) {
  const words = useWords();
  const { factor: say, recovery } = words.security;
  const [offer, setOffer] = useState<Offer | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [refused, setRefused] = useState<Error | null>(null);
  const { doProven, dialog } = useProven(setRefused);
  const isOn = security.secondFactorSince !== null;

  const begin = (title: string, act: (password?: string) => Promise<unknown>) => {
    setRefused(null);
    setDone(null);
    void doProven(title, act);
  };
  const finish = async (sentence: string | null) => {
    setOffer(null);
    setCodes(null);
    setDone(sentence);
    await queryClient.invalidateQueries({ queryKey: securityQuery.queryKey });
    await queryClient.invalidateQueries({ queryKey: ownSessionsQuery.queryKey });
  };

  if (offer !== null)
    return (
      <Card title={say.title}>
        <div className={classes.inCard}>
          <SetUpSecondFactor setUp={setUpOwn} offer={offer} onDone={() => void finish(say.added)} />
        </div>
      </Card>
    );
  if (codes !== null)
    return (
      <Card title={recovery.title}>
        <div className={classes.inCard}>
          <RecoveryCodes codes={codes} onDone={() => void finish(null)} />
        </div>
      </Card>
    );
  const offerTitle = isOn ? say.replace : say.add;
  return (
    <Card title={say.title}>
      <div className={classes.inCard}>
        <p className={classes.explain}>
          {security.secondFactorSince === null
            ? say.off
            : `${say.on(formatDayOf(security.secondFactorSince))} ${say.codesLeft(security.recoveryCodesLeft)}`}
        </p>
        {security.secondFactorRequired && <p className={classes.explain}>{say.required}</p>}
        <Problem error={refused} />
        <div role="status">{done !== null && <p className={classes.done}>{done}</p>}</div>
        <div className={classes.actions}>
          <Button
            variant={isOn ? 'default' : 'filled'}
            onClick={() => begin(offerTitle, async (password) => setOffer(await setUpOwn.offer(password)))}
          >
            {offerTitle}
          </Button>
          {isOn && (
            <Button onClick={() => begin(say.codes, async (password) => setCodes(await renewRecoveryCodes(password)))}>
              {say.codes}
            </Button>
          )}
          {isOn && !security.secondFactorRequired && (
            <Button
              onClick={() =>
                begin(say.remove, async (password) => {
                  await removeSecondFactor(password);
                  await finish(say.removed);
                })
              }
            >
              {say.remove}
            </Button>
          )}
        </div>
      </div>
      {dialog}
    </Card>
  );
}
