import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor } from '#libs/kernel';
import { listAdvances, listWarnings, type AdvanceFilter, type AdvanceRow, type WarningRow } from '#libs/ledger';
import { businessDate, instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor, numberOfCursor } from '../shell/cursor.js';
import { refusal } from '../shell/refusal.js';
import {
  AdvanceDto,
  AdvanceListDto,
  AdvanceQueryDto,
  DisbursementWarningDto,
  DisbursementWarningListDto,
  WarningQueryDto,
} from './advance.dto.js';

const ROWS = 50;

@ApiTags('ledger')
@Controller()
export class AdvancesController {
  constructor(private readonly db: DataSource) {}

  @Get('advances')
  @Needs('books.read')
  async advances(@Acting() actor: Actor, @Query() query: AdvanceQueryDto): Promise<AdvanceListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total, sum } = await listAdvances(this.db, actor, {
      on: await businessDate(this.db),
      unitCode: query.unit,
      projectCode: query.project,
      after: pairOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(advanceView),
      nextCursor:
        items.length > limit && last ? cursorAfter(JSON.stringify([last.projectCode, last.sourceCode])) : null,
      total,
      totalDong: dongToJson(sum),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  @Get('disbursement-warnings')
  @Needs('books.read')
  async warnings(@Acting() actor: Actor, @Query() query: WarningQueryDto): Promise<DisbursementWarningListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listWarnings(this.db, actor, {
      month: Month.parse(query.month),
      unitCode: query.unit,
      code: query.code,
      after: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      month: query.month,
      items: page.map(warningView),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

/** The last project and source that the caller has seen. */
function pairOfCursor(cursor: string | undefined): AdvanceFilter['after'] {
  const key = keyOfCursor(cursor);
  if (key === undefined) return undefined;
  const match = /^\["((?:[^"\\]|\\.)*)","((?:[^"\\]|\\.)*)"\]$/.exec(key);
  if (!match) throw refusal('cursor-unknown');
  const [projectCode, sourceCode] = JSON.parse(key) as [string, string];
  return { projectCode, sourceCode };
}

function advanceView(row: AdvanceRow): AdvanceDto {
  return {
    project: { code: row.projectCode, name: row.projectName },
    source: { code: row.sourceCode, name: row.sourceName },
    unit: row.unitCode === null ? null : { code: row.unitCode, name: row.unitName ?? row.unitCode },
    advancedDong: dongToJson(row.advanced),
    recoveredDong: dongToJson(row.recovered),
    balanceDong: dongToJson(row.balance),
    since: Month.of(row.since.planYear, row.since.month).toString(),
  };
}

function warningView(row: WarningRow): DisbursementWarningDto {
  const { id, code, entryId, kind, carriedOver, documentNo, reason, recordedBy } = row;
  return {
    id,
    code,
    foundDong: dongToJson(row.found),
    comparedWithDong: dongToJson(row.comparedWith),
    entryId,
    unit: { code: row.unitCode, name: row.unitName },
    project: { code: row.projectCode, name: row.projectName },
    source: { code: row.sourceCode, name: row.sourceName },
    kind,
    carriedOver,
    amountDong: dongToJson(row.amount),
    documentNo,
    reason,
    recordedAt: row.recordedAt.toISOString(),
    recordedBy,
  };
}
