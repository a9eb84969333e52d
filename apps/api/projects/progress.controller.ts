import { Body, Controller, Get, Headers, Param, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor, type Dong } from '#libs/kernel';
import { findProgress, recordProgress, type StandingProgress } from '#libs/projects';
import { Acting, Needs } from '../shell/access.decorators.js';
import { refusal } from '../shell/refusal.js';
import { ProgressDto, StandingProgressDto } from './progress.dto.js';

@ApiTags('projects')
@Controller('projects/:code/progress/:month')
export class ProgressController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Param('month') text: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StandingProgressDto> {
    const found = await findProgress(this.db, actor, Month.parse(text), code);
    void reply.header('etag', `"${found.version}"`);
    return progressView(found, code, text);
  }

  /** If-Match bears the version that was seen, "0" before the first. */
  @Put()
  @Needs('progress.record')
  async record(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Param('month') text: string,
    @Body() progress: ProgressDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<StandingProgressDto> {
    const version = /^"(\d{1,10})"$/.exec(seen ?? '');
    if (!version) throw refusal('if-match-missing');
    const amount = (dong: number | null | undefined): Dong | null => (dong == null ? null : BigInt(dong));
    const recorded = await recordProgress(
      this.db,
      actor,
      Month.parse(text),
      code,
      {
        volume: amount(progress.volumeDong),
        physicalPercent: progress.physicalPercent ?? null,
        implemented: amount(progress.implementedDong),
        implementedPlan: amount(progress.implementedPlanDong),
        done: progress.done ?? '',
        unfinished: progress.unfinished ?? '',
        nextSteps: progress.next ?? '',
      },
      Number(version[1]),
    );
    void reply.header('etag', `"${recorded.version}"`);
    return progressView(recorded, code, text);
  }
}

function progressView(found: StandingProgress, projectCode: string, month: string): StandingProgressDto {
  const amount = (dong: Dong | null): number | null => (dong === null ? null : dongToJson(dong));
  return {
    projectCode,
    month,
    version: found.version,
    volumeDong: amount(found.volume),
    physicalPercent: found.physicalPercent,
    implementedDong: amount(found.implemented),
    implementedPlanDong: amount(found.implementedPlan),
    done: found.done,
    unfinished: found.unfinished,
    next: found.nextSteps,
    recordedAt: found.recordedAt?.toISOString() ?? null,
    recordedBy: found.recordedBy,
  };
}
