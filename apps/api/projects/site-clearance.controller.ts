import { Body, Controller, Get, Headers, Param, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor } from '#libs/kernel';
import { businessDate, instanceSetting } from '#libs/platform';
import { findSiteClearance, planSiteClearance, recordSiteClearance, type SiteClearance } from '#libs/projects';
import { Acting, Needs } from '../shell/access.decorators.js';
import { refusal } from '../shell/refusal.js';
import { SiteClearanceDto, SiteClearanceFiguresDto, SiteClearancePlanDto } from './site-clearance.dto.js';

/** Site clearance (giải phóng mặt bằng) of a key project. If-Match bears the version that was seen, "0" at first. */
@ApiTags('projects')
@Controller('projects/:code/site-clearance')
export class SiteClearanceController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SiteClearanceDto> {
    return this.view(await findSiteClearance(this.db, actor, code), reply);
  }

  /** Sets what there is to hand over in all, and by when. */
  @Put()
  @Needs('site-clearance.record')
  async plan(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Body() { areaM2, households, agreedDate, note }: SiteClearancePlanDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<SiteClearanceDto> {
    const figures = { area: areaM2, households, agreedDate: agreedDate ?? null, note: note ?? '' };
    return this.view(await planSiteClearance(this.db, actor, code, figures, versionOf(seen)), reply);
  }

  /** What was handed over and paid to the end of a calendar month. */
  @Put(':month')
  @Needs('site-clearance.record')
  async record(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Param('month') text: string,
    @Body() { areaM2, households, paidDong, note }: SiteClearanceFiguresDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<SiteClearanceDto> {
    const figures = { area: areaM2, households, paid: BigInt(paidDong), note: note ?? '' };
    const month = Month.parse(text);
    return this.view(await recordSiteClearance(this.db, actor, code, month, figures, versionOf(seen)), reply);
  }

  private async view(found: SiteClearance, reply: FastifyReply): Promise<SiteClearanceDto> {
    const { projectCode, version, plan, months, isKeyProject } = found;
    void reply.header('etag', `"${version}"`);
    const [latest] = months;
    const isWhole = plan !== null && plan.area === latest?.area && plan.households === latest.households;
    const today = await businessDate(this.db);
    return {
      projectCode,
      keyProject: isKeyProject,
      version,
      plan: plan && {
        areaM2: plan.area,
        households: plan.households,
        agreedDate: plan.agreedDate,
        overdue: !isWhole && plan.agreedDate !== null && plan.agreedDate < today,
        note: plan.note,
        recordedAt: plan.recordedAt.toISOString(),
        recordedBy: plan.recordedBy,
      },
      months: months.map(({ year, month, area, paid, ...figures }) => ({
        month: Month.of(year, month).toString(),
        areaM2: area,
        households: figures.households,
        paidDong: dongToJson(paid),
        note: figures.note,
        recordedAt: figures.recordedAt.toISOString(),
        recordedBy: figures.recordedBy,
      })),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

function versionOf(seen: string | undefined): number {
  const version = /^"(\d{1,9})"$/.exec(seen ?? '');
  if (!version) throw refusal('if-match-missing');
  return Number(version[1]);
}
