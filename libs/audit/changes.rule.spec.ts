import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './changes.rule.js';

describe('what an event changed', () => {
  it('is told field by field, what stayed is left out', () => {
    expect(changesBetween({ name: 'Xã A', kind: 'commune' }, { name: 'Xã B', kind: 'commune' })).toEqual([
      { field: 'name', before: 'Xã A', after: 'Xã B' },
    ]);
  });

  it('of something new is every field, of something ended too', () => {
    expect(changesBetween(null, { a: 1, b: null })).toEqual([
      { field: 'a', after: 1 },
      { field: 'b', after: null },
    ]);
    expect(changesBetween({ a: 1 }, null)).toEqual([{ field: 'a', before: 1 }]);
  });

  it('goes into lists and objects, and names the place', () => {
    expect(
      changesBetween({ lines: [{ amount: 1 }, { amount: 2 }] }, { lines: [{ amount: 1 }, { amount: 5 }] }),
    ).toEqual([{ field: 'lines.1.amount', before: 2, after: 5 }]);
    expect(changesBetween({ units: ['A'] }, { units: ['A', 'B'] })).toEqual([{ field: 'units.1', after: 'B' }]);
  });

  it('takes a value of another kind, or an empty one, as a whole', () => {
    expect(changesBetween({ a: [1] }, { a: { b: 1 } })).toEqual([{ field: 'a', before: [1], after: { b: 1 } }]);
    expect(changesBetween(null, { units: [] })).toEqual([{ field: 'units', after: [] }]);
    expect(changesBetween(null, true)).toEqual([{ field: '', after: true }]);
    expect(changesBetween(null, null)).toEqual([]);
  });

  it('below six levels is one value', () => {
    const deep = (value: number): unknown => ({ a: { a: { a: { a: { a: { a: { a: value } } } } } } });
    expect(changesBetween(deep(1), deep(2))).toEqual([{ field: 'a.a.a.a.a.a', before: { a: 1 }, after: { a: 2 } }]);
  });
});
