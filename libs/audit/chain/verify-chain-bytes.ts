import { ChainVerifier, type ChainVerdict } from './verify-chain.rule.js';

const NEWLINE = 0x0a;
/** A longer line is no event: bodies are some kilobytes. */
const MOST_LINE_BYTES = 64 * 1024 * 1024;

/** The verdict on an export as it is read, one piece in memory at a time. */
export async function verifyChainBytes(
  pieces: AsyncIterable<Buffer>,
  options: { from: number; heads: readonly string[] },
): Promise<ChainVerdict> {
  const verifier = new ChainVerifier(options.from, options.heads);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let line = 0;
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const end = (): void => {
    verifier.take(++line, begunBytes > MOST_LINE_BYTES ? undefined : textOf(decoder, Buffer.concat(begun)));
    [begun, begunBytes] = [[], 0];
  };
  const add = (part: Buffer): void => {
    begunBytes += part.length;
    if (begunBytes <= MOST_LINE_BYTES) begun.push(part);
  };
  for await (const piece of pieces) {
    let at = 0;
    for (let until = piece.indexOf(NEWLINE); until >= 0; until = piece.indexOf(NEWLINE, at)) {
      add(piece.subarray(at, until));
      end();
      at = until + 1;
    }
    if (at < piece.length) add(piece.subarray(at));
  }
  if (begunBytes > 0) end();
  return verifier.finish();
}

function textOf(decoder: InstanceType<typeof TextDecoder>, bytes: Buffer): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
