import type { Overview } from '../../client/types';
import { formatBillion, formatDong } from '../../format/amount';
import { formatPercentExact } from '../../format/rate';
import { useSpeech } from '../../words/words-provider';
import { Evidence } from '../../frame/Evidence';
import { Fraction } from './Fraction';
import classes from './How.module.css';

export function HowProvince({ overview }: { overview: Overview }) {
  const { words, language } = useSpeech();
  const used = overview.bases.find((basis) => basis.used);
  const { method, planBasis, version } = overview.policy;
  return (
    <>
      <p className={classes.definition}>{overview.definition[language]}</p>
      <section className={classes.step}>
        <h3>{words.how.average}</h3>
        {used?.rate == null ? (
          <p className={classes.note}>{words.how.noAverage}</p>
        ) : (
          <>
            {method === 'pooled' ? (
              <Fraction
                top={formatDong(used.disbursedDong)}
                bottom={formatDong(used.planDong)}
                equals={formatPercentExact(used.rate)}
              />
            ) : (
              <p>
                <strong>{formatPercentExact(used.rate)}</strong>
              </p>
            )}
            <p className={classes.note}>
              {method === 'mean' && `${words.how.averageMean}; `}
              {method === 'declared' && `${words.how.averageDeclared}; `}
              {words.how.averageInputs(overview.ratedCount, words.basis[planBasis])}
              {overview.reservePlanDong > 0 && `; ${words.how.reserve(formatBillion(overview.reservePlanDong))}`}
            </p>
          </>
        )}
      </section>
      <p className={classes.pick}>{words.how.pickUnit}</p>
      <section className={classes.step}>
        <h3>{words.how.evidence}</h3>
        <Evidence hashes={overview.hashes} monthVersion={overview.month.version} policyVersion={version} />
      </section>
    </>
  );
}
