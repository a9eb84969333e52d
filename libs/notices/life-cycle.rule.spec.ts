import { describe, expect, it } from '@jest/globals';
import { COURSES, courseOf, isOver, NOTICE_STATES, TRANSITIONS, wayTo } from './life-cycle.rule.js';

describe('the life of a notice', () => {
  it.each([
    [{ audience: 'team', step: '' }, 'team'],
    [{ audience: 'unit', step: '' }, 'unit'],
    [{ audience: 'unit', step: 'overdue' }, 'reminder'],
    [{ audience: 'staff', step: '' }, 'reminder'],
    [{ audience: 'announcement', step: '' }, 'announcement'],
  ] as const)('%j goes the way of a %s', (notice, course) => {
    expect(courseOf(notice)).toBe(course);
  });

  it.each([
    ['team', 'issued', 'acknowledged', ['acknowledged']],
    ['team', 'delivered', 'planned', ['acknowledged', 'planned']],
    ['team', 'issued', 'inspected', ['acknowledged', 'inspected']],
    ['team', 'planned', 'inspected', ['inspected']],
    ['team', 'inspected', 'resolved', ['resolved']],
    ['team', 'planned', 'planned', []],
    ['unit', 'delivered', 'answered', ['acknowledged', 'answered']],
    ['unit', 'answered', 'closed', ['closed']],
    ['announcement', 'delivered', 'withdrawn', ['withdrawn']],
    ['reminder', 'delivered', 'acknowledged', ['acknowledged']],
  ] as const)('%s: from %s to %s through %j', (course, from, to, way) => {
    expect(wayTo(course, from, to)).toEqual(way);
  });

  it.each([
    ['team', 'draft', 'acknowledged'],
    ['team', 'inspected', 'planned'],
    ['team', 'closed', 'resolved'],
    ['team', 'withdrawn', 'closed'],
    ['team', 'acknowledged', 'answered'],
    ['unit', 'acknowledged', 'planned'],
    ['announcement', 'issued', 'acknowledged'],
    ['reminder', 'issued', 'planned'],
    ['reminder', 'acknowledged', 'withdrawn'],
  ] as const)('%s: no way leads from %s to %s', (course, from, to) => {
    expect(wayTo(course, from, to)).toBeUndefined();
  });

  it('never comes back to a state, and whatever was issued to a team or a unit can be withdrawn', () => {
    for (const course of COURSES)
      for (const from of NOTICE_STATES)
        for (const to of TRANSITIONS[course][from] ?? [])
          expect([course, from, wayTo(course, to, from)]).toEqual([course, from, undefined]);
    for (const course of ['team', 'unit'] as const)
      for (const [from, next] of Object.entries(TRANSITIONS[course]))
        if (from !== 'draft') expect([from, next]).toEqual([from, expect.arrayContaining(['withdrawn'])]);
  });

  it('is over when it is resolved, closed or withdrawn', () => {
    expect(NOTICE_STATES.filter(isOver)).toEqual(['resolved', 'closed', 'withdrawn']);
  });
});
