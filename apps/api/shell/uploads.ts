import fastifyMultipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { MOST_FILE_BYTES, type ImportErrorCode } from '#libs/exchange';
import type { FilesErrorCode } from '#libs/files';
import { DomainError } from '#libs/kernel';
import { refusal } from './refusal.js';
import { sendProblem } from './send-problem.js';

/** How long a whole request may take to arrive: a file of 100 MB over a slow office line. */
export const UPLOAD_LIMIT_MS = 10 * 60_000;

const MOST_FIELD_BYTES = 64 * 1024;
const MOST_FIELDS = 20;
/** The addresses that take files. */
export const UPLOADS = /^\/api\/v1\/(imports|files)(\?|$)/;

export type UploadRequest = FastifyRequest;

/** Lets files in where they belong; everywhere else a form stays what it was, an unknown media type. */
export async function acceptUploads(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyMultipart, {
    // One byte beyond the limit cuts a file off, so that one of exactly the limit is told from a larger one.
    limits: { fileSize: MOST_FILE_BYTES, files: 1, fields: MOST_FIELDS, fieldSize: MOST_FIELD_BYTES },
    throwFileSizeLimit: false,
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preParsing', async (request, reply) => {
      if (!/^multipart\//i.test(request.headers['content-type'] ?? '') || UPLOADS.test(request.url)) return;
      await sendProblem(request, reply, refusal('media-type-unknown'));
    });
}

/** The file of a multipart request, streamed, with the text fields around it. */
export interface Upload {
  /** The bytes; names and fields are complete once they have been read. */
  file(): AsyncGenerator<Buffer>;
  readonly fileName: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** `missing` is how the absence of the one file is refused. */
export function uploadOf(
  request: UploadRequest,
  missing: (ImportErrorCode & 'import-file-missing') | (FilesErrorCode & 'attachment-missing') = 'import-file-missing',
): Upload {
  const fields: Record<string, string> = {};
  let fileName: string | undefined;
  return {
    fields,
    get fileName() {
      return fileName ?? '';
    },
    async *file() {
      if (!request.isMultipart()) throw new DomainError(missing);
      try {
        for await (const part of request.parts()) {
          if (part.type === 'field') {
            if (typeof part.value === 'string' && !part.fieldnameTruncated) fields[part.fieldname] = part.value;
            continue;
          }
          if (part.fieldname !== 'file' || fileName !== undefined) throw new DomainError(missing);
          fileName = plainName(part.filename);
          yield* part.file as AsyncIterable<Buffer>;
          if (part.file.truncated)
            throw new DomainError<ImportErrorCode>('import-file-too-big', { megabytes: MOST_FILE_BYTES / 1e6 });
        }
      } catch (error) {
        throw isOfTheParser(error) ? new DomainError(missing) : error;
      }
      if (fileName === undefined) throw new DomainError(missing);
    },
  };
}

/** A form without a boundary, or one that breaks off: plain errors, where those of a limit have a status. */
function isOfTheParser(error: unknown): boolean {
  return error instanceof Error && !(error instanceof DomainError) && !('statusCode' in error);
}

/** A name is only shown: no path, no control characters, not endless. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = [...last.normalize('NFC')].filter((letter) => letter >= ' ' && letter !== '\u007f').join('');
  return plain.trim().slice(0, 200) || 'file';
}
