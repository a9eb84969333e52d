import { Controller, Get, Param, ParseEnumPipe, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  EXPORTABLE_LISTS,
  exportList,
  exportMonthlyForm,
  type ExportableList,
  type ExportedFile,
} from '#libs/exchange';
import { Month, type Actor } from '#libs/kernel';
import { Acting, Needs } from '../shell/access.decorators.js';
import { refusal } from '../shell/refusal.js';
import { ExportQueryDto, MonthlyFormQueryDto } from './exports.dto.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Every list as a workbook; the rows are the actor's, as on the screen. */
@ApiTags('exchange')
@Controller('exports')
export class ExportsController {
  constructor(private readonly db: DataSource) {}

  /** The form that the province fills in each month, projects under their units. */
  @Get('monthly-form')
  @Needs('books.read')
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async monthlyForm(@Acting() actor: Actor, @Query() { month, unit }: MonthlyFormQueryDto): Promise<StreamableFile> {
    return asDownload(await exportMonthlyForm(this.db, actor, Month.parse(month), unit));
  }

  @Get(':list')
  @Needs('books.read')
  @ApiParam({ name: 'list', enum: EXPORTABLE_LISTS })
  @ApiProduces(XLSX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async list(
    @Acting() actor: Actor,
    @Param('list', new ParseEnumPipe(EXPORTABLE_LISTS, { exceptionFactory: () => refusal('not-found') }))
    list: ExportableList,
    @Query() { planYear, month, unit }: ExportQueryDto,
  ): Promise<StreamableFile> {
    const filter = { planYear, month: month === undefined ? undefined : Month.parse(month), unitCode: unit };
    return asDownload(await exportList(this.db, actor, list, filter));
  }
}

function asDownload({ fileName, content }: ExportedFile): StreamableFile {
  return new StreamableFile(content, {
    type: XLSX,
    disposition: `attachment; filename="${fileName}"`,
    length: content.length,
  });
}
