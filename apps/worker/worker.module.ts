import { Module } from '@nestjs/common';
import { AccessModule } from '#libs/access';
import { AuditModule } from '#libs/audit';
import { LedgerModule } from '#libs/ledger';
import { MonitoringModule } from '#libs/monitoring';
import { NoticesModule } from '#libs/notices';
import { OrganisationModule } from '#libs/organisation';
import { DatabaseModule, PlatformModule, QueueModule } from '#libs/platform';
import { ProjectsModule } from '#libs/projects';
import { MonitoringProcessor } from './monitoring.processor.js';
import { MonthlyScheduler } from './monthly-scheduler.js';
import { NoticesProcessor } from './notices.processor.js';
import { OutboxRelay } from './outbox-relay.js';

@Module({
  imports: [
    DatabaseModule,
    QueueModule,
    PlatformModule,
    AuditModule,
    AccessModule,
    OrganisationModule,
    ProjectsModule,
    LedgerModule,
    MonitoringModule,
    NoticesModule,
  ],
  providers: [MonitoringProcessor, NoticesProcessor, OutboxRelay, MonthlyScheduler],
})
export class WorkerModule {}
