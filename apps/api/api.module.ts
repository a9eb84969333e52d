import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessModule } from '#libs/access';
import { ExchangeModule } from '#libs/exchange';
import { NoticesModule } from '#libs/notices';
import { DatabaseModule } from '#libs/platform';
import { AccessController } from './access/access.controller.js';
import { ImportsController } from './exchange/imports.controller.js';
import { InsightController } from './insight/insight.controller.js';
import { BooksController } from './ledger/books.controller.js';
import { MonthsController } from './ledger/months.controller.js';
import { EvaluationsController } from './monitoring/evaluations.controller.js';
import { NoticesController } from './notices/notices.controller.js';
import { UnitsController } from './organisation/units.controller.js';
import { ProjectsController } from './projects/projects.controller.js';
import { AccessGuard } from './shell/access.guard.js';
import { HealthController } from './shell/health.controller.js';
import { IdempotencyInterceptor } from './shell/idempotency.interceptor.js';
import { ProblemFilter } from './shell/problem.filter.js';

@Module({
  imports: [DatabaseModule, AccessModule, NoticesModule, ExchangeModule],
  controllers: [
    AccessController,
    UnitsController,
    ProjectsController,
    MonthsController,
    BooksController,
    EvaluationsController,
    InsightController,
    NoticesController,
    ImportsController,
    HealthController,
  ],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class ApiModule {}
