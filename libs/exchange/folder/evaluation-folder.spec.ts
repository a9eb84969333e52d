import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { evaluateFolder, readEvaluationFolder, type EvaluationFolder } from './index.js';

let root: string;
let count = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'evaluation-folder-'));
});
afterAll(async () => {
  await rm(root, { recursive: true });
});

const UNITS = 'code,kind,group,name_vi,valid_from,valid_to';
const ALLOCATIONS =
  'plan_year,decision_no,decision_date,effective_date,basis,carried_over,unit_code,project_code,source_code,amount_vnd';
const DISBURSEMENTS = 'plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount_vnd';
const REPORTS = 'plan_year,month,unit_code';

type Files = Record<string, string | Uint8Array | null>;
const good: Files = {
  'units.csv': `${UNITS}\nU1,investor,,Ban A,,\nR,reserve,,Chưa phân bổ,,\n`,
  'allocations.csv': `${ALLOCATIONS}\n2024,1,2024-01-02,,province,0,U1,P1,S,100\n`,
  'disbursements.csv': `${DISBURSEMENTS}\n2024,2,U1,P1,S,payment,0,actual,10\n`,
  'policy.json': '{"planYear":2024,"throughMonth":3}',
};

/** A folder of the good files with some of them replaced; null leaves a file out. */
async function folder(files: Files = {}): Promise<string> {
  const path = join(root, String(++count));
  await mkdir(path);
  for (const [name, text] of Object.entries({ ...good, ...files }))
    if (text !== null) await writeFile(join(path, name), text);
  return path;
}
const problemsOf = async (files: Files): Promise<readonly string[]> =>
  (await readEvaluationFolder(await folder(files))).problems;
async function readGood(files: Files = {}): Promise<EvaluationFolder> {
  const read = await readEvaluationFolder(await folder(files));
  expect(read.problems).toEqual([]);
  return read.folder as EvaluationFolder;
}

