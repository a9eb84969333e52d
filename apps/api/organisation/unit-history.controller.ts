import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Month, type Actor } from '#libs/kernel';
import { predecessorsOf, type LastRun, type Predecessor } from '#libs/monitoring';
import { unitHistory } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import type { PredecessorDto, UnitHistoryDto } from './unit-history.dto.js';

@ApiTags('organisation')
@Controller('units')
export class UnitHistoryController {
  constructor(private readonly db: DataSource) {}

  @Get(':code/history')
  @Needs('books.read')
  async history(@Acting() actor: Actor, @Param('code') code: string): Promise<UnitHistoryDto> {
    const { predecessors, successors } = await unitHistory(this.db, actor, code);
    const today = await businessDate(this.db);
    // A predecessor that ends later than today is announced already.
    const last = [today, ...predecessors.map(({ effectiveDate }) => effectiveDate)].sort().at(-1) ?? today;
    const runs = await predecessorsOf(this.db, [code], { planYear: Number(last.slice(0, 4)), end: last });
    const runOf = new Map((runs.get(code) ?? []).map((run) => [run.code, predecessorView(run)]));
    return {
      predecessors: predecessors.map((relation) => ({
        ...relation,
        lastStreak: runOf.get(relation.code)?.lastStreak ?? null,
        lastMonth: runOf.get(relation.code)?.lastMonth ?? null,
      })),
      successors,
    };
  }
}

export function predecessorView({ code, name, lastRun }: Predecessor): PredecessorDto {
  return { code, name, ...runView(lastRun) };
}

export function runView(run: LastRun | null): { lastStreak: number | null; lastMonth: string | null } {
  return { lastStreak: run?.streak ?? null, lastMonth: run && Month.of(run.planYear, run.month).toString() };
}
