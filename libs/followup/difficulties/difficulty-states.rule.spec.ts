import { describe, expect, it } from '@jest/globals';
import { DIFFICULTY_STATES, isOver, mayBecome } from './difficulty-states.rule.js';

describe('the way of a difficulty', () => {
  it('goes forward only, from any state to an end', () => {
    const ways = DIFFICULTY_STATES.flatMap((from) =>
      DIFFICULTY_STATES.filter((to) => mayBecome(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(ways).toEqual([
      'open → proposed',
      'open → decided',
      'open → solved',
      'open → dropped',
      'proposed → proposed',
      'proposed → decided',
      'proposed → solved',
      'proposed → dropped',
      'decided → decided',
      'decided → solved',
      'decided → dropped',
    ]);
  });

  it('is over when solved or dropped', () => {
    expect(DIFFICULTY_STATES.filter(isOver)).toEqual(['solved', 'dropped']);
  });
});
