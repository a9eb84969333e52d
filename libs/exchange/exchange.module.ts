import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '#libs/access';
import { LedgerModule } from '#libs/ledger';
import { ImportBatch, ImportFileChunk, ImportMapping, ImportRow } from './imports/index.js';

@Module({
  imports: [
    AccessModule,
    LedgerModule,
    TypeOrmModule.forFeature([ImportBatch, ImportFileChunk, ImportMapping, ImportRow]),
  ],
})
export class ExchangeModule {}
