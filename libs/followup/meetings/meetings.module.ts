import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerComposer } from '#libs/documents';
import { NoticesModule } from '#libs/notices';
import { DifficultiesModule } from '../difficulties/index.js';
import { MEETING_PAPERS, meetingComposer } from './meeting-paper.js';
import { Meeting, MeetingBody, MeetingDecision, MeetingItem, MeetingMember } from './meeting.entity.js';

@Module({
  imports: [
    DifficultiesModule,
    NoticesModule,
    TypeOrmModule.forFeature([MeetingBody, MeetingMember, Meeting, MeetingItem, MeetingDecision]),
  ],
})
export class MeetingsModule implements OnModuleInit {
  onModuleInit(): void {
    for (const paper of MEETING_PAPERS) registerComposer(paper, meetingComposer(paper));
  }
}
