import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { VARIABLES } from '#libs/platform';

const ROOT = new URL('../../', import.meta.url);

describe('the README', () => {
  it('lists every variable with its default and meaning, as the program reads them', async () => {
    const readme = await readFile(new URL('README.md', ROOT), 'utf8');
    const table = /<!-- variables:[^\n]*-->\n([\s\S]*?)\n<!-- \/variables -->/.exec(readme)?.[1]?.split('\n').slice(2);
    const rows = Object.values(VARIABLES).map(
      ({ name, byDefault, meaning }) => `| \`${name}\` | ${byDefault === '' ? '' : `\`${byDefault}\``} | ${meaning} |`,
    );
    expect(table).toEqual(rows);
  });

  it('names only scripts that exist', async () => {
    const readme = await readFile(new URL('README.md', ROOT), 'utf8');
    const { scripts } = JSON.parse(await readFile(new URL('package.json', ROOT), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = [...readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map((match) => match[1] as string);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});
