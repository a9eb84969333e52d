import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '#libs/kernel';
import { chainHash, exportLine, GENESIS, readExportLine, type ChainedEvent } from './chain-link.rule.js';
import { verdictSentences } from './verdict-words.js';
import { verifyChainBytes } from './verify-chain-bytes.js';
import { isWhole, verifyChain, type Finding } from './verify-chain.rule.js';

const bodyOf = (i: number, note = ''): string =>
  canonicalJson({
    action: 'unit.change',
    actor: { role: 'staff', username: 'chuyenvien' },
    after: { name: `Xã Ê ${i} "${note}"\\` },
    at: '2024-10-08T02:00:00.000Z',
    before: null,
    object: { id: `Đ${i}`, type: 'unit' },
    origin: { via: 'http' },
  });

function chainOf(bodies: readonly string[], from = 1, previousHash = GENESIS): ChainedEvent[] {
  let previous = previousHash;
  return bodies.map((body, i) => {
    const link = { seq: from + i, previousHash: previous, body };
    previous = chainHash(link);
    return { ...link, hash: previous };
  });
}

const chain = chainOf(Array.from({ length: 12 }, (_, i) => bodyOf(i + 1)));
const lines = chain.map(exportLine);
const at = <T>(list: readonly T[], i: number): T => list[i] as T;
const head = at(chain, 11).hash;

function told(changed: readonly string[], heads: string[] = []): string[] {
  const verdict = verifyChain(changed, { heads });
  return verdict.findings.map(({ kind, line, seq, lastSeq }: Finding) =>
    `${line} ${kind} ${seq ?? '?'}${lastSeq === seq ? '' : `-${lastSeq}`}`.trim(),
  );
}

