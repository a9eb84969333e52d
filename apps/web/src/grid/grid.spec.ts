import { beforeEach, describe, expect, it } from '@jest/globals';
import { GridBook } from './grid-book';
import { GridEntry } from './grid-entry';
import type { GridData } from './grid-types';
import { liveRate } from './live-rate';
import { compareBlock, readBlock, readTable } from './paste';
import { detectMark, detectUnit, readAmount, readTyped, writeMillions } from './read-amount';

const dong = (text: string, unit: 'dong' | 'million' | 'billion', mark: 'comma' | 'point') => {
  const read = readAmount(text, unit, mark);
  return 'amount' in read ? read.amount : read.fault;
};

describe('amounts as people write them', () => {
  it.each([
    ['1.234,5', 'million', 'comma', 1_234_500_000n],
    ['1,234.5', 'million', 'point', 1_234_500_000n],
    ['1 234 567', 'dong', 'comma', 1_234_567n],
    ['(412,5)', 'million', 'comma', -412_500_000n],
    ['\u2212412,5', 'million', 'comma', -412_500_000n],
    ['0,000001', 'million', 'comma', 1n],
    ['34104,723000', 'million', 'comma', 34_104_723_000n],
    ['2,5 tỷ đồng', 'billion', 'comma', 2_500_000_000n],
    ['9.007.199.254.740.991', 'dong', 'comma', 9_007_199_254_740_991n],
  ] as const)('%s in %s with a %s is exact', (text, unit, mark, amount) => {
    expect(dong(text, unit, mark)).toBe(amount);
  });

  it.each([
    ['1.2O4,5', 'million', 'comma', 'not-a-number'],
    ['1.23', 'million', 'comma', 'not-a-number'],
    ['1.234.5', 'million', 'comma', 'not-a-number'],
    ['(5', 'million', 'comma', 'not-a-number'],
    ['=1+1', 'million', 'comma', 'not-a-number'],
    ['0,0000001', 'million', 'comma', 'not-whole'],
    ['12,5', 'dong', 'comma', 'not-whole'],
    ['9.007.199.254.740.992', 'dong', 'comma', 'too-large'],
    ['', 'dong', 'comma', 'empty'],
    ['–', 'dong', 'comma', 'empty'],
  ] as const)('%s in %s is refused, never rounded: %s %s', (text, unit, mark, fault) => {
    expect(dong(text, unit, mark)).toBe(fault);
  });

  it('reads what is typed with either decimal sign, and writes it so that it reads the same', () => {
    for (const text of ['1234,5', '1234.5', '1.234,5', '1,234.5'])
      expect(readTyped(text)).toEqual({ amount: 1_234_500_000n });
    expect(readTyped('1.234')).toEqual({ amount: 1_234_000_000n });
    for (const amount of [0n, 1n, -1n, 999_999n, 1_000_000n, -412_500_000n, 9_007_199_254_740_991n])
      expect(readTyped(writeMillions(amount))).toEqual({ amount });
  });

  it('finds sign and unit of a block: one figure that can be read one way only decides', () => {
    expect(detectMark(['1.234', '2.500', '12,5'])).toBe('comma');
    expect(detectMark(['1,234', '2,500', '12.5'])).toBe('point');
    expect(detectMark(['1,234,567'])).toBe('point');
    expect(detectMark(['1.234', '56.789'])).toBe('comma');
    expect(detectUnit([], ['27095,4', '7009,3'])).toBe('million');
    expect(detectUnit([], ['27.095.400.000', '7.009.300.000', '0'])).toBe('dong');
    expect(detectUnit(['Đơn vị: tỷ đồng'], ['27,1'])).toBe('billion');
    expect(detectUnit(['ĐVT: triệu đồng'], ['27.095.400'])).toBe('million');
  });
});

const MILLION = 1_000_000;

