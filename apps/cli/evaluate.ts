import { evaluateFolder } from '#libs/exchange/folder';
import { fromCallerFolder } from './caller-folder.js';

const BAD_INPUT = 2;

/** `npm run -s evaluate -- FOLDER`: one JSON object on standard output, or one line per problem and status 2. */
async function main(args: string[]): Promise<void> {
  const [folder] = args;
  const answer =
    args.length === 1 && folder
      ? await evaluateFolder(fromCallerFolder(folder))
      : {
          problems: [
            `evaluate: expects one folder, found ${args.filter((argument) => argument !== '').length} arguments`,
          ],
        };
  if ('problems' in answer) {
    process.stderr.write(answer.problems.map((line) => `${line}\n`).join(''));
    process.exitCode = BAD_INPUT;
  } else process.stdout.write(`${JSON.stringify(answer.output)}\n`);
}

await main(process.argv.slice(2));
