import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FilesModule } from '#libs/files';
import { LedgerModule } from '#libs/ledger';
import { NoticesModule } from '#libs/notices';
import { Answer, AnswerFile } from './answer.entity.js';

@Module({ imports: [FilesModule, LedgerModule, NoticesModule, TypeOrmModule.forFeature([Answer, AnswerFile])] })
export class AnswersModule {}