/** U holds P1 (sources A, B) and P2 (source A, and A carried over); month 1 closed, month 2 open. Plans of 100 triệu. */
function data(): GridData {
  const row = (
    projectCode: string | null,
    sourceCode: string,
    booked: Record<number, number>,
    carriedOver = false,
  ) => ({
    unitCode: 'U',
    projectCode,
    sourceCode,
    carriedOver,
    planProvinceDong: 100 * MILLION,
    planPmDong: null,
    cells: Object.entries(booked).map(([month, amount]) => ({
      month: Number(month),
      actualDong: amount * MILLION,
      estimateDong: null,
      version: 1,
      comments: 0,
      treasuryDong: null,
    })),
  });
  return {
    planYear: 2024,
    month: 2,
    months: [
      { number: 1, end: '2024-01-31', state: 'closed' },
      { number: 2, end: '2024-02-29', state: 'open' },
      { number: 3, end: '2024-03-31', state: 'open' },
    ],
    units: [
      {
        code: 'U',
        name: 'Đơn vị U',
        shortName: 'U',
        reportedMonths: [],
        share: { numerator: '30000000', denominator: '300000000' },
        averageGroup: '*',
      },
    ],
    projects: [
      { code: 'P1', name: 'QL4B, Km18 - Km80' },
      { code: 'P2', name: 'Đường Lý Thái Tổ' },
    ],
    sources: [
      { code: 'A', name: 'NSTW trong nước' },
      { code: 'B', name: 'NSĐP cân đối' },
    ],
    rows: [
      row('P1', 'A', { 1: 10, 2: 5 }),
      row('P1', 'B', { 1: 10 }),
      row('P2', 'A', { 1: 5 }),
      row('P2', 'A', { 1: 7 }, true),
    ],
    counting: { planBasis: 'province', includeCarriedOver: false, includeEstimates: false, excludeProjects: [] },
    averages: [
      {
        group: '*',
        method: 'pooled',
        value: { numerator: '1', denominator: '5' },
        ratedUnits: 3,
        pool: { numerator: '200000000', denominator: '1000000000' },
        sumOfRates: null,
      },
    ],
    nextCursor: null,
    illustrative: true,
  };
}

const WORDS = { fault: (fault: string) => fault, reasonNeeded: () => 'cần lý do' };

describe('typing into the book', () => {
  let book: GridBook;
  let entry: GridEntry;
  beforeEach(() => {
    book = new GridBook(data());
    entry = new GridEntry(book, WORDS);
  });
  const sums = () =>
    [book.groups[0]?.months[2], book.units[0]?.months[2], book.total.months[2]].map((sum) => Number(sum) / MILLION);

  it('moves the sums of project, unit and page by the difference, and back with undo', () => {
    expect(sums()).toEqual([5, 5, 5]);
    entry.state([{ row: 0, month: 2, text: '8' }]);
    entry.state([{ row: 1, month: 2, text: '4' }]);
    expect(sums()).toEqual([12, 12, 12]);
    expect(book.edit({ row: 0, month: 2 })).toMatchObject({ state: 'waiting', expected: 5_000_000n });
    entry.undo('');
    entry.undo('');
    expect(sums()).toEqual([5, 5, 5]);
    expect(book.edits.size).toBe(0);
  });

  it('keeps capital carried over out of the sums and of the rate', () => {
    entry.state([{ row: 3, month: 2, text: '9' }]);
    expect(sums()).toEqual([5, 5, 5]);
    expect(book.groups[1]?.months[1]).toBe(5_000_000n);
    expect(book.changeOf(book.units[0]!).delta).toBe(0n);
  });

  it('takes nothing for a closed month; keeps what is no amount as typed; asks for the reason of a fall', () => {
    expect(entry.state([{ row: 0, month: 1, text: '99' }])).toEqual({ locked: 1 });
    entry.state([{ row: 0, month: 2, text: '1.2O4,5' }]);
    expect(book.edit({ row: 0, month: 2 })).toMatchObject({ text: '1.2O4,5', amount: null, state: 'invalid' });
    expect(sums()).toEqual([5, 5, 5]);
    entry.state([{ row: 0, month: 2, text: '3' }]);
    expect(book.edit({ row: 0, month: 2 })).toMatchObject({ state: 'reason' });
    entry.explain({ row: 0, month: 2 }, 'ghi nhầm', 'correction');
    expect(book.edit({ row: 0, month: 2 })).toMatchObject({ state: 'waiting', reason: 'ghi nhầm' });
  });

  it('clears: what was typed goes, what is booked becomes 0 with a reason, an empty cell stays empty', () => {
    entry.state([{ row: 1, month: 2, text: '4' }]);
    entry.clear([
      { row: 0, month: 2 },
      { row: 1, month: 2 },
      { row: 2, month: 2 },
    ]);
    expect(book.edit({ row: 0, month: 2 })).toMatchObject({ amount: 0n, state: 'reason' });
    expect([book.edit({ row: 1, month: 2 }), book.edit({ row: 2, month: 2 })]).toEqual([undefined, undefined]);
  });

  it('stays over books that were read again, and the sums with it', () => {
    entry.state([{ row: 0, month: 2, text: '8' }]);
    const newer = data();
    newer.rows[0]!.cells[1]!.actualDong = 6 * MILLION;
    book.rebase(newer);
    expect(sums()).toEqual([8, 8, 8]);
    // Typed over 5: the server will say that somebody made it 6.
    expect(book.edit({ row: 0, month: 2 })?.expected).toBe(5_000_000n);
  });
});

