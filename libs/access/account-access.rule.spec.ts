import { describe, expect, it } from '@jest/globals';
import { isSameAccess, needsSecondPerson, scopeProblem, type Access } from './account-access.rule.js';

const access = (role: Access['role'], units: string[] = [], teams: string[] = []): Access => ({ role, units, teams });

describe('the rows of an account', () => {
  it.each([
    ['a reporter with a unit', access('reporter', ['A']), undefined],
    ['a reporter without one', access('reporter'), 'account-scope-missing'],
    ['a reporter with a team only', access('reporter', [], ['T1']), 'account-scope-missing'],
    ['a reporter with a unit and a team', access('reporter', ['A'], ['T1']), 'account-scope-not-of-role'],
    ['an inspector with a team', access('inspector', [], ['T1']), undefined],
    ['an inspector without one', access('inspector'), 'account-scope-missing'],
    ['an inspector with a unit too', access('inspector', ['A'], ['T1']), 'account-scope-not-of-role'],
    ['staff', access('staff'), undefined],
    ['staff with a unit', access('staff', ['A']), 'account-scope-not-of-role'],
    ['a leader with a team', access('leader', [], ['T1']), 'account-scope-not-of-role'],
  ])('%s: %s', (_, given, problem) => expect(scopeProblem(given)).toBe(problem));
});

describe('a second person', () => {
  it.each([
    ['another role', access('staff'), access('approver'), true],
    ['a role with fewer rights too', access('approver'), access('staff'), true],
    ['a unit more', access('reporter', ['A']), access('reporter', ['A', 'B']), true],
    ['another unit in the place of one', access('reporter', ['A']), access('reporter', ['B']), true],
    ['a team more', access('inspector', [], ['T1']), access('inspector', [], ['T1', 'T2']), true],
    ['a unit fewer', access('reporter', ['A', 'B']), access('reporter', ['B']), false],
    ['the same in another order', access('reporter', ['A', 'B']), access('reporter', ['B', 'A']), false],
  ])('for %s', (_, before, after, needed) => expect(needsSecondPerson(before, after)).toBe(needed));

  it('is not asked for what changes nothing', () => {
    expect(isSameAccess(access('reporter', ['A', 'B']), access('reporter', ['B', 'A']))).toBe(true);
    expect(isSameAccess(access('reporter', ['A', 'B']), access('reporter', ['B']))).toBe(false);
  });
});