describe('an export of the audit chain', () => {
  it('hashes by hand: SHA-256 of number, previous hash and body, each on its line', () => {
    // printf '1\n%064d\n{}' 0 | sha256sum
    expect(chainHash({ seq: 1, previousHash: GENESIS, body: '{}' })).toBe(
      'e926929dc99bcdf08bb941e379c3186d5c55b45ee4202b4748a1efc35ba05fe3',
    );
  });

  it('has one spelling of an event, which is read back', () => {
    expect(readExportLine(at(lines, 0))).toEqual(chain[0]);
    for (const other of [
      ` ${lines[0]}`,
      at(lines, 0).replace('Ê', '\\u00ca'),
      at(lines, 0).replace('"seq":1', '"seq":1.0'),
    ])
      expect(readExportLine(other)).toBeUndefined();
  });

  it('that nobody touched is whole', () => {
    const verdict = verifyChain(lines, { heads: [head, at(chain, 4).hash] });
    expect(verdict).toMatchObject({
      events: 12,
      firstSeq: 1,
      lastSeq: 12,
      headHash: head,
      findings: [],
      heads: [
        { hash: head, seq: 12 },
        { hash: at(chain, 4).hash, seq: 5 },
      ],
    });
    expect(isWhole(verdict)).toBe(true);
  });

  it('may begin later, when that is said', () => {
    expect(isWhole(verifyChain(lines.slice(5), { from: 6 }))).toBe(true);
    expect(told(lines.slice(5))).toEqual(['1 removed 1-5']);
    expect(isWhole(verifyChain(lines, { from: 3 }))).toBe(false);
  });

  describe('tells what was done to it', () => {
    const forged = (seq: number, previousHash: string, body = bodyOf(99)): string => {
      const link = { seq, previousHash, body };
      return exportLine({ ...link, hash: chainHash(link) });
    };
    const without = (...seqs: number[]): string[] => lines.filter((_, i) => !seqs.includes(i + 1));
    const put = (i: number, line: string, from = lines): string[] => [...from.slice(0, i), line, ...from.slice(i)];
    const replaced = (seq: number, line: string): string[] => lines.map((old, i) => (i === seq - 1 ? line : old));
    const changed = (seq: number, change: Partial<ChainedEvent>): string[] =>
      replaced(seq, exportLine({ ...at(chain, seq - 1), ...change }));

    it.each<[string, string[], string[]]>([
      ['a changed body', changed(5, { body: bodyOf(5, 'x') }), ['5 changed 5']],
      ['a changed body of the last', changed(12, { body: bodyOf(5, 'x') }), ['12 changed 12']],
      ['a changed body of the first', changed(1, { body: bodyOf(5, 'x') }), ['1 changed 1']],
      ['a changed hash', changed(5, { hash: GENESIS }), ['5 changed 5']],
      ['a changed previous hash', changed(5, { previousHash: GENESIS }), ['5 changed 5']],
      ['a changed number', changed(5, { seq: 9 }), ['5 changed 5']],
      ['a change with its hash computed again', replaced(5, forged(5, at(chain, 3).hash)), ['5 changed 5']],
      ['a first event with its hash computed again', replaced(1, forged(1, GENESIS)), ['1 changed 1']],
      ['a first event that follows something', chainOf(['{}'], 1, head).map(exportLine), ['1 changed 1']],
      [
        'two changes',
        replaced(5, forged(5, at(chain, 3).hash)).map((l, i) => (i === 8 ? forged(9, at(chain, 7).hash) : l)),
        ['5 changed 5', '9 changed 9'],
      ],
      ['a line of rubbish instead', replaced(5, 'rubbish'), ['5 unreadable 5']],
      ['an empty line more', put(5, ''), ['6 inserted ?']],
      ['a removed event', without(5), ['5 removed 5']],
      ['removed events', without(5, 6, 7), ['5 removed 5-7']],
      ['events removed here and there', without(1, 5, 11), ['1 removed 1', '4 removed 5', '9 removed 11']],
      [
        'an event before a change removed',
        without(4).map((l, i) => (i === 3 ? exportLine({ ...at(chain, 4), body: '{}' }) : l)),
        ['4 changed 4', '5 removed 5'],
      ],
      ['an event twice', put(5, at(lines, 4)), ['6 inserted 5']],
      ['an old event again', put(9, at(lines, 2)), ['10 inserted 3']],
      ['a forged event before the one of its number', put(5, forged(6, at(chain, 4).hash)), ['6 inserted 6']],
      ['a forged event after the one of its number', put(6, forged(6, at(chain, 4).hash)), ['7 inserted 6']],
      ['a forged event of a high number', put(5, forged(900, at(chain, 4).hash)), ['6 inserted 900']],
      ['a forged event that does not even hash', put(5, exportLine({ ...at(chain, 5), body: '{}' })), ['6 inserted 6']],
      ['neighbours exchanged', [...lines.slice(0, 4), at(lines, 5), at(lines, 4), ...lines.slice(6)], ['5 moved 6']],
      ['an event moved to the front', put(2, at(lines, 8), without(9)), ['3 moved 9']],
      ['an event moved to the end', [...without(5), at(lines, 4)], ['12 moved 5']],
      [
        'two far ones exchanged',
        lines.map((l, i) => (i === 2 ? at(lines, 8) : i === 8 ? at(lines, 2) : l)),
        ['3 moved 9', '9 moved 3'],
      ],
    ])('%s', (_, tampered, expected) => {
      expect(told(tampered)).toEqual(expected);
    });

    it('all of it upside down', () => {
      expect(told([...lines].reverse()).length).toBeGreaterThanOrEqual(11);
    });

    it('a tail cut off, which is consistent in itself, by a head that was printed', () => {
      expect(told(lines.slice(0, 9), [head])).toEqual([]);
      const verdict = verifyChain(lines.slice(0, 9), { heads: [head] });
      expect([isWhole(verdict), verdict.heads]).toEqual([false, [{ hash: head, seq: null }]]);
    });

    it('a rewrite of everything after a change, by a head that was printed', () => {
      const rewritten = chainOf(chain.map(({ body }, i) => (i === 3 ? bodyOf(4, 'khác') : body))).map(exportLine);
      expect(isWhole(verifyChain(rewritten))).toBe(true);
      expect(isWhole(verifyChain(rewritten, { heads: [head] }))).toBe(false);
      expect(isWhole(verifyChain(rewritten, { heads: [at(chain, 2).hash] }))).toBe(true);
    });
  });

  it('of which any one line is lost, doubled or exchanged for another is never whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 11 }),
        fc.integer({ min: 0, max: 11 }),
        fc.constantFrom('drop', 'double', 'exchange', 'move'),
        (i, j, act) => {
          const changed = [...lines];
          if (act === 'drop') changed.splice(i, 1);
          if (act === 'double') changed.splice(j, 0, at(lines, i));
          if (act === 'exchange') [changed[i], changed[j]] = [at(lines, j), at(lines, i)];
          if (act === 'move') changed.splice(j, 0, ...changed.splice(i, 1));
          const isSame = changed.join() === lines.join();
          // The last line dropped leaves a shorter whole chain: that is what a head is for.
          const verdict = verifyChain(changed, { heads: [head] });
          expect(isWhole(verdict)).toBe(isSame);
          if (!isSame && !(act === 'drop' && i === 11)) expect(verdict.findings.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the findings a limit, and counts the rest', () => {
    const rubbish = Array.from({ length: 5000 }, () => 'x');
    const verdict = verifyChain([...lines, ...rubbish]);
    expect(verdict.findings).toHaveLength(1000);
    expect(verdict.findingsInAll).toBe(5000);
    expect(verdictSentences(verdict, 'vi').at(-2)).toBe('và 4000 chỗ sai nữa');
  });

  it('is read in pieces of any size, with or without its last line end', async () => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    for (const size of [1, 7, 1000, bytes.length])
      for (const end of [bytes.length, bytes.length - 1]) {
        const pieces: Buffer[] = [];
        for (let from = 0; from < end; from += size) pieces.push(bytes.subarray(from, Math.min(end, from + size)));
        const verdict = await verifyChainBytes(Readable.from(pieces) as AsyncIterable<Buffer>, {
          from: 1,
          heads: [head],
        });
        expect([isWhole(verdict), verdict.events]).toEqual([true, 12]);
      }
  });

  it('says it in plain sentences', () => {
    const verdict = verifyChain([...lines.slice(0, 4), 'x', ...lines.slice(7), at(lines, 1)], { heads: [GENESIS] });
    expect(verdictSentences(verdict, 'vi')).toEqual([
      `Đã đọc 10 sự kiện, từ số 1 đến số 12; mã cuối: ${head}`,
      'dòng 5: không đọc được thành sự kiện, ở chỗ của sự kiện số 5 đến 7',
      'dòng 11: chen vào một sự kiện lạ, mang số 2',
      `không sự kiện nào mang mã ${GENESIS}: phần cuối đã bị cắt, hoặc chuỗi đã bị viết lại`,
      'Chuỗi KHÔNG nguyên vẹn.',
    ]);
    expect(verdictSentences(verdict, 'en')[1]).toBe('line 5: cannot be read as an event, in the place of event 5 to 7');
  });
});
