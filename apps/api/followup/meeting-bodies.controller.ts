import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { addBody, addMember, endMember, listBodies } from '#libs/followup';
import type { Actor } from '#libs/kernel';
import { Acting, Needs } from '../shell/access.decorators.js';
import { MeetingBodiesDto, MembershipEndDto, NewMeetingBodyDto, NewMeetingMemberDto } from './meeting.dto.js';
import { rowId } from './row-id.js';

/** The bodies that meet and who is in them, from a day to a day. */
@ApiTags('followup')
@Controller('meeting-bodies')
export class MeetingBodiesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('meetings.read')
  async list(@Acting() actor: Actor): Promise<MeetingBodiesDto> {
    const bodies = await listBodies(this.db, actor);
    return {
      items: bodies.map(({ members, ...body }) => ({
        ...body,
        members: members.map(({ bodyId: _of, ...member }) => member),
      })),
    };
  }

  @Post()
  @Needs('meeting-bodies.edit')
  async add(@Acting() actor: Actor, @Body() { teamCode, ...body }: NewMeetingBodyDto): Promise<MeetingBodiesDto> {
    await addBody(this.db, actor, { ...body, teamCode: teamCode ?? null });
    return this.list(actor);
  }

  @Post(':id/members')
  @Needs('meeting-bodies.edit')
  async addMember(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() member: NewMeetingMemberDto,
  ): Promise<MeetingBodiesDto> {
    await addMember(this.db, actor, rowId(id, 'meeting-body-unknown', 'body'), member);
    return this.list(actor);
  }

  @Post(':id/members/:memberId/end')
  @Needs('meeting-bodies.edit')
  @HttpCode(200)
  async endMember(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Param('memberId') memberId: string,
    @Body() { validTo }: MembershipEndDto,
  ): Promise<MeetingBodiesDto> {
    const member = rowId(memberId, 'meeting-member-unknown', 'member');
    await endMember(this.db, actor, rowId(id, 'meeting-body-unknown', 'body'), member, validTo);
    return this.list(actor);
  }
}
