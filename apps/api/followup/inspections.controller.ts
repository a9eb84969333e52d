import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  completeRecommendation,
  concludeInspection,
  findInspection,
  listInspections,
  openInspectionFile,
  planInspection,
  recordVisit,
  replanInspection,
  type InspectionsErrorCode,
} from '#libs/followup';
import type { Actor } from '#libs/kernel';
import { businessDate, instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { refusal } from '../shell/refusal.js';
import { rowId } from '../shell/row-id.js';
import { sendFile } from '../shell/send-file.js';
import {
  CompletionDto,
  ConclusionDto,
  InspectionDetailDto,
  InspectionListDto,
  InspectionPlanDto,
  InspectionQueryDto,
  NewInspectionDto,
  NewVisitDto,
} from './inspection.dto.js';
import { inspectionDetailView, inspectionView } from './inspection-view.js';

const ROWS = 50;
const inspectionId = (text: string): number => rowId<InspectionsErrorCode>(text, 'inspection-unknown', 'inspection');

/** What a team plans, sees and recommends, and what becomes of it. */
@ApiTags('followup')
@Controller()
export class InspectionsController {
  constructor(private readonly db: DataSource) {}

  @Get('inspections')
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: InspectionQueryDto): Promise<InspectionListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listInspections(this.db, actor, {
      ...query,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(inspectionView),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      today: await businessDate(this.db),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  /** From a notice to the team it carries the notice on to `planned`. */
  @Post('inspections')
  @Needs('inspections.record')
  async plan(@Acting() actor: Actor, @Body() plan: NewInspectionDto): Promise<InspectionDetailDto> {
    const id = await planInspection(this.db, actor, {
      ...plan,
      unitCode: plan.unitCode ?? null,
      projectCode: plan.projectCode ?? null,
      programme: plan.programme ?? null,
      planYear: plan.planYear ?? null,
      noticeId: plan.noticeId ?? null,
      follows: plan.follows ?? null,
    });
    return this.view(actor, id);
  }

  @Get('inspections/:id')
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionDetailDto> {
    const view = await this.view(actor, inspectionId(id));
    void reply.header('etag', `"${view.version}"`);
    return view;
  }

  /** Before the first visit; If-Match bears the version that was seen. */
  @Put('inspections/:id')
  @Needs('inspections.record')
  async replan(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { purpose, plannedOn, place, members }: InspectionPlanDto,
    @Headers('if-match') seen?: string,
  ): Promise<InspectionDetailDto> {
    const version = /^"(\d{1,9})"$/.exec(seen ?? '');
    if (!version) throw refusal('if-match-missing');
    const plan = { purpose, plannedOn, place, members };
    await replanInspection(this.db, actor, inspectionId(id), plan, Number(version[1]));
    return this.view(actor, inspectionId(id));
  }

  /** A visit with its findings, photos, files and recommendations, whole or not at all. */
  @Post('inspections/:id/visits')
  @Needs('inspections.record')
  async visit(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() visit: NewVisitDto,
  ): Promise<InspectionDetailDto> {
    await recordVisit(this.db, actor, inspectionId(id), {
      draftKey: visit.draftKey,
      visitedOn: visit.visitedOn,
      place: visit.place,
      members: visit.members,
      note: visit.note ?? '',
      findings: visit.findings.map(({ category, text, amountDong }) => ({
        category,
        text,
        amount: amountDong === undefined ? null : BigInt(amountDong),
      })),
      attachments: visit.attachments.map(({ fileId, kind, caption, latitude, longitude }) => ({
        fileId,
        kind,
        caption: caption ?? '',
        ...placeOf(latitude, longitude),
      })),
      recommendations: visit.recommendations.map(({ text, owner, dueOn }) => ({ text, owner, dueOn })),
    });
    return this.view(actor, inspectionId(id));
  }

  @Post('inspections/:id/conclusion')
  @Needs('inspections.record')
  @HttpCode(200)
  async conclude(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { conclusion }: ConclusionDto,
  ): Promise<InspectionDetailDto> {
    await concludeInspection(this.db, actor, inspectionId(id), conclusion);
    return this.view(actor, inspectionId(id));
  }

  @Get('inspections/:id/files/:fileId')
  @Needs('books.read')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  async file(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendFile(reply, await openInspectionFile(this.db, actor, inspectionId(id), inspectionId(fileId)));
  }

  @Post('recommendations/:id/completion')
  @Needs('inspections.record')
  @HttpCode(200)
  async complete(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { note }: CompletionDto,
  ): Promise<InspectionDetailDto> {
    const recommendation = rowId<InspectionsErrorCode>(id, 'recommendation-unknown', 'recommendation');
    return this.view(actor, await completeRecommendation(this.db, actor, recommendation, note));
  }

  private async view(actor: Actor, id: number): Promise<InspectionDetailDto> {
    return inspectionDetailView(this.db, actor, await findInspection(this.db, actor, id));
  }
}

/** A place by half is none. */
function placeOf(latitude?: string, longitude?: string): { latitude: string | null; longitude: string | null } {
  return latitude === undefined || longitude === undefined
    ? { latitude: null, longitude: null }
    : { latitude, longitude };
}
