import { Controller, Inject, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { receiveFile } from '#libs/files';
import type { Actor } from '#libs/kernel';
import { CONFIG, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { uploadOf, type UploadRequest } from '../shell/uploads.js';
import { FileDto } from './files.dto.js';

@ApiTags('files')
@Controller('files')
export class FilesController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Keeps a file to be attached by its id within a day: PDF, .docx, .xlsx, JPEG, PNG or HEIC, judged by its content. */
  @Post()
  @Needs('files.send')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary' } },
    },
  })
  async receive(@Acting() actor: Actor, @Req() request: UploadRequest): Promise<FileDto> {
    const upload = uploadOf(request, 'attachment-missing');
    return receiveFile(this.db, actor, { fileName: () => upload.fileName, bytes: upload.file() }, this.config);
  }
}
