import { IconArrowDown } from '@tabler/icons-react';
import type { Explanation, Month, Overview } from '../../client/types';
import { formatBillion, formatDong } from '../../format/amount';
import { formatMoment } from '../../format/date';
import { formatPercentExact, formatPoints } from '../../format/rate';
import { Chip } from '../../frame/Chip';
import { useSpeech } from '../../words/words-provider';
import { Evidence } from '../../frame/Evidence';
import { Fraction } from './Fraction';
import classes from './How.module.css';
import { HowGap } from './HowGap';
import { HowRun } from './HowRun';
import { HowSources } from './HowSources';

interface HowUnitProps {
  explanation: Explanation;
  overview: Overview;
  item: Month;
}

/** The rule step by step for one unit: average, rate, months running, what is missing; then where the inputs are. */
export function HowUnit({ explanation, overview, item }: HowUnitProps) {
  const { words, language } = useSpeech();
  const { average, rate } = explanation;
  return (
    <>
      <p className={classes.definition}>{explanation.definition[language]}</p>
      <section className={classes.step}>
        <h3>1. {words.how.average}</h3>
        {average === null ? (
          <p className={classes.note}>{words.how.noAverage}</p>
        ) : (
          <>
            {average.poolDisbursedDong !== null && average.poolPlanDong !== null ? (
              <Fraction
                top={formatDong(average.poolDisbursedDong)}
                bottom={formatDong(average.poolPlanDong)}
                equals={formatPercentExact(average.rate)}
              />
            ) : (
              <p>
                <strong>{formatPercentExact(average.rate)}</strong>
              </p>
            )}
            <p className={classes.note}>
              {explanation.method === 'mean' && `${words.how.averageMean}; `}
              {explanation.method === 'declared' && `${words.how.averageDeclared}; `}
              {words.how.averageInputs(average.unitsInPool, words.basis[overview.policy.planBasis])}
              {overview.reservePlanDong > 0 && `; ${words.how.reserve(formatBillion(overview.reservePlanDong))}`}
            </p>
          </>
        )}
      </section>
      <section className={classes.step}>
        <h3>2. {words.how.unitRate}</h3>
        {rate === null ? (
          <p className={classes.note}>{words.how.noRate}</p>
        ) : (
          <>
            <Fraction
              top={formatDong(explanation.disbursedDong)}
              bottom={formatDong(explanation.planDong)}
              equals={formatPercentExact(rate)}
            >
              {explanation.differencePoints !== null && (
                <Chip
                  tone={explanation.status === 'below' ? 'below' : 'plain'}
                  icon={explanation.status === 'below' ? <IconArrowDown size={14} aria-hidden="true" /> : undefined}
                >
                  {words.how.difference(formatPoints(explanation.differencePoints, 2))}
                </Chip>
              )}
            </Fraction>
            <p className={classes.note}>{words.how.compared}</p>
          </>
        )}
      </section>
      <section className={classes.step}>
        <h3>3. {words.how.run}</h3>
        <HowRun explanation={explanation} />
      </section>
      <section className={classes.step}>
        <h3>4. {words.how.gap}</h3>
        <HowGap explanation={explanation} />
      </section>
      <section className={classes.step}>
        <h3>{words.how.sources}</h3>
        <HowSources explanation={explanation} item={item} />
      </section>
      <section className={classes.step}>
        <h3>{words.how.evidence}</h3>
        <Evidence
          hashes={explanation.hashes}
          monthVersion={explanation.monthVersion}
          policyVersion={explanation.policyVersion}
        />
        <p className={classes.note}>{words.how.evaluatedAt(formatMoment(explanation.evaluatedAt))}</p>
      </section>
    </>
  );
}
