import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NoticesModule } from '#libs/notices';
import { DocumentFile, DocumentTemplateVersion, KeptDocument } from './kept/document.entity.js';

@Module({
  imports: [NoticesModule, TypeOrmModule.forFeature([KeptDocument, DocumentFile, DocumentTemplateVersion])],
})
export class DocumentsModule {}
