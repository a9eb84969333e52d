import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { dongToJson, type Actor } from '#libs/kernel';
import { planInForce, planTotals, type PlanKey, type PlanTotal } from '#libs/ledger';
import { businessDate, instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfterKey, keyOfKeyCursor } from '../shell/key-cursor.js';
import { PlanListDto, PlanQueryDto, PlanTotalsDto } from './plan.dto.js';

const ROWS = 100;

@ApiTags('ledger')
@Controller()
export class PlansController {
  constructor(private readonly db: DataSource) {}

  /** The plan in force on a day by project × source × basis × series. */
  @Get('plans')
  @Needs('books.read')
  async plans(@Acting() actor: Actor, @Query() query: PlanQueryDto): Promise<PlanListDto> {
    const limit = query.limit ?? ROWS;
    const on = query.on ?? (await businessDate(this.db));
    const items = await planInForce(this.db, actor, {
      ...filterOf(query, on),
      after: keyOfKeyCursor<PlanKey>(query.cursor, ['text or null', 'text', 'text', 'flag', 'text']),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      planYear: query.planYear,
      on,
      items: page.map(({ amount, ...row }) => ({ ...row, amountDong: dongToJson(amount) })),
      nextCursor:
        items.length > limit
          ? cursorAfterKey(
              last && [last.project?.code ?? null, last.source.code, last.basis, last.carriedOver, last.unit.code],
            )
          : null,
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  /** The plan in force on a day in all, by source, level and programme. */
  @Get('plan-totals')
  @Needs('books.read')
  async totals(@Acting() actor: Actor, @Query() query: PlanQueryDto): Promise<PlanTotalsDto> {
    const on = query.on ?? (await businessDate(this.db));
    const totals = await planTotals(this.db, actor, filterOf(query, on));
    return {
      planYear: query.planYear,
      on,
      all: totals.all.map(totalView),
      bySource: totals.bySource.map(totalView),
      byLevel: totals.byLevel.map(totalView),
      byDecisionLevel: totals.byDecisionLevel.map(totalView),
      byProgramme: totals.byProgramme.map(totalView),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

function filterOf({ planYear, unit, project, basis }: PlanQueryDto, on: string) {
  return { planYear, on, unitCode: unit, projectCode: project, basis };
}

function totalView<Total extends PlanTotal>({ amount, unassigned, ...total }: Total) {
  return { ...total, amountDong: dongToJson(amount), unassignedDong: dongToJson(unassigned) };
}