describe('a folder as it should be', () => {
  it('is read to units, lines, entries, reports and the policy with its defaults', async () => {
    expect(await readGood()).toEqual({
      units: [
        { code: 'U1', kind: 'investor', group: '', validFrom: '', validTo: '' },
        { code: 'R', kind: 'reserve', group: '', validFrom: '', validTo: '' },
      ],
      lines: [{ effectiveMonth: 1, basis: 'province', carriedOver: false, unit: 'U1', project: 'P1', amount: 100n }],
      entries: [{ month: 2, unit: 'U1', project: 'P1', source: 'S', carriedOver: false, basis: 'actual', amount: 10n }],
      reports: null,
      policy: expect.objectContaining({
        planYear: 2024,
        throughMonth: 3,
        thresholdMonths: 3,
        missing: 'pause',
      }) as unknown,
    });
  });

  it('may hold header-only files: nothing assigned, nothing paid, nobody reported (a list, not null)', async () => {
    const { lines, entries, reports } = await readGood({
      'allocations.csv': ALLOCATIONS,
      'disbursements.csv': `${DISBURSEMENTS}\n`,
      'reports.csv': `${REPORTS}\r\n`,
    });
    expect([lines, entries, reports]).toEqual([[], [], []]);
  });

  it('takes the effective date, and the decision date where it is empty or the column is absent', async () => {
    const { lines } = await readGood({
      'allocations.csv':
        `${ALLOCATIONS}\n2024,1,2024-01-02,2024-03-01,province,0,U1,P1,S,1\n2024,1,2024-02-29,,province,0,U1,P1,S,2\n` +
        '2024,1,,2024-12-31,pm,1,U1,P1,S,3\n2024,1,2025-01-31,,province,0,U1,P1,S,4\n' +
        '2024,1,2025-02-01,,province,0,U1,P1,S,5\n',
    });
    expect(lines.map(({ effectiveMonth, amount }) => [effectiveMonth, Number(amount)])).toEqual([
      [3, 1],
      [2, 2],
      [12, 3],
      [13, 4],
    ]);
    const without = await readGood({
      'allocations.csv': `${ALLOCATIONS.replace('effective_date,', '')}\n2024,1,2024-04-30,province,0,U1,P1,S,1\n`,
    });
    expect(without.lines[0]?.effectiveMonth).toBe(4);
  });

  it('accepts the optional columns and every kind, and lets neither change the amount', async () => {
    const kinds = ['payment', 'advance', 'advance-recovery', 'advance_recovery', 'refund', 'correction', 'transfer'];
    const { entries } = await readGood({
      'disbursements.csv':
        `${DISBURSEMENTS},document_no,document_date,reason,corrects\n` +
        kinds.map((kind) => `2024,1,U1,P1,S,${kind},0,actual,-7,C 1,no date,"a, b",x\n`).join(''),
    });
    expect(entries.map(({ amount }) => amount)).toEqual(kinds.map(() => -7n));
  });

  it('checks the rows of other plan years, then ignores them', async () => {
    const other = `${DISBURSEMENTS}\n2023,12,U1,P1,S,payment,0,actual,99\n`;
    expect((await readGood({ 'disbursements.csv': other })).entries).toEqual([]);
    expect(
      await problemsOf({ 'disbursements.csv': `${DISBURSEMENTS}\n2023,14,X,P1,S,payment,0,actual,1.5\n` }),
    ).toEqual([
      'disbursements.csv row 2, month: must be 1 to 13, found "14"',
      'disbursements.csv row 2, amount_vnd: must be a whole number of đồng within ±9007199254740991, found "1.5"',
      'disbursements.csv row 2, unit_code: must be a code of units.csv, found "X"',
    ]);
  });

  it('takes a unit that is valid on one day only, and refuses one that ends the day before it begins', async () => {
    const units = (from: string, to: string) => `${UNITS}\nU1,investor,,Ban A,${from},${to}\n`;
    expect((await readGood({ 'units.csv': units('2024-01-31', '2024-01-31') })).units).toHaveLength(1);
    expect(await problemsOf({ 'units.csv': units('2024-01-31', '2024-01-30') })).toEqual([
      'units.csv row 2, valid_from: must not be after valid_to 2024-01-30, found "2024-01-31"',
    ]);
  });

  it('reads months with or without a leading zero, month 13 too', async () => {
    const { reports } = await readGood({ 'reports.csv': `${REPORTS}\n2024,01,U1\n2024,9,U1\n2024,13,R\n2023,1,U1\n` });
    expect(reports).toEqual([
      { month: 1, unit: 'U1' },
      { month: 9, unit: 'U1' },
      { month: 13, unit: 'R' },
    ]);
  });
});

describe('the same figures, written otherwise, evaluate to the same bytes', () => {
  const variants: [string, Files][] = [
    ['with a byte order mark', { 'units.csv': `\ufeff${good['units.csv'] as string}` }],
    ['with a byte order mark before the policy', { 'policy.json': `\ufeff${good['policy.json'] as string}` }],
    ['with CRLF', { 'disbursements.csv': (good['disbursements.csv'] as string).replaceAll('\n', '\r\n') }],
    ['with blank lines', { 'units.csv': (good['units.csv'] as string).replaceAll('\n', '\n\n') }],
    [
      'with quotes and spaces',
      {
        'units.csv':
          '"code", kind,group,"name_vi",valid_from,valid_to\n"U1", investor ,," Ban A ",,\n R ,"reserve","",x,,\n',
      },
    ],
    [
      'with columns in another order',
      {
        'disbursements.csv':
          'amount_vnd,basis,carried_over,kind,source_code,project_code,unit_code,month,plan_year\n' +
          '10,actual,0,payment,S,P1,U1,02,2024\n',
      },
    ],
    [
      'with an entry split in two',
      {
        'disbursements.csv':
          `${DISBURSEMENTS}\n2024,2,U1,P1,S,payment,0,actual,13\n` + '2024,2,U1,P1,S,refund,0,actual,-3\n',
      },
    ],
    ['with a file that is none of its business', { 'projects.csv': 'anything', 'notes.txt': '\u0000' }],
    ['with empty cells beyond the header', { 'units.csv': `${UNITS}\nU1,investor,,Ban A,,,,\nR,reserve,,x,,, \n` }],
  ];

  it.each(variants)('%s', async (_, files) => {
    const plain = await evaluateFolder(await folder());
    expect(plain).toHaveProperty('output.resultHash');
    expect(await evaluateFolder(await folder(files))).toEqual(plain);
  });

  it('codes in NFD are the codes in NFC', async () => {
    const named = (code: string): Files =>
      Object.fromEntries(Object.entries(good).map(([file, text]) => [file, (text as string).replaceAll('U1', code)]));
    const composed = await evaluateFolder(await folder(named('B\u00e0 1')));
    expect(composed).toHaveProperty('output.resultHash');
    expect(await evaluateFolder(await folder(named('Ba\u0300 1')))).toEqual(composed);
    const mixed = { ...named('B\u00e0 1'), 'disbursements.csv': named('Ba\u0300 1')['disbursements.csv'] as string };
    expect(await evaluateFolder(await folder(mixed))).toEqual(composed);
  });
});

