import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Month, type Actor } from '#libs/kernel';
import { overviewOf, unitInEvaluation, unitPlan, unitSources } from '#libs/insight';
import { evaluationSeals } from '#libs/monitoring';
import { instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { monthViewOf } from '../ledger/month-view.js';
import { explanationView, unitYearView } from './unit-insight-view.js';
import { overviewView } from './overview-view.js';
import { OverviewDto } from './overview.dto.js';
import { ExplanationDto, UnitYearDto, UnitYearQueryDto } from './unit-insight.dto.js';

@ApiTags('insight')
@Controller()
export class InsightController {
  constructor(private readonly db: DataSource) {}

  @Get('overviews/:month')
  @Needs('province.read')
  async overview(@Acting() actor: Actor, @Param('month') text: string): Promise<OverviewDto> {
    const month = Month.parse(text);
    const overview = await overviewOf(this.db, actor, month);
    const seals = await evaluationSeals(this.db, month);
    return overviewView(
      overview,
      await monthViewOf(this.db, actor, month),
      seals.get(overview.frozen.evaluation.monthVersion) ?? null,
      await this.illustrative(),
    );
  }

  @Get('evaluations/:month/units/:code')
  @Needs('books.read')
  async explain(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Param('code') code: string,
  ): Promise<ExplanationDto> {
    const found = await unitInEvaluation(this.db, actor, Month.parse(text), code);
    return explanationView(found, await unitSources(this.db, found), await this.illustrative());
  }

  @Get('units/:code/year')
  @Needs('books.read')
  async unitYear(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Query() { planYear, throughMonth }: UnitYearQueryDto,
  ): Promise<UnitYearDto> {
    const found = await unitInEvaluation(this.db, actor, Month.of(planYear, throughMonth), code);
    return unitYearView(found, await unitPlan(this.db, found), await this.illustrative());
  }

  private async illustrative(): Promise<boolean> {
    return (await instanceSetting(this.db)).illustrative;
  }
}
