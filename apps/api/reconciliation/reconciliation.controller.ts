import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DomainError, maySeeUnit, Month, parseDong, type Actor } from '#libs/kernel';
import { listPlanYears, ReportingMonth, type LedgerErrorCode } from '#libs/ledger';
import { FundingSource } from '#libs/organisation';
import { CONFIG, instanceSetting, type Config } from '#libs/platform';
import {
  acceptDifference,
  correctDifference,
  importStatement,
  listDifferences,
  listReconciliations,
  reconciliationHistory,
  reconciliationState,
  signOffMonth,
  withdrawSignOff,
  type CellFilter,
  type Difference,
} from '#libs/reconciliation';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor } from '../shell/cursor.js';
import { refusal } from '../shell/refusal.js';
import { differenceView, historyView, seenOf, signOffView, statementView, stateView } from './reconciliation-view.js';
import {
  CorrectedDto,
  DifferenceListDto,
  DifferenceQueryDto,
  ImportedStatementDto,
  NewCorrectionDto,
  NewTreasuryStatementDto,
  ReconciliationDto,
  ReconciliationHistoryDto,
  ReconciliationListDto,
  ReconciliationYearQueryDto,
  SeenDifferenceDto,
  WithdrawalDto,
} from './reconciliation.dto.js';

const ROWS = 50;

@ApiTags('reconciliation')
@Controller()
export class ReconciliationController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('treasury-statements')
  @Needs('treasury.import')
  async import(@Acting() actor: Actor, @Body() statement: NewTreasuryStatementDto): Promise<ImportedStatementDto> {
    const imported = await importStatement(this.db, actor, Month.parse(statement.month), {
      asOf: statement.asOf,
      documentNo: statement.documentNo ?? null,
      lines: statement.lines.map((line) => ({
        nationalCode: line.nationalCode,
        unitCode: line.unitCode ?? null,
        projectName: line.projectName ?? '',
        sourceCode: line.sourceCode,
        carriedOver: line.carriedOver ?? false,
        amount: BigInt(line.amountDong),
        advance: BigInt(line.advanceDong ?? 0),
        advanceRecovered: BigInt(line.advanceRecoveredDong ?? 0),
      })),
    });
    const { id, version } = imported.statement;
    return { id, month: statement.month, version, outcome: imported.outcome, reportedUnits: imported.reportedUnits };
  }

  @Get('reconciliations')
  @Needs('books.read')
  async months(@Query() query: ReconciliationYearQueryDto): Promise<ReconciliationListDto> {
    const planYears = await listPlanYears(this.db);
    const planYear = query.planYear ?? planYears.at(-1);
    if (planYear === undefined) return { planYear: 0, planYears, items: [] };
    const months = await listReconciliations(this.db, planYear);
    return {
      planYear,
      planYears,
      items: months.map(({ month, monthState, statement, signOff }) => ({
        month: month.toString(),
        number: month.number,
        monthState,
        statement: statementView(statement),
        signOff: signOffView(signOff),
      })),
    };
  }

  @Get('reconciliations/:month')
  @Needs('books.read')
  async find(@Acting() actor: Actor, @Param('month') text: string): Promise<ReconciliationDto> {
    const month = Month.parse(text);
    const monthState = await this.stateOf(month);
    const { illustrative } = await instanceSetting(this.db);
    return stateView(month, monthState, await reconciliationState(this.db, month, actor), illustrative);
  }

  @Get('reconciliations/:month/differences')
  @Needs('books.read')
  async differences(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Query() query: DifferenceQueryDto,
  ): Promise<DifferenceListDto> {
    const month = Month.parse(text);
    await this.stateOf(month);
    const limit = query.limit ?? ROWS;
    const show = query.show ?? 'all';
    const reader = query.unit === undefined ? actor : narrowed(actor, query.unit);
    const state = await reconciliationState(this.db, month, reader);
    // Without a statement nothing is compared: the whole books would differ from nothing.
    if (!state.statement) return { items: [], nextCursor: null, total: 0 };
    const filter: CellFilter = { show, limit: limit + 1 };
    const after = placeOf(query.cursor);
    if (after) filter.after = after;
    const found = await listDifferences(this.db, reader, month, filter);
    const page = found.slice(0, limit);
    const sources = await this.db.manager.find(FundingSource);
    const names = new Map(sources.map(({ code, name }) => [code, name]));
    const unresolved = show === 'resolved' ? 0 : state.open;
    const resolved = show === 'unresolved' ? 0 : state.accepted + state.corrected;
    return {
      items: page.map((row) => differenceView(row, month, names)),
      nextCursor: found.length > limit ? cursorAfter(cursorOf(page.at(-1))) : null,
      total: unresolved + resolved,
    };
  }

  @Get('reconciliations/:month/history')
  @Needs('books.read')
  async history(@Acting() actor: Actor, @Param('month') text: string): Promise<ReconciliationHistoryDto> {
    const month = Month.parse(text);
    await this.stateOf(month);
    return historyView(await reconciliationHistory(this.db, actor, month), month, actor);
  }

  @Post('reconciliations/:month/notes')
  @Needs('reconciliation.answer')
  @HttpCode(200)
  async accept(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Body() seen: SeenDifferenceDto,
  ): Promise<ReconciliationDto> {
    const { cause, note } = seen;
    await acceptDifference(this.db, actor, Month.parse(text), seenOf(seen), { cause, note });
    return this.find(actor, text);
  }

  @Post('reconciliations/:month/corrections')
  @Needs('reconciliation.correct')
  async correct(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Body() correction: NewCorrectionDto,
  ): Promise<CorrectedDto> {
    const { cause, note, entryMonth, amountDong, withCounterpart } = correction;
    const ids = await correctDifference(
      this.db,
      actor,
      Month.parse(text),
      seenOf(correction),
      {
        cause,
        note,
        entryMonth: Month.parse(entryMonth),
        amount: amountDong === undefined ? null : BigInt(amountDong),
        withCounterpart: withCounterpart ?? false,
      },
      this.config,
    );
    return { ids };
  }

  @Post('reconciliations/:month/sign-off')
  @Needs('reconciliation.sign')
  @HttpCode(200)
  async signOff(@Acting() actor: Actor, @Param('month') text: string): Promise<ReconciliationDto> {
    await signOffMonth(this.db, actor, Month.parse(text));
    return this.find(actor, text);
  }

  @Post('reconciliations/:month/sign-off/withdrawal')
  @Needs('reconciliation.sign')
  @HttpCode(200)
  async withdraw(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Body() { reason }: WithdrawalDto,
  ): Promise<ReconciliationDto> {
    await withdrawSignOff(this.db, actor, Month.parse(text), reason);
    return this.find(actor, text);
  }

  private async stateOf(month: Month): Promise<string> {
    const key = { planYear: month.planYear, month: month.number };
    const found = await this.db.manager.findOneBy(ReportingMonth, key);
    if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', { month: month.toString() });
    return found.state;
  }
}

