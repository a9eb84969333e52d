import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Account, AccountScope, ApiToken, Session } from './account.entity.js';

@Module({ imports: [TypeOrmModule.forFeature([Account, AccountScope, Session, ApiToken])] })
export class AccessModule {}
