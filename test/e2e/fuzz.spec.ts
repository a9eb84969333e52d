import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { judge, type Answer } from '../fuzz/judge.mjs';

const RUN_MS = 240_000;

/** `npm run fuzz` with so many requests: its status and all that it printed. */
function fuzz(...args: string[]): Promise<{ code: number | null; printed: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['test/fuzz/run.mjs', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.once('close', (code) => resolve({ code, printed }));
  });
}

describe('requests drawn from the OpenAPI document, proper and spoilt, as every role', () => {
  it.each([
    ['the same as ever', ['--seed', '2024']],
    ['others than ever before', []],
  ])(
    '500, %s: no failure, no leak, the books as they were where refused, the audit chain whole',
    async (_, seed) => {
      const { code, printed } = await fuzz('--requests', '500', ...seed);
      // The seed is printed first: what is found can be found again.
      expect({ code, printed }).toEqual({
        code: 0,
        printed: expect.stringMatching(
          /^fuzz: seed \d+\naudit chain: \d+ events, unbroken\nstatuses [^\n]+\nfuzz: 500 requests, 0 findings\n$/,
        ),
      });
    },
    RUN_MS,
  );

  describe('the judge objects to', () => {
    const codes = new Set(['not-found']);
    const sent = { method: 'GET', text: '/api/v1/units/KIN1' };
    const problem = (more: object = {}): string =>
      JSON.stringify({ status: 404, code: 'not-found', detail: 'Không có.', ...more });
    const answer = (status: number, text: string, contentType = 'application/problem+json'): Answer => ({
      status,
      contentType,
      body: Buffer.from(text),
    });
    const found = (given: Answer, foreign: string[] = []): string[] => judge(given, sent, { codes, foreign });

    it('nothing where all is well', () => {
      expect(found(answer(404, problem()))).toEqual([]);
      expect(found(answer(200, '{"name":"KIN2"}', 'application/json'), ['KIN3'])).toEqual([]);
    });

    it.each([
      ['a failure', answer(500, problem({ status: 500 })), 'status 500'],
      ['another type', answer(404, problem(), 'text/html'), 'a refusal of type text/html'],
      ['a page', answer(404, '<html>'), 'a refusal that is no JSON: <html>'],
      ['an unknown code', answer(404, problem({ code: 'x' })), 'an unknown code x'],
      ['another status inside', answer(404, problem({ status: 400 })), 'status 404 with problem status 400'],
      ['no words', answer(404, problem({ detail: '' })), 'a refusal without words'],
    ])('%s', (_, given, sentence) => {
      expect(found(given)).toContain(sentence);
    });

    it.each([
      'at Object.x (file:///srv/app/dist/x.js:1:2)',
      'relation "unit" does not exist',
      'SELECT * FROM unit',
      'TypeError: x',
      'nhận được undefined',
    ])('what only the inside says: %s', (detail) => {
      expect(found(answer(404, problem({ detail }))).join()).toContain('tells of the inside');
    });

    it('a mark of a unit that is not the caller’s', () => {
      expect(found(answer(200, '{"name":"Đơn vị KIN3"}', 'application/json'), ['KIN3']).join()).toContain(
        'tells of another unit',
      );
    });
  });
});
