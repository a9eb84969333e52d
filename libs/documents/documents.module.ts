import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FilesModule } from '#libs/files';
import { NoticesModule } from '#libs/notices';
import { DocumentFile, DocumentTemplateVersion, DocumentVersion, KeptDocument } from './kept/document.entity.js';

@Module({
  imports: [
    FilesModule,
    NoticesModule,
    TypeOrmModule.forFeature([KeptDocument, DocumentFile, DocumentTemplateVersion, DocumentVersion]),
  ],
})
export class DocumentsModule {}
