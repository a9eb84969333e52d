import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

/** Source text by path from the root, e.g. `libs/ledger/months.ts`. */
type Sources = ReadonlyMap<string, string>;

interface Import {
  file: string;
  /** As written. */
  specifier: string;
  /** The file meant, from the root, or the package. */
  target: string;
  isTypeOnly: boolean;
}

/** The rule is a node of its own: pure, and known to contexts that `libs/monitoring` itself stands on. */
const RULE = 'libs/monitoring/rule';
/** So is a folder of csv files: `evaluate` reads one without a database. */
const CSV_FOLDER = 'libs/exchange/folder';
/** And the reader of sheets: workbooks and csv in, canonical rows out. */
const SHEET = 'libs/exchange/sheet';
/** And the chain of audit events: an export is verified without a database. */
const CHAIN = 'libs/audit/chain';
const KERNEL = 'libs/kernel';
/** Parts of a context with a door of their own. */
const INNER_DOORS = [RULE, CSV_FOLDER, SHEET, CHAIN];

/** `apps/api`, `libs/ledger`, `libs/monitoring/rule`: who depends on whom. */
function nodeOf(path: string): string {
  return INNER_DOORS.find((node) => path.startsWith(`${node}/`)) ?? path.split('/').slice(0, 2).join('/');
}

const isRuleFile = (path: string): boolean => nodeOf(path) === RULE || path.endsWith('.rule.ts');
const isOurs = (target: string): boolean => /^(apps|libs)\//.test(target);

