import type { DataSource } from 'typeorm';
import { rateOf } from '#libs/insight';
import {
  type NewReorganisation,
  resultHashOf,
  type ReorganisationDetail,
  type ReorganisationResult,
  type ReorganisationRow,
} from '#libs/ledger';
import { lastRuns } from '#libs/monitoring';
import { instanceSetting } from '#libs/platform';
import { runView } from './unit-history.controller.js';
import type {
  NewReorganisationDto,
  ReorganisationDto,
  ReorganisationResultDto,
  ReorganisationRowDto,
  ReorganisedUnitFiguresDto,
} from './reorganisation.dto.js';

type Figures = ReorganisationResult['units'][number]['before'];

/** Rows, results and details as they are sent. */
export class ReorganisationViews {
  constructor(private readonly db: DataSource) {}

  row(row: ReorganisationRow): ReorganisationRowDto {
    const { preparedAt, decidedAt, decidedBy: _, ...rest } = row;
    return { ...rest, preparedAt: preparedAt.toISOString(), decidedAt: decidedAt?.toISOString() ?? null };
  }

  async detail({ request, result, ...row }: ReorganisationDetail): Promise<ReorganisationDto> {
    return { ...this.row(row), request: request && asSent(request), result: await this.result(result) };
  }

  /** Rates and the ended units' last runs are worked out here: the frozen result holds only what was moved. */
  async result(result: ReorganisationResult): Promise<ReorganisationResultDto> {
    const lastYear = Math.max(...result.months.map(({ planYear }) => planYear));
    const ended = result.units.filter(({ role }) => role === 'ended').map(({ code }) => code);
    const runs = await lastRuns(this.db, ended, lastYear);
    return {
      ...result,
      units: result.units.map((unit) => ({
        ...unit,
        before: withRates(unit.before),
        after: withRates(unit.after),
        ...runView(runs.get(unit.code) ?? null),
      })),
      resultHash: resultHashOf(result),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

/** As it can be sent again: what was filled in for an absent field (a note, a short name) is left out. */
function asSent({ note, successors, ...request }: NewReorganisation): NewReorganisationDto {
  return {
    ...request,
    ...(note === '' ? {} : { note }),
    successors: successors.map(({ shortName, ...unit }) => (shortName === unit.name ? unit : { ...unit, shortName })),
  };
}

function withRates(figures: Figures): ReorganisedUnitFiguresDto {
  const disbursed = BigInt(figures.disbursedDong);
  return {
    ...figures,
    rate: rateOf(disbursed, BigInt(figures.planDong)),
    pmRate: rateOf(disbursed, BigInt(figures.pmPlanDong)),
  };
}
