import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessModule } from '#libs/access';
import { ExchangeModule } from '#libs/exchange';
import { DifficultiesModule, MeetingsModule } from '#libs/followup';
import { DatabaseModule } from '#libs/platform';
import { ReconciliationModule } from '#libs/reconciliation';
import { AccessController } from './access/access.controller.js';
import { OwnSecurityController } from './access/own-security.controller.js';
import { SignInController } from './access/sign-in.controller.js';
import { SingleSignOnController } from './access/single-sign-on.controller.js';
import { AuditController } from './audit/audit.controller.js';
import { AccountRequestsController } from './access/account-requests.controller.js';
import { AccountsController } from './access/accounts.controller.js';
import { TokensController } from './access/tokens.controller.js';
import { ImportsController } from './exchange/imports.controller.js';
import { ExportsController } from './exchange/exports.controller.js';
import { ClosingModule } from '#libs/closing';
import { CalendarController } from './calendar/calendar.controller.js';
import { ClosingController } from './closing/closing.controller.js';
import { InsightController } from './insight/insight.controller.js';
import { DifficultiesController } from './followup/difficulties.controller.js';
import { CasesController } from './followup/cases.controller.js';
import { MeetingBodiesController } from './followup/meeting-bodies.controller.js';
import { MeetingsController } from './followup/meetings.controller.js';
import { AdvancesController } from './ledger/advances.controller.js';
import { BooksController } from './ledger/books.controller.js';
import { GridController } from './ledger/grid.controller.js';
import { DecisionsController } from './ledger/decisions.controller.js';
import { MediumTermController } from './ledger/medium-term.controller.js';
import { MonthsController } from './ledger/months.controller.js';
import { PlansController } from './ledger/plans.controller.js';
import { EvaluationsController } from './monitoring/evaluations.controller.js';
import { NoticesController } from './notices/notices.controller.js';
import { ReorganisationsController } from './organisation/reorganisations.controller.js';
import { UnitHistoryController } from './organisation/unit-history.controller.js';
import { UnitsController } from './organisation/units.controller.js';
import { ProgressController } from './projects/progress.controller.js';
import { FundingSourcesController } from './organisation/funding-sources.controller.js';
import { ProjectDetailController } from './projects/project-detail.controller.js';
import { ProjectsController } from './projects/projects.controller.js';
import { SiteClearanceController } from './projects/site-clearance.controller.js';
import { ReconciliationController } from './reconciliation/reconciliation.controller.js';
import { PoliciesController } from './monitoring/policies.controller.js';
import { TeamsController } from './organisation/teams.controller.js';
import { AccessGuard } from './shell/access.guard.js';
import { HealthController } from './shell/health.controller.js';
import { IdempotencyInterceptor } from './shell/idempotency.interceptor.js';
import { RateLimits } from './shell/rate-limits.js';
import { ProblemFilter } from './shell/problem.filter.js';

@Module({
  imports: [
    DatabaseModule,
    AccessModule,
    ClosingModule,
    ReconciliationModule,
    ExchangeModule,
    DifficultiesModule,
    MeetingsModule,
  ],
  controllers: [
    AccessController,
    SignInController,
    OwnSecurityController,
    SingleSignOnController,
    AuditController,
    AccountsController,
    AccountRequestsController,
    TokensController,
    UnitsController,
    UnitHistoryController,
    TeamsController,
    PoliciesController,
    ReorganisationsController,
    FundingSourcesController,
    ProjectsController,
    ProgressController,
    SiteClearanceController,
    MonthsController,
    ClosingController,
    CalendarController,
    BooksController,
    AdvancesController,
    GridController,
    DecisionsController,
    PlansController,
    MediumTermController,
    ProjectDetailController,
    EvaluationsController,
    InsightController,
    DifficultiesController,
    CasesController,
    MeetingBodiesController,
    MeetingsController,
    ExportsController,
    NoticesController,
    ImportsController,
    ReconciliationController,
    HealthController,
  ],
  providers: [
    RateLimits,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
})
export class ApiModule {}
