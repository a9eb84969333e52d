import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerDraftRemarks } from '#libs/documents';
import { FilesModule } from '#libs/files';
import { LedgerModule } from '#libs/ledger';
import { NoticesModule } from '#libs/notices';
import { Answer, AnswerFile } from './answer.entity.js';
import { objectionRemarks } from './objection-remarks.js';

@Module({ imports: [FilesModule, LedgerModule, NoticesModule, TypeOrmModule.forFeature([Answer, AnswerFile])] })
export class AnswersModule implements OnModuleInit {
  onModuleInit(): void {
    registerDraftRemarks(objectionRemarks);
  }
}
