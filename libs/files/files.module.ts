import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StoredFile, UploadedFile } from './stored-file.entity.js';

@Module({ imports: [TypeOrmModule.forFeature([StoredFile, UploadedFile])] })
export class FilesModule {}