describe('the rate while typing', () => {
  const average = data().averages[0];

  it('moves own rate and average together; the gap counts that the own payment raises the average', () => {
    const unit = { plan: 300_000_000n, disbursed: 30_000_000n, delta: 0n };
    const before = liveRate(unit, [], average);
    // (200·300 − 30·1000) / 700 = 42,857142… triệu, to the next đồng.
    expect([before.below, before.gap]).toEqual([true, 42_857_143n]);
    const paid = liveRate({ ...unit, delta: 42_857_143n }, [], average);
    expect([paid.below, paid.gap]).toEqual([false, 0n]);
    const oneLess = liveRate({ ...unit, delta: 42_857_142n }, [], average);
    expect([oneLess.below, oneLess.gap]).toEqual([true, 1n]);
  });

  it('by the mean of rates and by a declared percentage', () => {
    const unit = { plan: 100n, disbursed: 10n, delta: 10n };
    const mean = {
      ...average!,
      method: 'mean' as const,
      ratedUnits: 2,
      sumOfRates: { numerator: '6', denominator: '10' },
    };
    // Rates 10 % and 50 %: 10 more make 20 % and 50 %, mean 35 %; 30 more bring it to the other.
    expect(liveRate(unit, [], mean)).toMatchObject({ below: true, gap: 30n });
    const declared = { ...average!, method: 'declared' as const, value: { numerator: '67', denominator: '500' } };
    expect(liveRate({ ...unit, delta: 0n }, [], declared)).toMatchObject({ below: true, gap: 4n });
    expect(liveRate(unit, [], undefined)).toMatchObject({ average: null, gap: null });
  });
});

describe('pasting from Excel', () => {
  let book: GridBook;
  beforeEach(() => void (book = new GridBook(data())));
  const paste = (text: string) => {
    const block = readBlock(book, readTable(text), [0, 1, 2, 3], [2, 3]);
    return { block, compared: compareBlock(book, block, block.unit, block.mark) };
  };
  const told = ({ compared }: ReturnType<typeof paste>) =>
    compared.map(({ kind, place, after, problem }) => [kind, place?.row, place?.month, after, problem]);

  it('reads quotes, line ends of Windows and empty cells', () => {
    expect(readTable('a\t"b\n""c"""\r\n\t2\r\n')).toEqual([
      ['a', 'b\n"c"'],
      ['', '2'],
    ]);
  });

  it('figures alone go down the rows that take money, months to the right', () => {
    expect(told(paste('6,5\t1\n0\t\n2,25\t3'))).toEqual([
      ['changed', 0, 2, 6_500_000n, null],
      ['new', 0, 3, 1_000_000n, null],
      ['same', 1, 2, 0n, null],
      ['new', 2, 2, 2_250_000n, null],
      ['new', 2, 3, 3_000_000n, null],
    ]);
  });

  it('names lead to their rows, a project above its sources, totals left out, the unknown named', () => {
    const result = paste(
      [
        'STT\tDự án\tNguồn vốn\tTháng 2',
        '\tĐVT: đồng\t\t',
        '1\tQL4B, KM18 - KM80\t\t',
        '\t\tNSTW trong nước\t5.000.000',
        '\t\tNSĐP cân đối\t4.000.000',
        '2\tP2\tA, kéo dài\t1.000.000',
        '3\tQL 4B nối QL 18\tNSTW trong nước\t2.000.000',
        '\tTổng cộng\t\t12.000.000',
      ].join('\n'),
    );
    expect([result.block.unit, result.block.mark, result.block.rows]).toEqual(['dong', 'comma', 5]);
    expect(told(result)).toEqual([
      ['same', 0, 2, 5_000_000n, null],
      ['new', 1, 2, 4_000_000n, null],
      ['new', 3, 2, 1_000_000n, null],
      ['rejected', undefined, undefined, null, 'row-unknown'],
      ['skipped', undefined, undefined, null, null],
    ]);
  });

  it('a closed month, a fall, the same cell twice, letters among digits: each is told', () => {
    const block = readBlock(book, readTable('4\n1.2O4,5\n1'), [0, 0, 1], [2]);
    expect(compareBlock(book, block, 'million', 'comma').map(({ kind, problem }) => [kind, problem])).toEqual([
      ['reason', null],
      ['rejected', 'not-a-number'],
      ['new', null],
    ]);
    const twice = readBlock(book, readTable('6\n7'), [0, 0], [2]);
    expect(compareBlock(book, twice, 'million', 'comma')[1]).toMatchObject({ kind: 'rejected', problem: 'twice' });
    const locked = readBlock(book, readTable('6'), [0], [1]);
    expect(compareBlock(book, locked, 'million', 'comma')[0]).toMatchObject({ kind: 'rejected', problem: 'locked' });
  });
});
