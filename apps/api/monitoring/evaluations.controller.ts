import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor } from '#libs/kernel';
import { frozenEvaluation, asRate } from '#libs/insight';
import { definitionSentence, evaluationUnits, listWarningCases, predecessorsOf } from '#libs/monitoring';
import { instanceSetting } from '#libs/platform';
import { predecessorView } from '../organisation/unit-history.controller.js';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor, numberOfCursor } from '../shell/cursor.js';
import { EvaluationDto, EvaluationQueryDto, WarningCaseListDto, WarningCaseQueryDto } from './evaluation.dto.js';

const ROWS = 100;

@ApiTags('monitoring')
@Controller()
export class EvaluationsController {
  constructor(private readonly db: DataSource) {}

  @Get('evaluations/:month')
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Query() query: EvaluationQueryDto,
  ): Promise<EvaluationDto> {
    const month = Month.parse(text);
    const limit = query.limit ?? ROWS;
    const { evaluation, policy, averages } = await frozenEvaluation(this.db, month);
    const { items, total } = await evaluationUnits(this.db, actor, evaluation, {
      after: keyOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const predecessors = await predecessorsOf(
      this.db,
      page.map(({ unitCode }) => unitCode),
      month,
    );
    return {
      month: text,
      monthVersion: evaluation.monthVersion,
      policyVersion: evaluation.policyVersion,
      evaluatedAt: evaluation.evaluatedAt.toISOString(),
      illustrative: (await instanceSetting(this.db)).illustrative,
      definition: definitionSentence(policy, month.number),
      hashes: { input: evaluation.inputHash, policy: evaluation.policyHash, result: evaluation.resultHash },
      averages: averages
        .filter((average) => average.month === month.number)
        .map((average) => ({
          group: average.group,
          method: average.method,
          rate: asRate({ numerator: BigInt(average.numerator), denominator: BigInt(average.denominator) }),
          ratedUnits: average.ratedUnits,
          poolDisbursedDong: average.poolDisbursed === null ? null : dongToJson(average.poolDisbursed),
          poolPlanDong: average.poolPlan === null ? null : dongToJson(average.poolPlan),
        })),
      units: page.map(({ unitCode, unitName, plan, disbursed, gap, ...row }) => ({
        unit: { code: unitCode, name: unitName },
        ...row,
        planDong: dongToJson(plan),
        disbursedDong: dongToJson(disbursed),
        gapDong: dongToJson(gap),
        predecessors: (predecessors.get(unitCode) ?? []).map(predecessorView),
      })),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.unitCode) : null,
      total,
    };
  }

  @Get('warning-cases')
  @Needs('books.read')
  async cases(@Acting() actor: Actor, @Query() query: WarningCaseQueryDto): Promise<WarningCaseListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listWarningCases(this.db, actor, {
      state: query.state,
      unit: query.unit,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(({ unitCode, unitName, ...row }) => ({ ...row, unit: { code: unitCode, name: unitName } })),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}
