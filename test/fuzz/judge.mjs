// What every answer is held to.
import { inflateRawSync } from 'node:zlib';

/** What only the inside of the program says: stacks, SQL, paths, classes. */
const INSIDE = [
  /\bat (?:async )?\S+ \(?(?:file:|\/|node:)/,
  /\.js:\d+:\d+/,
  /node_modules|\/dist\/|\/libs\/|\/apps\//,
  /\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\b [\s\S]*\b(?:FROM|VALUES|SET|WHERE)\b/,
  /QueryFailedError|TypeError|RangeError|SyntaxError|EntityMetadata/,
  /violates|relation \\?"|column \\?"|syntax error|duplicate key|invalid input syntax/,
  /\[object \w+\]|\bundefined\b|\bNaN\b(?!")/,
];

/**
 * What is wrong with an answer, one sentence each; empty when all is well.
 *   codes: the error codes that there are · foreign: marks that this caller must not see
 */
export function judge({ status, contentType, body }, sent, { codes, foreign }) {
  const text = readable(body);
  const wrong = [];
  if (status >= 500) wrong.push(`status ${status}`);
  if (status >= 400 && sent.method !== 'HEAD') wrong.push(...judgeRefusal(status, contentType, text, sent.text, codes));
  const seen = foreign.filter((mark) => text.includes(mark));
  if (seen.length > 0) wrong.push(`tells of another unit: …${around(text, seen[0])}…`);
  return wrong;
}

function judgeRefusal(status, contentType, text, sent, codes) {
  const wrong = [];
  if (!contentType?.startsWith('application/problem+json')) wrong.push(`a refusal of type ${contentType}`);
  let problem;
  try {
    problem = JSON.parse(text);
  } catch {
    return [...wrong, `a refusal that is no JSON: ${text.slice(0, 200)}`];
  }
  if (!codes.has(problem.code)) wrong.push(`an unknown code ${problem.code}`);
  if (problem.status !== status) wrong.push(`status ${status} with problem status ${problem.status}`);
  if (typeof problem.detail !== 'string' || problem.detail === '') wrong.push('a refusal without words');
  for (const pattern of INSIDE) {
    const found = pattern.exec(text);
    // What the caller wrote itself may be repeated to it.
    if (found && !sent.includes(found[0])) wrong.push(`tells of the inside: …${around(text, found[0])}…`);
  }
  return wrong;
}

function around(text, part) {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 120), at + 120);
}

/** The text of an answer; of a workbook, that of its parts. */
export function readable(body) {
  return body.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004' ? zipText(body) : body.toString('utf8');
}

/** The parts of a zip file, one after the other, by its central directory. */
function zipText(zip) {
  const texts = [];
  let at = zip.lastIndexOf(Buffer.from('504b0506', 'hex'));
  const count = zip.readUInt16LE(at + 10);
  at = zip.readUInt32LE(at + 16);
  for (let i = 0; i < count; i++) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const part = zip.subarray(start, start + size);
    texts.push((method === 8 ? inflateRawSync(part) : part).toString('utf8'));
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return texts.join('\n');
}