/** The same reader, of one unit: none of its rows where that is not the reader's. */
function narrowed(actor: Actor, unitCode: string): Actor {
  return { ...actor, units: maySeeUnit(actor, unitCode) ? [unitCode] : [] };
}

/** The list's order, largest first, is the cursor's: distance, project, source, series. */
function cursorOf(row: Difference | undefined): string | undefined {
  if (!row) return undefined;
  const difference = row.books - row.treasury;
  const distance = difference < 0n ? -difference : difference;
  return JSON.stringify([distance.toString(), row.project, row.sourceCode, row.carriedOver]);
}

function placeOf(cursor: string | undefined): CellFilter['after'] {
  const key = keyOfCursor(cursor);
  if (key === undefined) return undefined;
  let place: unknown;
  try {
    place = JSON.parse(key);
  } catch {
    throw refusal('cursor-unknown');
  }
  const [text, project, sourceCode, carriedOver] = Array.isArray(place) ? (place as unknown[]) : [];
  const distance = typeof text === 'string' ? parseDong(text) : undefined;
  if (
    distance === undefined ||
    typeof project !== 'string' ||
    typeof sourceCode !== 'string' ||
    typeof carriedOver !== 'boolean'
  )
    throw refusal('cursor-unknown');
  return { distance, project, sourceCode, carriedOver };
}
