import { Controller, Get, Logger, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { Month } from '#libs/kernel';
import { dueEvaluations } from '#libs/monitoring';
import { outboxBacklog, pendingMigrations } from '#libs/platform';
import { AllowEveryone } from './access.decorators.js';
import { LiveDto, ReadyDto } from './health.dto.js';

const GRACE_SECONDS = 60;

@ApiTags('health')
@Controller('health')
@AllowEveryone()
export class HealthController {
  private readonly log = new Logger(HealthController.name);

  constructor(private readonly db: DataSource) {}

  @Get('live')
  live(): LiveDto {
    return { status: 'live' };
  }

  /**
   * 503 while the database is away or a migration is pending: then this process can do nothing. What the workers have
   * not done yet is told and changes nothing: every api would otherwise leave service at once for a slow worker.
   */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyDto> {
    const answer = await this.look().catch((error: unknown): ReadyDto => {
      this.log.warn(`the database does not answer: ${String(error)}`);
      return {
        status: 'not-ready',
        database: false,
        pendingMigrations: 0,
        outboxWaiting: 0,
        outboxOldestSeconds: 0,
        overdueEvaluations: [],
      };
    });
    if (answer.status !== 'ready') void reply.status(503);
    return answer;
  }

  private async look(): Promise<ReadyDto> {
    const migrations = await pendingMigrations(this.db);
    if (migrations > 0)
      return {
        status: 'not-ready',
        database: true,
        pendingMigrations: migrations,
        outboxWaiting: 0,
        outboxOldestSeconds: 0,
        overdueEvaluations: [],
      };
    const { waiting, oldestSeconds } = await outboxBacklog(this.db);
    const overdue = await dueEvaluations(this.db, GRACE_SECONDS);
    return {
      status: 'ready',
      database: true,
      pendingMigrations: 0,
      outboxWaiting: waiting,
      outboxOldestSeconds: oldestSeconds,
      overdueEvaluations: overdue.map(({ planYear, month }) => Month.of(planYear, month).toString()),
    };
  }
}
