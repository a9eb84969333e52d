import type { FastifyReply } from 'fastify';
import type { OpenedFile } from '#libs/files';

/** Sends an attachment to be saved, never shown in our own origin, under the type that its bytes have. */
export async function sendFile(reply: FastifyReply, { name, mediaType, bytes }: OpenedFile): Promise<void> {
  await reply
    .header('content-type', mediaType)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-store')
    .send(bytes);
}
