import { Body, Controller, Get, Headers, Param, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { dongToJson, type Actor } from '#libs/kernel';
import {
  listMediumTermPlans,
  mediumTermExcess,
  mediumTermPlanOf,
  setMediumTermPlan,
  versionOf,
  type MediumTermExcess,
  type MediumTermRow,
} from '#libs/ledger';
import { instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfterKey, keyOfKeyCursor } from '../shell/key-cursor.js';
import { refusal } from '../shell/refusal.js';
import {
  MediumTermExcessListDto,
  MediumTermPlanListDto,
  MediumTermQueryDto,
  NewMediumTermPlanDto,
  ProjectMediumTermDto,
  ProjectMediumTermQueryDto,
  type MediumTermExcessDto,
} from './medium-term.dto.js';

const ROWS = 50;
const YEARS_AFTER_THE_FIRST = 4;

@ApiTags('ledger')
@Controller()
export class MediumTermController {
  constructor(private readonly db: DataSource) {}

  @Get('medium-term-plans')
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: MediumTermQueryDto): Promise<MediumTermPlanListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total, sum } = await listMediumTermPlans(this.db, actor, {
      periodStart: query.periodStart,
      after: keyOfKeyCursor<[string, string]>(query.cursor, ['text', 'text']),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      periodStart: query.periodStart,
      items: page.map(({ project, source, amount, allocatedBefore }) => ({
        project,
        source,
        amountDong: dongToJson(amount),
        allocatedBeforeDong: dongToJson(allocatedBefore),
      })),
      nextCursor: items.length > limit ? cursorAfterKey(last && [last.project.code, last.source.code]) : null,
      total,
      totalDong: dongToJson(sum),
      illustrative: await this.illustrative(),
    };
  }

  /** Where the annual plans exceed the medium-term plan without a decision. */
  @Get('medium-term-warnings')
  @Needs('books.read')
  async warnings(@Acting() actor: Actor, @Query() query: MediumTermQueryDto): Promise<MediumTermExcessListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await mediumTermExcess(this.db, actor, {
      periodStart: query.periodStart,
      after: keyOfKeyCursor<[string, string]>(query.cursor, ['text', 'text']),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      periodStart: query.periodStart,
      items: page.map(excessView),
      nextCursor: items.length > limit ? cursorAfterKey(last && [last.project.code, last.source.code]) : null,
      total,
      illustrative: await this.illustrative(),
    };
  }

  @Get('projects/:code/medium-term-plan')
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Query() { periodStart }: ProjectMediumTermQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectMediumTermDto> {
    const rows = await mediumTermPlanOf(this.db, actor, code, periodStart);
    void reply.header('etag', etagOf(rows));
    return this.view(periodStart, rows);
  }

  /** Sets all of the project's medium-term plan of a period; `If-Match` names the state that was seen. */
  @Put('projects/:code/medium-term-plan')
  @Needs('medium-term.record')
  async set(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Body() { lines, decisionNo, decisionDate, periodStart }: NewMediumTermPlanDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<ProjectMediumTermDto> {
    const instant = /^"(\d{1,15})"$/.exec(seen ?? '');
    if (!instant) throw refusal('if-match-missing');
    await setMediumTermPlan(
      this.db,
      actor,
      code,
      {
        periodStart,
        decisionNo: decisionNo ?? null,
        decisionDate: decisionDate ?? null,
        lines: lines.map(({ sourceCode, amountDong, allocatedBeforeDong }) => ({
          sourceCode,
          amount: BigInt(amountDong),
          allocatedBefore: BigInt(allocatedBeforeDong ?? 0),
        })),
      },
      Number(instant[1]),
    );
    const rows = await mediumTermPlanOf(this.db, actor, code, periodStart);
    void reply.header('etag', etagOf(rows));
    return this.view(periodStart, rows);
  }

  private async view(periodStart: number, rows: readonly MediumTermRow[]): Promise<ProjectMediumTermDto> {
    return {
      periodStart,
      periodEnd: periodStart + YEARS_AFTER_THE_FIRST,
      hasPlan: rows.some(({ updatedAt }) => updatedAt !== null),
      lines: rows.map(({ sourceCode, sourceName, amount, allocatedBefore, annual, excess, ...row }) => ({
        source: { code: sourceCode, name: sourceName },
        amountDong: dongToJson(amount),
        allocatedBeforeDong: dongToJson(allocatedBefore),
        decisionNo: row.decisionNo,
        decisionDate: row.decisionDate,
        annual: annual.map((year) => ({ year: year.year, amountDong: dongToJson(year.amount) })),
        excessDong: dongToJson(excess),
      })),
      illustrative: await this.illustrative(),
    };
  }

  private async illustrative(): Promise<boolean> {
    return (await instanceSetting(this.db)).illustrative;
  }
}

export function excessView({ mediumTerm, annual, excess, ...row }: MediumTermExcess): MediumTermExcessDto {
  return {
    ...row,
    mediumTermDong: dongToJson(mediumTerm),
    annualDong: dongToJson(annual),
    excessDong: dongToJson(excess),
  };
}

function etagOf(rows: readonly MediumTermRow[]): string {
  const set = rows.flatMap(({ updatedAt }) => (updatedAt ? [{ updatedAt }] : []));
  return `"${versionOf(set)}"`;
}
