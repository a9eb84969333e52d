import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { grantableTo } from '#libs/access';
import { ROLES } from '#libs/kernel';
import { accounts } from '../../apps/web/src/words/vi/accounts.js';
import { audit } from '../../apps/web/src/words/vi/audit.js';

/** The source of the program without its web part, its tests and its migrations. */
const SOURCES = ['libs', 'apps/api', 'apps/cli', 'apps/worker', 'apps/standalone'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ts$/.test(path) && !/spec\.ts$|migrations/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8')),
);

/** Codes given in what follows a name up to the end of its line: `action: isNew ? 'a.b' : 'c.d'`. */
function codesAfter(name: RegExp): string[] {
  const lines = SOURCES.flatMap((source) => [...source.matchAll(name)].map(([, rest]) => rest ?? ''));
  return [
    ...new Set(
      lines.flatMap((rest) => [...rest.matchAll(/'([a-z-]+(?:\.[a-z-]+)?)'/g)].map(([, code]) => code as string)),
    ),
  ];
}

describe('the words of the audit view', () => {
  it('name every act that the program records', () => {
    const recorded = codesAfter(/\baction:([^\n]+)/g).filter((code) => code.includes('.'));
    expect(recorded.length).toBeGreaterThan(60);
    expect(recorded.filter((code) => !(code in audit.audit.actions))).toEqual([]);
  });

  it('name every kind of object that an act is about', () => {
    const kinds = codesAfter(/\bobjectType:([^\n,]+)/g);
    expect(kinds.length).toBeGreaterThan(20);
    expect(kinds.filter((code) => !(code in audit.audit.objectTypes))).toEqual([]);
  });
});

describe('the words of what a token may do', () => {
  it('name every permission that can be chosen; English has the same by its type', () => {
    const grantable = new Set(ROLES.flatMap((role) => grantableTo({ role })));
    expect(grantable.size).toBeGreaterThan(40);
    expect([...grantable].filter((permission) => !(permission in accounts.permissions))).toEqual([]);
  });
});
