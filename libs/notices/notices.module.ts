import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Notice, NoticeLine } from './notice.entity.js';

@Module({ imports: [TypeOrmModule.forFeature([Notice, NoticeLine])] })
export class NoticesModule {}
