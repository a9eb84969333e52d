import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { renderDocx, renderPdf } from '#libs/documents';
import {
  callMeeting,
  candidatesOf,
  closeMeeting,
  decideInMeeting,
  decisionsAbout,
  endDecision,
  findMeeting,
  fixAgenda,
  listDecisions,
  listMeetings,
  meetingPaper,
  setAgenda,
  type ChosenItem,
  type MeetingPaper,
} from '#libs/followup';
import type { Actor } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { findProject } from '#libs/projects';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor, numberOfCursor } from '../shell/cursor.js';
import { refusal } from '../shell/refusal.js';
import { decisionView, meetingView } from './meeting-view.js';
import {
  AgendaDto,
  CandidatesDto,
  DecisionOutcomeDto,
  DecisionQueryDto,
  DecisionsAboutDto,
  MeetingCloseDto,
  MeetingDecisionListDto,
  MeetingDetailDto,
  MeetingListDto,
  MeetingQueryDto,
  NewMeetingDecisionDto,
  NewMeetingDto,
} from './meeting.dto.js';
import { rowId } from './row-id.js';

const ROWS = 50;
const MOST_ABOUT = 100;
const meetingId = (text: string): number => rowId(text, 'meeting-unknown', 'meeting');

const FILES = ['agenda.pdf', 'agenda.docx', 'minutes.pdf', 'minutes.docx'] as const;
const MEDIA = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};
const NAMES: Record<MeetingPaper, string> = { agenda: 'chuong-trinh-hop', minutes: 'bien-ban-hop' };

@ApiTags('followup')
@Controller()
export class MeetingsController {
  constructor(private readonly db: DataSource) {}

  @Get('meetings')
  @Needs('meetings.read')
  async list(@Acting() actor: Actor, @Query() query: MeetingQueryDto): Promise<MeetingListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listMeetings(this.db, actor, {
      bodyId: query.body,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(meetingView),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      illustrative: await this.illustrative(),
    };
  }

