import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { NoticesModule } from '#libs/notices';
import { DifficultiesModule } from '../difficulties/index.js';
import { Meeting, MeetingBody, MeetingDecision, MeetingItem, MeetingMember } from './meeting.entity.js';

@Module({
  imports: [
    DifficultiesModule,
    NoticesModule,
    TypeOrmModule.forFeature([MeetingBody, MeetingMember, Meeting, MeetingItem, MeetingDecision]),
  ],
})
export class MeetingsModule {}
