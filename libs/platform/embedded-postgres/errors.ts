export type EmbeddedPostgresErrorCode =
  'folder-not-writable' | 'port-taken' | 'no-binaries' | 'start-failed' | 'stop-failed' | 'foreign-data' | 'locked';

/** The message is one English sentence for the person at the terminal: what is wrong, where, and what to do. */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

/** Errors are told by their properties: in Jest, those of Node are instances of another Error than ours. */
export function systemCode(error: unknown): string {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' ? code : 'unknown error';
}

/** What the file system refused while `folder` was being written, as our own error; any other error as it is. */
export function folderError(folder: string, error: unknown): unknown {
  if (typeof (error as { syscall?: unknown } | undefined)?.syscall !== 'string') return error;
  const code = systemCode(error);
  const advice =
    code === 'ENOSPC'
      ? 'free some disk space'
      : code === 'ENOTDIR' || code === 'EEXIST'
        ? 'a file stands where a folder is needed: move it away or set DATA_DIR to another folder'
        : 'give this account the right to write there, or set DATA_DIR to another folder';
  return new EmbeddedPostgresError(
    'folder-not-writable',
    `Cannot write to the folder ${folder} (${code}): ${advice}.`,
    {
      cause: error,
    },
  );
}