  @Post('meetings')
  @Needs('meetings.prepare')
  async call(
    @Acting() actor: Actor,
    @Body() meeting: NewMeetingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingDetailDto> {
    return this.view(actor, await callMeeting(this.db, actor, meeting), reply);
  }

  @Get('meetings/:id')
  @Needs('meetings.read')
  async find(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingDetailDto> {
    return this.view(actor, meetingId(id), reply);
  }

  /** What the meeting could talk about, as it stands now. */
  @Get('meetings/:id/candidates')
  @Needs('meetings.prepare')
  async candidates(@Acting() actor: Actor, @Param('id') id: string): Promise<CandidatesDto> {
    return { items: await candidatesOf(this.db, actor, meetingId(id)) };
  }

  /** The whole agenda in its order; undone decisions of the body stand first whether they are named or not. */
  @Put('meetings/:id/agenda')
  @Needs('meetings.prepare')
  async setAgenda(
    @Acting() actor: Actor,
    @Param('id') text: string,
    @Body() { items }: AgendaDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<MeetingDetailDto> {
    const version = /^"(\d{1,9})"$/.exec(seen ?? '');
    if (!version) throw refusal('if-match-missing');
    const chosen = items.map(({ source, refId = 0, title = '' }): ChosenItem =>
      source === 'free' ? { source, title } : { source, refId },
    );
    await setAgenda(this.db, actor, meetingId(text), chosen, Number(version[1]));
    return this.view(actor, meetingId(text), reply);
  }

  @Post('meetings/:id/agenda/fix')
  @Needs('meetings.prepare')
  @HttpCode(200)
  async fix(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingDetailDto> {
    await fixAgenda(this.db, actor, meetingId(id));
    return this.view(actor, meetingId(id), reply);
  }

  @Post('meetings/:id/decisions')
  @Needs('meetings.prepare')
  async decide(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { itemId, ...decision }: NewMeetingDecisionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingDetailDto> {
    await decideInMeeting(this.db, actor, meetingId(id), { ...decision, itemId: itemId ?? null });
    return this.view(actor, meetingId(id), reply);
  }

  @Post('meetings/:id/decisions/:decisionId/outcome')
  @Needs('meetings.prepare')
  @HttpCode(200)
  async end(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Param('decisionId') decisionId: string,
    @Body() outcome: DecisionOutcomeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingDetailDto> {
    const decision = rowId(decisionId, 'meeting-decision-unknown', 'decision');
    await endDecision(this.db, actor, meetingId(id), decision, outcome);
    return this.view(actor, meetingId(id), reply);
  }

  @Post('meetings/:id/close')
  @Needs('meetings.prepare')
  @HttpCode(200)
  async close(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { presentIds, conclusion }: MeetingCloseDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MeetingDetailDto> {
    await closeMeeting(this.db, actor, meetingId(id), { presentIds, conclusion: conclusion ?? '' });
    return this.view(actor, meetingId(id), reply);
  }

  /** The agenda or the minutes, as PDF or Word. */
  @Get('meetings/:id/papers/:file')
  @Needs('meetings.read')
  @ApiParam({ name: 'file', enum: FILES })
  @ApiProduces(MEDIA.pdf, MEDIA.docx)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async paper(@Acting() actor: Actor, @Param('id') text: string, @Param('file') file: string): Promise<StreamableFile> {
    const id = meetingId(text);
    const known = FILES.find((each) => each === file);
    if (known === undefined) throw refusal('not-found');
    const [kind, format] = known.split('.') as [MeetingPaper, keyof typeof MEDIA];
    const document = await meetingPaper(this.db, actor, id, kind);
    const content = await (format === 'pdf' ? renderPdf(document) : renderDocx(document));
    const mark = document.illustrative ? 'so-lieu-minh-hoa_' : '';
    return new StreamableFile(content, {
      type: MEDIA[format],
      disposition: `attachment; filename="${mark}${NAMES[kind]}-${id}.${format}"`,
      length: content.length,
    });
  }

  /** What was decided, by the day on which it is due. */
  @Get('meeting-decisions')
  @Needs('meetings.read')
  async decisions(@Acting() actor: Actor, @Query() query: DecisionQueryDto): Promise<MeetingDecisionListDto> {
    const limit = query.limit ?? ROWS;
    const place = /^(\d{4}-\d\d-\d\d) (\d{1,10})$/.exec(keyOfCursor(query.cursor) ?? '');
    if (query.cursor !== undefined && !place) throw refusal('cursor-unknown');
    const { items, total } = await listDecisions(this.db, actor, {
      state: query.state,
      bodyId: query.body,
      after: place ? { dueDate: place[1] as string, id: Number(place[2]) } : undefined,
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      items: page.map(decisionView),
      nextCursor: items.length > limit && last ? cursorAfter(`${last.dueDate} ${last.id}`) : null,
      total,
      illustrative: await this.illustrative(),
    };
  }

  /** What meetings decided about a project. */
  @Get('projects/:code/decisions')
  @Needs('books.read')
  async about(@Acting() actor: Actor, @Param('code') code: string): Promise<DecisionsAboutDto> {
    await findProject(this.db, actor, code);
    return { items: (await decisionsAbout(this.db, { projectCode: code }, MOST_ABOUT)).map(decisionView) };
  }

  private async view(actor: Actor, id: number, reply: FastifyReply): Promise<MeetingDetailDto> {
    const { meeting, items, decisions } = await findMeeting(this.db, actor, id);
    void reply.header('etag', `"${meeting.version}"`);
    return {
      meeting: meetingView(meeting),
      agenda: items.map(({ meetingId: _of, ...item }) => item),
      decisions: decisions.map(decisionView),
      present: meeting.present,
      conclusion: meeting.conclusion,
      fixedAt: meeting.fixedAt?.toISOString() ?? null,
      closedAt: meeting.closedAt?.toISOString() ?? null,
      createdBy: meeting.createdBy,
      illustrative: await this.illustrative(),
    };
  }

  private async illustrative(): Promise<boolean> {
    return (await instanceSetting(this.db)).illustrative;
  }
}
