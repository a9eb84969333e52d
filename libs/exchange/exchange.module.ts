import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '#libs/access';
import { ReconciliationModule } from '#libs/reconciliation';
import { ImportBatch, ImportFileChunk, ImportMapping, ImportRow } from './imports/index.js';

@Module({
  imports: [
    AccessModule,
    ReconciliationModule,
    TypeOrmModule.forFeature([ImportBatch, ImportFileChunk, ImportMapping, ImportRow]),
  ],
})
export class ExchangeModule {}
