import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DIFFERENCE_CAUSES, suggestCause, type ComparedCell, type DifferingCell } from './suggested-cause.rule.js';

/** Month 9, source NSDP of the year's plan, both sides known by their national code. */
const cell = (books: bigint, treasury: bigint, more: Partial<DifferingCell> = {}): DifferingCell => ({
  month: 9,
  sourceCode: 'NSDP',
  carriedOver: false,
  books,
  treasury,
  identity: 'matched',
  booksRecovered: 0n,
  treasuryRecovered: 0n,
  ...more,
});
const other = (books: bigint, treasury: bigint, more: Partial<ComparedCell> = {}): ComparedCell => ({
  month: 9,
  sourceCode: 'NSDP',
  carriedOver: false,
  books,
  treasury,
  ...more,
});

describe('a suggested cause', () => {
  it('unknown code: the Treasury names 9999001, no project of the register has it, whatever else fits', () => {
    const others = [other(500n, 0n, { sourceCode: 'NSTW' })];
    expect(suggestCause(cell(0n, 500n, { identity: 'unknown-code' }), others)).toEqual({
      cause: 'unknown-code',
      counterpart: null,
    });
  });

  it('code missing: the books paid 500 for a project without a national code', () => {
    expect(suggestCause(cell(500n, 0n, { identity: 'code-missing' }), []).cause).toBe('code-missing');
  });

  describe('advance recovery: the difference is a recovery that one side lacks', () => {
    it('the Treasury set 300 off: volume +300, advance −300, net 0; the books have the payment of 300 alone', () => {
      // Books 300 − Treasury 0 = 300 = recovered by the Treasury 300 − by the books 0.
      expect(suggestCause(cell(300n, 0n, { treasuryRecovered: 300n }), []).cause).toBe('advance-recovery');
    });

    it('the books set 300 off, the Treasury did not: 1,000 − 300 = 700 against 1,000', () => {
      expect(suggestCause(cell(700n, 1000n, { booksRecovered: 300n }), []).cause).toBe('advance-recovery');
    });

    it('both recovered, 500 and 300: the difference of 200 is what is not matched', () => {
      const both = { booksRecovered: 300n, treasuryRecovered: 500n };
      expect(suggestCause(cell(1200n, 1000n, both), []).cause).toBe('advance-recovery');
    });

    it('not when both recovered the same: the difference is something else', () => {
      const same = { booksRecovered: 300n, treasuryRecovered: 300n };
      expect(suggestCause(cell(1300n, 1000n, same), []).cause).toBe('amount-differs');
    });

    it('not one đồng beside it', () => {
      expect(suggestCause(cell(301n, 0n, { treasuryRecovered: 300n }), []).cause).toBe('missing-at-treasury');
    });
  });

  describe('wrong source: the same amount the other way under another source of the project in the month', () => {
    it('640 booked under NSDP, the Treasury has it under NSTW', () => {
      const twin = other(0n, 640n, { sourceCode: 'NSTW' });
      expect(suggestCause(cell(640n, 0n), [twin])).toEqual({ cause: 'wrong-source', counterpart: twin });
    });

    it('also where both sources have other money: 1,640 against 1,000 here, 2,000 against 2,640 there', () => {
      const twin = other(2000n, 2640n, { sourceCode: 'NSTW' });
      expect(suggestCause(cell(1640n, 1000n), [twin]).cause).toBe('wrong-source');
    });

    it('the same source, but carried-over capital: its own series', () => {
      const twin = other(0n, 640n, { carriedOver: true });
      expect(suggestCause(cell(640n, 0n), [twin])).toEqual({ cause: 'wrong-source', counterpart: twin });
    });

    it('not when the other source differs the same way: both have too much', () => {
      expect(suggestCause(cell(640n, 0n), [other(640n, 0n, { sourceCode: 'NSTW' })]).cause).toBe('missing-at-treasury');
    });

    it('before timing: another source of this month explains it sooner than another month', () => {
      const twin = other(0n, 640n, { sourceCode: 'NSTW' });
      const later = other(0n, 640n, { month: 10 });
      expect(suggestCause(cell(640n, 0n), [later, twin])).toEqual({ cause: 'wrong-source', counterpart: twin });
    });
  });

  describe('timing: the same amount the other way in the month before or after', () => {
    it('7,009 booked in September, the Treasury has 5,769 and took 1,240 into October', () => {
      const october = other(0n, 1240n, { month: 10 });
      expect(suggestCause(cell(7009n, 5769n), [october])).toEqual({ cause: 'timing', counterpart: october });
    });

    it('paid by the Treasury in September, booked in August', () => {
      expect(suggestCause(cell(0n, 1240n), [other(1240n, 0n, { month: 8 })]).cause).toBe('timing');
    });

    it('December and January of the next year, months 12 and 13', () => {
      const january = other(0n, 50n, { month: 13 });
      expect(suggestCause(cell(50n, 0n, { month: 12 }), [january]).cause).toBe('timing');
    });

    it('not under another source of the neighbouring month', () => {
      const twin = other(0n, 1240n, { month: 10, sourceCode: 'NSTW' });
      expect(suggestCause(cell(1240n, 0n), [twin]).cause).toBe('missing-at-treasury');
    });
  });

  describe('wrong month: the same amount the other way, further away', () => {
    it('booked in September what the Treasury paid in June', () => {
      const june = other(0n, 800n, { month: 6 });
      expect(suggestCause(cell(800n, 0n), [june])).toEqual({ cause: 'wrong-month', counterpart: june });
    });

    it('the nearest month is named; of two as near, the earlier', () => {
      const [june, july, november] = [6, 7, 11].map((month) => other(0n, 800n, { month }));
      const found = suggestCause(cell(800n, 0n), [november, june, july] as ComparedCell[]);
      expect(found).toEqual({ cause: 'wrong-month', counterpart: july });
    });
  });

  it('missing entry: the Treasury paid 720, the books have nothing', () => {
    expect(suggestCause(cell(0n, 720n), []).cause).toBe('missing-entry');
  });

  it('missing at the Treasury: the books have 720, the statement nothing', () => {
    expect(suggestCause(cell(720n, 0n), []).cause).toBe('missing-at-treasury');
  });

  it('amount differs: both sides have money, and nothing explains the 80 between 2,080 and 2,000', () => {
    expect(suggestCause(cell(2080n, 2000n), [other(10n, 5n, { month: 8 })])).toEqual({
      cause: 'amount-differs',
      counterpart: null,
    });
  });

  it('whatever the figures: one known cause; mirrored sides keep causes that name no side', () => {
    const amount = fc.bigInt({ min: -50n, max: 50n });
    const anyOther = fc.record({
      month: fc.integer({ min: 1, max: 13 }),
      sourceCode: fc.constantFrom('NSDP', 'NSTW'),
      carriedOver: fc.boolean(),
      books: amount,
      treasury: amount,
    });
    const swap = <Cell extends ComparedCell>(it: Cell): Cell => ({ ...it, books: it.treasury, treasury: it.books });
    fc.assert(
      fc.property(amount, amount, fc.array(anyOther, { maxLength: 5 }), (books, treasury, others) => {
        fc.pre(books !== treasury);
        const here = cell(books, treasury);
        const { cause, counterpart } = suggestCause(here, others);
        expect(DIFFERENCE_CAUSES).toContain(cause);
        if (counterpart) expect(counterpart.books - counterpart.treasury).toBe(treasury - books);
        const mirrored = suggestCause(swap(here), others.map(swap)).cause;
        const sided: Record<string, string> = {
          'missing-entry': 'missing-at-treasury',
          'missing-at-treasury': 'missing-entry',
        };
        expect(mirrored).toBe(sided[cause] ?? cause);
      }),
    );
  });
});
