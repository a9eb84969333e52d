import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DomainError, dongToJson, type Actor } from '#libs/kernel';
import {
  findDecision,
  listDecisions,
  recordAllocationDecision,
  unassignedCapital,
  type CapitalErrorCode,
  type DecisionRow,
  type UnassignedKey,
  type UnassignedRow,
} from '#libs/ledger';
import { businessDate, CONFIG, instanceSetting, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfterKey, keyOfKeyCursor } from '../shell/key-cursor.js';
import {
  AllocationDecisionDto,
  DecisionDetailDto,
  DecisionListDto,
  DecisionQueryDto,
  NewAllocationDecisionDto,
  UnassignedListDto,
  UnassignedQueryDto,
  type DecisionRowDto,
  type UnassignedCapitalDto,
} from './decision.dto.js';
import { excessView } from './medium-term.controller.js';

const ROWS = 50;

@ApiTags('ledger')
@Controller()
export class DecisionsController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('allocation-decisions')
  @Needs('decisions.record')
  async decide(@Acting() actor: Actor, @Body() decision: NewAllocationDecisionDto): Promise<AllocationDecisionDto> {
    const booked = await recordAllocationDecision(this.db, actor, {
      ...decision,
      effectiveDate: decision.effectiveDate ?? decision.decisionDate,
      note: decision.note ?? '',
      totals: (decision.totals ?? []).map(({ amountDong, ...total }) => ({
        ...total,
        amount: BigInt(amountDong),
        carriedOver: total.carriedOver ?? false,
      })),
      lines: decision.lines.map(({ amountDong, ...line }) => ({
        ...line,
        amount: BigInt(amountDong),
        carriedOver: line.carriedOver ?? false,
        projectCode: line.projectCode ?? null,
      })),
    });
    const { id, planYear, number, decisionDate, effectiveDate, detailsDecisionId, mediumTermExcess } = booked;
    return {
      id,
      planYear,
      number,
      decisionDate,
      effectiveDate,
      detailsDecisionId,
      mediumTermExcess: mediumTermExcess.map(excessView),
    };
  }

  @Get('allocation-decisions')
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: DecisionQueryDto): Promise<DecisionListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listDecisions(this.db, actor, {
      planYear: query.planYear,
      after: keyOfKeyCursor(query.cursor, ['text', 'number']),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(decisionView),
      nextCursor: items.length > limit ? cursorAfterKey(last && [last.effectiveDate, last.id]) : null,
      total,
      illustrative: await this.illustrative(),
    };
  }

  @Get('allocation-decisions/:id')
  @Needs('books.read')
  async find(@Acting() actor: Actor, @Param('id') text: string): Promise<DecisionDetailDto> {
    const id = /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : undefined;
    if (id === undefined) throw new DomainError<CapitalErrorCode>('decision-unknown', { decision: text });
    const { detailedBy, ...decision } = await findDecision(this.db, actor, id);
    const { items } = await unassignedCapital(this.db, actor, {
      planYear: decision.planYear,
      decisionId: id,
      on: await businessDate(this.db),
      deadlineDays: this.config.assignmentDeadline,
      limit: 1000,
    });
    return {
      ...decisionView(decision),
      detailedBy,
      unassigned: items.map(unassignedView),
      illustrative: await this.illustrative(),
    };
  }

  /** Capital not yet assigned in detail, oldest first: the check on giao vốn. */
  @Get('unassigned-capital')
  @Needs('books.read')
  async unassigned(@Acting() actor: Actor, @Query() query: UnassignedQueryDto): Promise<UnassignedListDto> {
    const limit = query.limit ?? ROWS;
    const on = await businessDate(this.db);
    const deadlineDays = this.config.assignmentDeadline;
    const { items, total, sums } = await unassignedCapital(this.db, actor, {
      planYear: query.planYear,
      on,
      deadlineDays,
      after: keyOfKeyCursor<UnassignedKey>(query.cursor, ['text', 'number', 'text', 'text', 'flag', 'text']),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      on,
      deadlineDays,
      items: page.map(unassignedView),
      nextCursor: items.length > limit ? cursorAfterKey(last && keyOf(last)) : null,
      total,
      sums: sums.map(({ amount, ...sum }) => ({ ...sum, amountDong: dongToJson(amount) })),
      illustrative: await this.illustrative(),
    };
  }

  private async illustrative(): Promise<boolean> {
    return (await instanceSetting(this.db)).illustrative;
  }
}

function decisionView({ amounts, recordedAt, ...decision }: DecisionRow): DecisionRowDto {
  return {
    ...decision,
    recordedAt: recordedAt.toISOString(),
    amounts: amounts.map(({ total, lines, toProjects, unassigned, ...amount }) => ({
      ...amount,
      totalDong: dongToJson(total),
      linesDong: dongToJson(lines),
      toProjectsDong: dongToJson(toProjects),
      unassignedDong: dongToJson(unassigned),
    })),
  };
}

function unassignedView({ amount, ...row }: UnassignedRow): UnassignedCapitalDto {
  return { ...row, amountDong: dongToJson(amount) };
}

function keyOf({ decision, source, basis, carriedOver, holder }: UnassignedRow): UnassignedKey {
  return [decision.date, decision.id, source.code, basis, carriedOver, holder?.code ?? ''];
}
