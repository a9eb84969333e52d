import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor, type Dong } from '#libs/kernel';
import { keyProjects, type KeyProjectProgress } from '#libs/insight';
import { businessDate, instanceSetting } from '#libs/platform';
import { listProjects } from '#libs/projects';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor } from '../shell/cursor.js';
import {
  KeyProjectListDto,
  KeyProjectProgressDto,
  KeyProjectQueryDto,
  ProjectListDto,
  ProjectQueryDto,
} from './project.dto.js';

const ROWS = 100;

@ApiTags('projects')
@Controller()
export class ProjectsController {
  constructor(private readonly db: DataSource) {}

  @Get('projects')
  @Needs('books.read')
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
  @Needs('books.read')
  async keyList(@Acting() actor: Actor, @Query() query: KeyProjectQueryDto): Promise<KeyProjectListDto> {
    const month = query.month === undefined ? undefined : Month.parse(query.month);
    const {
      list,
      month: at,
      planBasis,
      items,
      unlisted,
      explainedCount,
      namedCount,
    } = await keyProjects(this.db, actor, query.year, month);
    return {
      year: query.year,
      month: at?.toString() ?? null,
      planBasis,
      illustrative: (await instanceSetting(this.db)).illustrative,
      declaredCount: list?.declaredCount ?? 0,
      explainedCount,
      namedCount,
      note: { vi: list?.noteVi ?? '', en: list?.noteEn ?? '' },
      items: items.map(({ totalInvestment, plan, disbursed, progress, bases, ...item }) => ({
        ...item,
        progress: progress && at ? progressView(progress, at.planYear) : null,
        named: item.projectCode !== null,
        totalInvestmentDong: jsonOrNull(totalInvestment),
        planDong: jsonOrNull(plan),
        disbursedDong: jsonOrNull(disbursed),
        bases: bases.map(({ plan: own, ...basis }) => ({ ...basis, planDong: dongToJson(own) })),
      })),
      unlisted,
    };
  }
}

function progressView(progress: KeyProjectProgress, planYear: number): KeyProjectProgressDto {
  const amounts = ({ volume, implemented, implementedPlan }: Pick<KeyProjectProgress, Amount>) => ({
    volumeDong: jsonOrNull(volume),
    implementedDong: jsonOrNull(implemented),
    implementedPlanDong: jsonOrNull(implementedPlan),
  });
  return {
    ...amounts(progress),
    rate: progress.rate,
    physicalPercent: progress.physicalPercent,
    leaves: progress.leaves.map(({ projectCode, projectName, month, ...leaf }) => ({
      ...amounts(leaf),
      project: { code: projectCode, name: projectName },
      month: month === null ? null : Month.of(planYear, month).toString(),
      physicalPercent: leaf.physicalPercent,
      done: leaf.done,
      unfinished: leaf.unfinished,
      next: leaf.next,
    })),
  };
}

type Amount = 'volume' | 'implemented' | 'implementedPlan';

function jsonOrNull(amount: Dong | null): number | null {
  return amount === null ? null : dongToJson(amount);
}
