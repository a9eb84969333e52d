import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { caseEffects, findCase, type EffectSum, type FollowedCase } from '#libs/followup';
import { asRate } from '#libs/insight';
import { dongToJson, Month, percentText, type Actor, type Rational } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { CaseDetailDto, CaseEffectQueryDto, CaseEffectsDto, EffectSumDto, FollowedCaseDto } from './case.dto.js';
import { rowId } from './row-id.js';

/** Warning cases with what was done and what the following months' rates did. */
@ApiTags('followup')
@Controller()
export class CasesController {
  constructor(private readonly db: DataSource) {}

  @Get('warning-cases/:id')
  @Needs('books.read')
  async find(@Acting() actor: Actor, @Param('id') id: string): Promise<CaseDetailDto> {
    const { followed, timeline } = await findCase(this.db, actor, rowId(id, 'warning-case-unknown', 'case'));
    return {
      ...caseView(followed),
      timeline: timeline.map(({ month, ...step }) => ({ ...step, month: monthText(followed.planYear, month) })),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  @Get('case-effects')
  @Needs('province.read')
  async effects(@Acting() actor: Actor, @Query() { planYear }: CaseEffectQueryDto): Promise<CaseEffectsDto> {
    const { items, inspected, others, throughMonth } = await caseEffects(this.db, actor, planYear);
    return {
      planYear,
      throughMonth: monthText(planYear, throughMonth),
      withInspection: sumView(inspected),
      withoutInspection: sumView(others),
      items: items.map(caseView),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

function caseView({ effect, unitCode, unitName, wasInspected, ...row }: FollowedCase): FollowedCaseDto {
  const { id, planYear, state, notices, decisions } = row;
  return {
    id,
    planYear,
    unit: { code: unitCode, name: unitName },
    openedMonth: Month.of(planYear, row.openedMonth).toString(),
    state,
    endedMonth: monthText(planYear, row.endedMonth),
    inspected: wasInspected,
    notices,
    decisions,
    monthsToClear: effect.monthsToClear,
    gainedPoints: pointsText(effect.gained),
    months: effect.months.map(({ month, rate, average, gap, difference, gained }) => ({
      month: Month.of(planYear, month).toString(),
      rate: rate && asRate(rate),
      average: average && asRate(average),
      gapDong: dongToJson(gap),
      differencePoints: pointsText(difference),
      gainedPoints: pointsText(gained),
    })),
  };
}

const pointsText = (value: Rational | null): string | null => value && percentText(value, 4);
const monthText = (planYear: number, month: number | null): string | null =>
  month === null ? null : Month.of(planYear, month).toString();

function sumView({ medianMonths, ...sum }: EffectSum): EffectSumDto {
  return { ...sum, medianMonths: medianMonths && halves(medianMonths) };
}

/** A median of whole numbers is one, or lies half-way between two. */
function halves({ numerator, denominator }: Rational): string {
  return `${numerator / denominator}${denominator === 2n ? '.5' : ''}`;
}
