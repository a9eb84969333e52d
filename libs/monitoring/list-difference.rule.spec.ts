import { describe, expect, it } from '@jest/globals';
import { compareLists } from './list-difference.rule.js';

const line = (unitCode: string, flagged: boolean) => ({ unitCode, flagged });

describe('two lists', () => {
  it('say who joined, stayed and left; a unit that only one of them has counts as not listed in the other', () => {
    const before = [line('A', true), line('B', true), line('C', false), line('OLD', true)];
    const after = [line('A', true), line('B', false), line('C', true), line('NEW', true)];
    expect(compareLists(before, after)).toEqual({ joined: ['C', 'NEW'], stayed: ['A'], left: ['B', 'OLD'] });
  });

  it('without change have nobody joining or leaving', () => {
    expect(compareLists([line('A', true)], [line('A', true)])).toEqual({ joined: [], stayed: ['A'], left: [] });
    expect(compareLists([], [])).toEqual({ joined: [], stayed: [], left: [] });
  });
});
