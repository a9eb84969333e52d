import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { FundingSource } from '#libs/organisation';
import { Needs } from '../shell/access.decorators.js';
import { FundingSourceListDto } from './funding-source.dto.js';

@ApiTags('organisation')
@Controller('funding-sources')
export class FundingSourcesController {
  constructor(private readonly db: DataSource) {}

  /** All of them: an office has a dozen. */
  @Get()
  @Needs('books.read')
  async list(): Promise<FundingSourceListDto> {
    const items = await this.db.manager.find(FundingSource, { order: { code: 'ASC' } });
    return { items: items.map(({ code, name, level }) => ({ code, name, level })) };
  }
}
