import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor } from '#libs/kernel';
import {
  listAllocationLines,
  listDisbursements,
  recordDisbursements,
  type AllocationLineRow,
  type DisbursementRow,
  type LedgerFilter,
} from '#libs/ledger';
import { CONFIG, instanceSetting, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import {
  AllocationLineDto,
  AllocationLineListDto,
  AllocationQueryDto,
  BooksQueryDto,
  DisbursementDto,
  DisbursementListDto,
  NewDisbursementsDto,
  RecordedDto,
} from './books.dto.js';

const ROWS = 50;

@ApiTags('ledger')
@Controller()
export class BooksController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('disbursements')
  @Needs('books.read')
  async disbursements(@Acting() actor: Actor, @Query() query: BooksQueryDto): Promise<DisbursementListDto> {
    const filter = filterOf(query);
    const { items, total, sum } = await listDisbursements(this.db, actor, { ...filter, limit: filter.limit + 1 });
    const page = items.slice(0, filter.limit);
    return {
      items: page.map((row) => entryView(row, query.planYear)),
      nextCursor: items.length > filter.limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      totalDong: dongToJson(sum),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  @Post('disbursements')
  @Needs('disbursements.record')
  async record(@Acting() actor: Actor, @Body() { month, entries }: NewDisbursementsDto): Promise<RecordedDto> {
    const booked = await recordDisbursements(
      this.db,
      actor,
      Month.parse(month),
      entries.map(({ amountDong, ...entry }) => ({
        ...entry,
        amount: BigInt(amountDong),
        carriedOver: entry.carriedOver ?? false,
        documentNo: entry.documentNo ?? null,
        documentDate: entry.documentDate ?? null,
        reason: entry.reason ?? null,
        corrects: entry.corrects ?? null,
      })),
      'refuse',
      this.config,
    );
    return { ids: booked.map(({ id }) => id) };
  }

  @Get('allocation-lines')
  @Needs('books.read')
  async lines(@Acting() actor: Actor, @Query() query: AllocationQueryDto): Promise<AllocationLineListDto> {
    const filter = filterOf(query);
    const { items, total, sum } = await listAllocationLines(this.db, actor, {
      ...filter,
      basis: query.basis,
      decisionId: query.decision,
      limit: filter.limit + 1,
    });
    const page = items.slice(0, filter.limit);
    return {
      items: page.map(lineView),
      nextCursor: items.length > filter.limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      totalDong: dongToJson(sum),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

function filterOf(query: BooksQueryDto): LedgerFilter {
  return {
    planYear: query.planYear,
    month: query.month,
    throughMonth: query.throughMonth,
    unitCode: query.unit,
    projectCode: query.project,
    after: numberOfCursor(query.cursor),
    limit: query.limit ?? ROWS,
  };
}

function entryView(row: DisbursementRow, planYear: number): DisbursementDto {
  const { unitCode, unitName, projectCode, projectName, sourceCode, sourceName, amount, recordedAt, ...rest } = row;
  return {
    ...rest,
    planYear,
    unit: { code: unitCode, name: unitName },
    project: { code: projectCode, name: projectName },
    source: { code: sourceCode, name: sourceName },
    amountDong: dongToJson(amount),
    recordedAt: recordedAt.toISOString(),
  };
}

function lineView(row: AllocationLineRow): AllocationLineDto {
  const { unitCode, unitName, projectCode, projectName, sourceCode, sourceName, amount, ...rest } = row;
  return {
    ...rest,
    unit: { code: unitCode, name: unitName },
    project: projectCode === null ? null : { code: projectCode, name: projectName ?? projectCode },
    source: { code: sourceCode, name: sourceName },
    amountDong: dongToJson(amount),
  };
}