function importsOf(file: string, source: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, isTypeOnly: boolean): void => {
    let target = specifier;
    if (specifier.startsWith('.'))
      target = posix.normalize(posix.join(posix.dirname(file), specifier)).replace(/\.js$/, '.ts');
    else if (specifier.startsWith('#libs/')) target = `${specifier.slice(1)}/index.ts`;
    found.push({ file, specifier, target, isTypeOnly });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const isTypeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      add((node.moduleSpecifier as ts.StringLiteral).text, isTypeOnly);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [first] = node.arguments;
      add(first && ts.isStringLiteralLike(first) ? first.text : '(computed)', false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add((node.argument.literal as ts.StringLiteral).text, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  return found;
}

/** What one app may take from another: the command line words its refusals and prints the document of the routes. */
const FROM_ANOTHER_APP: Record<string, (target: string) => boolean> = {
  // The one-command program is the other apps in one process.
  'apps/standalone': (target) => !target.startsWith('apps/web/'),
  'apps/cli': (target) =>
    [
      'apps/api/api.module.ts',
      'apps/api/create-api.ts',
      'apps/api/shell/error-words/index.ts',
      'apps/api/shell/openapi.ts',
    ].includes(target),
};

/** Every import that points the wrong way, one sentence each. */
function violations(sources: Sources): string[] {
  const wrong: string[] = [];
  for (const [file, source] of sources)
    for (const found of importsOf(file, source)) {
      const why = wrongWay(found);
      if (why) wrong.push(`${file} → ${found.specifier}: ${why}`);
    }
  return [
    ...wrong,
    ...cycles(sources).map((cycle) => `${cycle.join(' → ')}: contexts stand on each other in a circle`),
  ];
}

function wrongWay({ file, specifier, target, isTypeOnly }: Import): string | undefined {
  const from = nodeOf(file);
  const to = nodeOf(target);
  if (specifier === '(computed)') return 'an import must name what it imports';
  if (specifier.startsWith('.') && !isOurs(target)) return 'leaves apps and libs';

  if (isRuleFile(file)) {
    if (from !== to && to !== KERNEL && specifier !== 'node:crypto') return 'a rule imports kernel and rule files only';
    if (from === to && !isRuleFile(target)) return 'a rule imports kernel and rule files only';
  }
  if (from === CSV_FOLDER && ![CSV_FOLDER, KERNEL, RULE].includes(to) && !specifier.startsWith('node:'))
    return 'a folder of csv files needs no database: kernel and rule only';
  if (from === CHAIN && ![CHAIN, KERNEL].includes(to) && !specifier.startsWith('node:'))
    return 'an export is verified without a database: kernel only';
  if (from === SHEET && ![SHEET, KERNEL].includes(to) && !/^(node:|yauzl$|write-excel-file\/)/.test(specifier))
    return 'a reader of sheets needs no database and no context: kernel only';
  if (from === KERNEL) {
    if (isOurs(target) && to !== KERNEL) return 'the kernel imports no context';
    if (/^(@nestjs|fastify|@fastify|bullmq|ioredis|pg|class-)/.test(specifier))
      return 'the kernel imports no framework';
    if (specifier === 'typeorm' && !isTypeOnly) return 'the kernel knows typeorm by its types only';
  }
  if (!isOurs(target) || from === to) return undefined;

  if (from.startsWith('libs/')) {
    if (to.startsWith('apps/')) return 'contexts know no app';
    // A context stands on its own inner part: inside one folder, by its door.
    const byDoor = specifier === `#${to}` || (to.startsWith(`${from}/`) && target === `${to}/index.ts`);
    return byDoor ? undefined : `contexts meet at the door: #${to}`;
  }
  if (from === 'apps/web') return 'the web is built apart: its client is generated';
  if (to.startsWith('libs/')) return specifier === `#${to}` ? undefined : `apps come in by the door: #${to}`;
  return FROM_ANOTHER_APP[from]?.(target) ? undefined : 'an app takes nothing from another app';
}

/** Circles among contexts, each told once, from its first node by name. */
function cycles(sources: Sources): string[][] {
  const edges = new Map<string, Set<string>>();
  for (const [file, source] of sources)
    for (const { target } of importsOf(file, source)) {
      const [from, to] = [nodeOf(file), nodeOf(target)];
      if (!from.startsWith('libs/') || !to.startsWith('libs/') || from === to) continue;
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  const found = new Map<string, string[]>();
  const walk = (path: string[]): void => {
    for (const next of edges.get(path.at(-1) as string) ?? []) {
      if (next === path[0]) found.set([...path].sort().join(), [...path, next]);
      // Only onwards by name from the first, so that each circle begins at its first node.
      else if (next > (path[0] as string) && !path.includes(next)) walk([...path, next]);
    }
  };
  for (const start of [...edges.keys()].sort()) walk([start]);
  return [...found.values()];
}

function readSources(): Sources {
  const sources = new Map<string, string>();
  for (const folder of ['apps', 'libs'])
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).replaceAll('\\', '/');
      const isSource = /\.(ts|tsx)$/.test(path) && !/\.(spec|test|gen)\.tsx?$|\.d\.ts$/.test(path);
      if (entry.isFile() && isSource && !path.includes('node_modules')) sources.set(path, readFileSync(path, 'utf8'));
    }
  return sources;
}

describe('dependencies point one way: apps → contexts → kernel', () => {
  const sources = readSources();

  it('in every file', () => {
    expect(violations(sources)).toEqual([]);
  });

  it('and the files were there to be read: each app, each context, the rule, the kernel', () => {
    const nodes = new Set([...sources.keys()].map(nodeOf));
    expect([...nodes]).toEqual(
      expect.arrayContaining([
        'apps/api',
        'apps/cli',
        'apps/standalone',
        'apps/worker',
        KERNEL,
        RULE,
        CSV_FOLDER,
        SHEET,
        'libs/ledger',
        'libs/monitoring',
      ]),
    );
    expect(nodes.size).toBeGreaterThanOrEqual(16);
    expect(sources.size).toBeGreaterThan(150);
    expect([...sources.keys()].filter((path) => path.endsWith('.rule.ts')).length).toBeGreaterThanOrEqual(6);
    const imports = [...sources].flatMap(([file, source]) => importsOf(file, source));
    expect(imports.filter(({ specifier }) => specifier.startsWith('#libs/')).length).toBeGreaterThan(100);
    // Every import of ours that is a source file is one that exists: the scanner reads what the compiler reads.
    const missing = imports.filter(
      ({ target }) => isOurs(target) && target.endsWith('.ts') && !sources.has(target) && !target.includes('.gen.'),
    );
    expect(
      missing
        .filter(({ file }) => !file.startsWith('apps/web/'))
        .map(({ file, specifier }) => `${file} → ${specifier}`),
    ).toEqual([]);
  });

  it('every context has one door, and the rule has its own', () => {
    const contexts = new Set([...sources.keys()].map(nodeOf).filter((node) => node.startsWith('libs/')));
    expect([...contexts].filter((context) => !sources.has(`${context}/index.ts`))).toEqual([]);
  });
});

/** Planted: what must be found, and what must not. */
describe('the search for wrong ways', () => {
  const planted = (file: string, source: string): string[] => violations(new Map([[file, source]]));

  it.each([
    ['a context imports an app', 'libs/ledger/months.ts', "import { ApiModule } from '../../apps/api/api.module.js';"],
    [
      'a context reaches into another',
      'libs/ledger/months.ts',
      "import { Unit } from '../organisation/unit.entity.js';",
    ],
    [
      'a context reaches into another by its alias',
      'libs/ledger/months.ts',
      "import { Unit } from '#libs/organisation/unit.entity';",
    ],
    ['a context goes round the alias of another', 'libs/ledger/months.ts', "export * from '../organisation/index.js';"],
    ['even for a type', 'libs/ledger/months.ts', "import type { Unit } from '../organisation/unit.entity.js';"],
    ['even for a type in a type', 'libs/ledger/months.ts', "let x: import('../organisation/unit.entity.js').Unit;"],
    ['even late', 'libs/ledger/months.ts', "const x = await import('../organisation/unit.entity.js');"],
    ['even hidden', 'libs/ledger/months.ts', 'const x = await import(name);'],
    [
      'a context reaches past the door of the rule',
      'libs/ledger/rule-inputs.ts',
      "import { x } from '#libs/monitoring/rule/policy';",
    ],
    [
      'monitoring reaches past the door of its rule',
      'libs/monitoring/policies.ts',
      "import { x } from './rule/policy.js';",
    ],
    [
      'a rule imports its context',
      'libs/monitoring/rule/gap.rule.ts',
      "import { Evaluation } from '../evaluation.entity.js';",
    ],
    ['a rule imports another context', 'libs/monitoring/rule/policy.ts', "import { Month } from '#libs/ledger';"],
    ['a rule imports the database', 'libs/monitoring/rule/policy.ts', "import { DataSource } from 'typeorm';"],
    [
      'a rule imports the clock of the machine',
      'libs/monitoring/rule/policy.ts',
      "import { readFileSync } from 'node:fs';",
    ],
    [
      'a rule beside its use case imports it',
      'libs/followup/escalation.rule.ts',
      "import { Notice } from './notice.entity.js';",
    ],
    [
      'a rule beside its use case imports a context',
      'libs/followup/escalation.rule.ts',
      "import { Notice } from '#libs/notices';",
    ],
    [
      'a folder of csv files needs a context',
      'libs/exchange/folder/evaluate-folder.ts',
      "import { x } from '#libs/ledger';",
    ],
    [
      'a folder of csv files needs a database',
      'libs/exchange/folder/evaluate-folder.ts',
      "import { Client } from 'pg';",
    ],
    ['the chain needs its context', 'libs/audit/chain/index.ts', "import { x } from '#libs/audit';"],
    ['the chain needs a database', 'libs/audit/chain/verify-chain-bytes.ts', "import { Client } from 'pg';"],
    ['a reader of sheets needs a context', 'libs/exchange/sheet/read-rows.ts', "import { x } from '#libs/ledger';"],
    ['a reader of sheets needs a database', 'libs/exchange/sheet/read-rows.ts', "import { Client } from 'pg';"],
    ['an app reaches past its door', 'apps/cli/evaluate.ts', "import { x } from '#libs/exchange/folder/csv-records';"],
    ['the kernel imports a context', 'libs/kernel/actor.ts', "import { Account } from '#libs/access';"],
    ['the kernel imports Nest', 'libs/kernel/clock.ts', "import { Injectable } from '@nestjs/common';"],
    ['the kernel runs typeorm', 'libs/kernel/transaction.ts', "import { DataSource } from 'typeorm';"],
    [
      'an app reaches into a context',
      'apps/api/ledger/x.ts',
      "import { Unit } from '../../../libs/organisation/unit.entity.js';",
    ],
    ['the worker takes from the api', 'apps/worker/jobs.ts', "import { ApiModule } from '../api/api.module.js';"],
    ['the api takes from the worker', 'apps/api/x.ts', "import { WorkerModule } from '../worker/worker.module.js';"],
    [
      'the command line takes a controller',
      'apps/cli/close.ts',
      "import { X } from '../api/ledger/months.controller.js';",
    ],
    ['the web takes from the server', 'apps/web/src/a.tsx', "import { Month } from '#libs/kernel';"],
    [
      'a file of the tests is used',
      'libs/ledger/months.ts',
      "import { smallOffice } from '../../test/harness/small-office.js';",
    ],
  ])('finds that %s', (_, file, source) => {
    expect(planted(file, source)).toHaveLength(1);
  });

  it.each([
    ['libs/ledger/months.ts', "import { Month } from '#libs/kernel';"],
    ['libs/ledger/months.ts', "import { Policy } from '#libs/monitoring/rule';"],
    ['libs/ledger/months.ts', "import { ReportingMonth } from './reporting-month.entity.js';"],
    ['libs/monitoring/policies.ts', "import { Policy } from './rule/index.js';"],
    ['libs/monitoring/rule/policy.ts', "import { Dong } from '#libs/kernel'; import { x } from './inputs.js';"],
    [
      'libs/followup/escalation.rule.ts',
      "import { Month } from '#libs/kernel'; import { x } from './due-date.rule.js';",
    ],
    ['libs/kernel/transaction.ts', "import type { DataSource } from 'typeorm';"],
    ['apps/cli/evaluate.ts', "import { evaluateFolder } from '#libs/exchange/folder';"],
    ['apps/api/x.ts', "import { Month } from '#libs/kernel'; import { y } from './shell/y.js';"],
    ['apps/standalone/main.ts', "import { ApiModule } from '../api/api.module.js';"],
    ['apps/cli/main.ts', "import { ERROR_WORDS } from '../api/shell/error-words/index.js';"],
    [
      'libs/ledger/months.ts',
      "// import { x } from '../../apps/api/x.js';\nconst text = \"from '../organisation/x.js'\";",
    ],
  ])('lets pass what points the right way: %s', (file, source) => {
    expect(planted(file, source)).toEqual([]);
  });

  it('finds a circle of two, and of three, once each', () => {
    const uses = (name: string): string => `import { x } from '#libs/${name}';`;
    expect(
      violations(
        new Map([
          ['libs/a/index.ts', uses('b')],
          ['libs/b/index.ts', uses('a') + uses('c')],
          ['libs/c/index.ts', uses('d')],
          ['libs/d/index.ts', uses('b')],
        ]),
      ),
    ).toEqual([
      'libs/a → libs/b → libs/a: contexts stand on each other in a circle',
      'libs/b → libs/c → libs/d → libs/b: contexts stand on each other in a circle',
    ]);
  });

  it('counts the rule as a node of its own: ledger → rule beside monitoring → ledger is no circle', () => {
    expect(
      violations(
        new Map([
          ['libs/ledger/rule-inputs.ts', "import { Policy } from '#libs/monitoring/rule';"],
          [
            'libs/monitoring/evaluate-month.ts',
            "import { x } from '#libs/ledger'; import { y } from './rule/index.js';",
          ],
        ]),
      ),
    ).toEqual([]);
    expect(
      violations(
        new Map([
          ['libs/ledger/rule-inputs.ts', "import { Policy } from '#libs/monitoring';"],
          ['libs/monitoring/evaluate-month.ts', "import { x } from '#libs/ledger';"],
        ]),
      ),
    ).toHaveLength(1);
  });
});
