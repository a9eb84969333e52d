import { describe, expect, it } from '@jest/globals';
import { decisionProblems, standingDecisions, type MissingSubject, type NewDecision } from './missing-items.rule.js';

const report = (subject: string): MissingSubject => ({ kind: 'missing-report', subject, name: `Đơn vị ${subject}` });
const accept = (subject: string): NewDecision => ({
  kind: 'missing-report',
  subject,
  decision: 'accept-missing',
  note: 'đã nhắc ba lần',
});

describe('what is missing when a month is closed', () => {
  it('nothing: no decision is needed', () => {
    expect(decisionProblems([], [])).toEqual([]);
  });

  it('each thing needs its own decision, and every one that lacks it is named', () => {
    expect(decisionProblems([report('A'), report('B'), report('C')], [accept('B')])).toMatchObject([
      { pointer: '/decisions', code: 'missing-report-undecided', facts: { subject: 'A', decision: 'accept-missing' } },
      { pointer: '/decisions', code: 'missing-report-undecided', facts: { subject: 'C' } },
    ]);
  });

  it('the same subject is decided kind by kind', () => {
    const both: MissingSubject[] = [report('A'), { kind: 'estimate-without-actual', subject: 'A', name: 'Đơn vị A' }];
    expect(decisionProblems(both, [accept('A')])).toMatchObject([{ code: 'estimate-without-actual-undecided' }]);
  });

  it('a check that is not signed off is a missing thing like any other', () => {
    const unsigned: MissingSubject = { kind: 'not-signed-off', subject: 'treasury', name: 'treasury' };
    expect(decisionProblems([unsigned], [])).toMatchObject([
      { code: 'not-signed-off-undecided', facts: { decision: 'accept-unsigned' } },
    ]);
  });

  it('a decision of another kind is told which one fits', () => {
    expect(decisionProblems([report('A')], [{ ...accept('A'), decision: 'accept-as-is' }])).toEqual([
      {
        pointer: '/decisions/0/decision',
        code: 'decision-unfit',
        facts: { kind: 'missing-report', expected: 'accept-missing' },
      },
    ]);
  });

  it('a decision about a report that came in meanwhile decides nothing and is not kept', () => {
    expect(decisionProblems([report('A')], [accept('A'), accept('B')])).toEqual([]);
    expect(standingDecisions([report('A')], [accept('B'), accept('A')])).toEqual([accept('A')]);
  });
});
