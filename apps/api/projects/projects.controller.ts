import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor, type Dong } from '#libs/kernel';
import { keyProjects } from '#libs/insight';
import { businessDate, instanceSetting } from '#libs/platform';
import { listProjects } from '#libs/projects';
import { Acting, AllowSignedIn } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor } from '../shell/cursor.js';
import { KeyProjectListDto, KeyProjectQueryDto, ProjectListDto, ProjectQueryDto } from './project.dto.js';

const ROWS = 100;

@ApiTags('projects')
@Controller()
export class ProjectsController {
  constructor(private readonly db: DataSource) {}

  @Get('projects')
  @AllowSignedIn()
  async list(@Acting() actor: Actor, @Query() query: ProjectQueryDto): Promise<ProjectListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listProjects(this.db, actor, {
      on: await businessDate(this.db),
      unitCode: query.unit,
      after: keyOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(({ unitCode, unitName, totalInvestment, sourceNote: _note, ...project }) => ({
        ...project,
        unit: unitCode === null ? null : { code: unitCode, name: unitName ?? unitCode },
        totalInvestmentDong: jsonOrNull(totalInvestment),
      })),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.code) : null,
      total,
    };
  }

  @Get('key-projects')
  @AllowSignedIn()
  async keyList(@Acting() actor: Actor, @Query() query: KeyProjectQueryDto): Promise<KeyProjectListDto> {
    const month = query.month === undefined ? undefined : Month.parse(query.month);
    const {
      list,
      month: at,
      items,
      unlisted,
      explainedCount,
      namedCount,
    } = await keyProjects(this.db, actor, query.year, month);
    return {
      year: query.year,
      month: at?.toString() ?? null,
      illustrative: (await instanceSetting(this.db)).illustrative,
      declaredCount: list?.declaredCount ?? 0,
      explainedCount,
      namedCount,
      note: { vi: list?.noteVi ?? '', en: list?.noteEn ?? '' },
      items: items.map(({ totalInvestment, plan, disbursed, ...item }) => ({
        ...item,
        named: item.projectCode !== null,
        totalInvestmentDong: jsonOrNull(totalInvestment),
        planDong: jsonOrNull(plan),
        disbursedDong: jsonOrNull(disbursed),
      })),
      unlisted,
    };
  }
}

function jsonOrNull(amount: Dong | null): number | null {
  return amount === null ? null : dongToJson(amount);
}
