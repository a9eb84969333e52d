import { Body, Controller, Get, Headers, Param, Patch, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { dongToJson, type Actor, type Dong } from '#libs/kernel';
import { projectYear } from '#libs/insight';
import { planHistory } from '#libs/ledger';
import { businessDate, instanceSetting } from '#libs/platform';
import { changeProject, projectDetail, type Project, type ProjectDetail } from '#libs/projects';
import { basisRateView } from '../insight/overview-view.js';
import { Acting, Needs } from '../shell/access.decorators.js';
import { refusal } from '../shell/refusal.js';
import { PlanYearQueryDto, ProjectChangeDto, ProjectDetailDto, ProjectPlanDto } from './project-detail.dto.js';

@ApiTags('projects')
@Controller('projects/:code')
export class ProjectDetailController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectDetailDto> {
    return this.view(await projectDetail(this.db, actor, code), reply);
  }

  /** Changes identity, investment decision and opening figures; `If-Match` names the state that was seen. */
  @Patch()
  @Needs('projects.edit')
  async change(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Body() { totalInvestmentDong, openingAllocatedDong, openingDisbursedDong, ...changes }: ProjectChangeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<ProjectDetailDto> {
    const instant = /^"(\d{1,15})"$/.exec(seen ?? '');
    if (!instant) throw refusal('if-match-missing');
    const given = {
      ...changes,
      totalInvestment: dongOf(totalInvestmentDong),
      openingAllocated: dongOf(openingAllocatedDong),
      openingDisbursed: dongOf(openingDisbursedDong),
    };
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    await changeProject(this.db, actor, code, present, new Date(Number(instant[1])));
    return this.view(await projectDetail(this.db, actor, code), reply);
  }

  /** The plan of a year on both bases with its history, decision by decision. */
  @Get('plan')
  @Needs('books.read')
  async plan(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Query() { planYear }: PlanYearQueryDto,
  ): Promise<ProjectPlanDto> {
    const year = await projectYear(this.db, actor, code, planYear, await businessDate(this.db));
    const lines = await planHistory(this.db, actor, code, planYear);
    return {
      planYear,
      on: year.on,
      disbursedDong: dongToJson(year.disbursed),
      bases: year.bases.map((each) => basisRateView(each, null)),
      carriedOver: {
        planDong: dongToJson(year.carriedOver.plan),
        disbursedDong: dongToJson(year.carriedOver.disbursed),
      },
      lines: lines.map(({ amount, running, runningOfSource, ...line }) => ({
        ...line,
        amountDong: dongToJson(amount),
        runningDong: dongToJson(running),
        runningOfSourceDong: dongToJson(runningOfSource),
      })),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  private async view({ project, holders, ...detail }: ProjectDetail, reply: FastifyReply): Promise<ProjectDetailDto> {
    void reply.header('etag', `"${project.updatedAt.getTime()}"`);
    return {
      code: project.code,
      nationalCode: project.nationalCode,
      name: project.name,
      ...detail,
      holders: holders.map(({ unitCode, unitName, ...validity }) => ({
        unit: { code: unitCode, name: unitName },
        ...validity,
      })),
      investorName: project.investorName,
      capitalType: project.capitalType,
      programme: project.programme,
      totalInvestmentDong: project.totalInvestment === null ? null : dongToJson(project.totalInvestment),
      totalInvestmentNote: project.totalInvestmentNote,
      investmentDecisionNo: project.investmentDecisionNo,
      investmentDecisionDate: project.investmentDecisionDate,
      opening: openingView(project),
      sourceNote: project.sourceNote,
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

function openingView({ openingThroughYear, openingAllocated, openingDisbursed }: Project): ProjectDetailDto['opening'] {
  if (openingThroughYear === null) return null;
  return {
    throughYear: openingThroughYear,
    allocatedDong: dongToJson(openingAllocated ?? 0n),
    disbursedDong: dongToJson(openingDisbursed ?? 0n),
  };
}

function dongOf(amount: number | null | undefined): Dong | null | undefined {
  return typeof amount === 'number' ? BigInt(amount) : amount;
}
