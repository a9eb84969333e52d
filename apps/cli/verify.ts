import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { isWhole, verdictSentences, verifyChainBytes, type VerdictLanguage } from '#libs/audit/chain';
import { fromCallerFolder } from './caller-folder.js';

const BROKEN = 1;
const NO_EXPORT = 2;

const USAGE = `Cách dùng: npm run -s verify -- FILE [--from SỐ] [--head MÃ]… [--lang vi|en]
Usage: npm run -s verify -- FILE [--from SEQ] [--head HASH]… [--lang vi|en]`;

class Unusable extends Error {}

/**
 * `npm run -s verify -- FILE`: checks an export of the audit chain without the database. Status 0 whole, 1 broken, 2
 * no export at all. `--head` takes a hash that was printed on a document.
 */
async function main(args: string[]): Promise<void> {
  const { file, from, heads, language } = given(args);
  const verdict = await verifyChainBytes(createReadStream(file), { from, heads }).catch((error: Error) => {
    throw new Unusable(error.message);
  });
  if (verdict.events === 0)
    throw new Unusable(
      language === 'vi'
        ? `${file}: không có dòng nào là sự kiện của nhật ký`
        : `${file}: no line of it is an event of the audit chain`,
    );
  process.stdout.write(`${verdictSentences(verdict, language).join('\n')}\n`);
  if (!isWhole(verdict)) process.exitCode = BROKEN;
}

function given(args: string[]): { file: string; from: number; heads: string[]; language: VerdictLanguage } {
  const { values, positionals } = parsed(args);
  const { from = '1', head: heads = [], lang = 'vi' } = values;
  const [file] = positionals;
  if (!file || positionals.length > 1 || !/^[1-9][0-9]{0,14}$/.test(from) || (lang !== 'vi' && lang !== 'en'))
    throw new Unusable(USAGE);
  if (!heads.every((hash) => /^[0-9a-f]{64}$/.test(hash)))
    throw new Unusable('--head: 64 chữ số 0-9, a-f / 64 digits 0-9, a-f');
  return { file: fromCallerFolder(file), from: Number(from), heads, language: lang };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        head: { type: 'string', multiple: true },
        lang: { type: 'string' },
      },
    });
  } catch {
    throw new Unusable(USAGE);
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Unusable)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = NO_EXPORT;
}