describe('names that JavaScript knows', () => {
  it('are codes like others: __proto__, constructor, toString', async () => {
    const files: Files = {
      'units.csv': `${UNITS}\n__proto__,investor,,a,,\nconstructor,district,,b,,\n`,
      'allocations.csv': `${ALLOCATIONS}\n2024,1,2024-01-01,,province,0,__proto__,toString,S,100\n`,
      'disbursements.csv': `${DISBURSEMENTS}\n2024,1,constructor,toString,S,payment,0,actual,10\n`,
    };
    const answer = await evaluateFolder(await folder(files));
    expect(answer).toMatchObject({
      output: { problems: [1, 2, 3].map((month) => ({ code: 'money-without-plan', month, unit: 'constructor' })) },
    });
    expect(
      await problemsOf({ 'disbursements.csv': `${DISBURSEMENTS}\n2024,1,toString,P,S,payment,0,actual,10\n` }),
    ).toEqual(['disbursements.csv row 2, unit_code: must be a code of units.csv, found "toString"']);
  });
});

describe('refused', () => {
  it('a path that is no folder', async () => {
    const path = join(await folder(), 'units.csv');
    expect(await readEvaluationFolder(path)).toEqual({ problems: [`${path}: is not a folder`] });
    expect(await readEvaluationFolder(join(root, 'none'))).toEqual({
      problems: [`${join(root, 'none')}: is not a folder`],
    });
  });

  it('every file that is missing, all at once', async () => {
    const nothing = { 'units.csv': null, 'allocations.csv': null, 'disbursements.csv': null, 'policy.json': null };
    expect(await problemsOf(nothing)).toEqual([
      'units.csv: the file is missing',
      'allocations.csv: the file is missing',
      'disbursements.csv: the file is missing',
      'policy.json: the file is missing',
    ]);
  });

  it('a folder where a file should be', async () => {
    const path = await folder({ 'units.csv': null });
    await mkdir(join(path, 'units.csv'));
    expect((await readEvaluationFolder(path)).problems).toEqual(['units.csv: cannot be read (EISDIR)']);
  });

  it('says nothing about units that cannot be known: a broken units.csv makes no unit_code wrong', async () => {
    expect(await problemsOf({ 'units.csv': 'code\nU1\n' })).toEqual(
      ['kind', 'group', 'name_vi', 'valid_from', 'valid_to'].map(
        (name) => `units.csv row 1, ${name}: the column is missing`,
      ),
    );
  });

  it('sums beyond ±(2^53 − 1), from the month in which they go beyond it', async () => {
    const most = '2024,2,U1,P1,S,payment,0,actual,9007199254740991\n';
    const files = { 'disbursements.csv': `${DISBURSEMENTS}\n${most}2024,3,U1,P1,S,payment,0,actual,1\n` };
    expect(await evaluateFolder(await folder(files))).toEqual({
      problems: [
        'disbursements.csv, amount_vnd: the disbursed sum of unit U1 in month 3 must stay within ' +
          '±9007199254740991 đồng, found 9007199254740992',
      ],
    });
  });
});
