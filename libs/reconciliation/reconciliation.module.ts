import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LedgerModule } from '#libs/ledger';
import { ReconciliationFigure } from './figure.entity.js';
import { ReconciliationEntry, ReconciliationResolution } from './resolution.entity.js';
import { ReconciliationSignOff } from './sign-off.entity.js';
import { TreasuryLine, TreasuryStatement } from './treasury-statement.entity.js';

@Module({
  imports: [
    LedgerModule,
    TypeOrmModule.forFeature([
      TreasuryStatement,
      TreasuryLine,
      ReconciliationResolution,
      ReconciliationEntry,
      ReconciliationFigure,
      ReconciliationSignOff,
    ]),
  ],
})
export class ReconciliationModule {}
