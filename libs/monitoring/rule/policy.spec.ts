import { describe, expect, it } from '@jest/globals';
import { declaredAverage, parsePolicy, policyInMonth, POLICY_DEFAULTS, type Policy } from './index.js';

const required = { planYear: 2024, throughMonth: 9 };

const accepted = (raw: Record<string, unknown>): Policy => {
  const { policy, problems } = parsePolicy(raw);
  expect(problems).toEqual([]);
  return policy as Policy;
};
const refusedFields = (raw: unknown): string[] => {
  const { problems } = parsePolicy(raw);
  return problems.map(({ field }) => field);
};

describe('defaults', () => {
  it('need only the plan year and the last month', () => {
    expect(accepted(required)).toEqual({
      planYear: 2024,
      throughMonth: 9,
      thresholdMonths: 3,
      planBasis: 'province',
      includeCarriedOver: false,
      includeEstimates: false,
      excludeProjects: [],
      missing: 'pause',
      minimumGapVnd: 0,
      average: { method: 'pooled', scope: 'all', includeReserve: false },
      changes: [],
    });
  });

  it('are filled in field by field, in `average` too; declaredPercent stays absent if it was not given', () => {
    const { average } = accepted({ ...required, average: { method: 'mean' } });
    expect(average).toEqual({ method: 'mean', scope: 'all', includeReserve: false });
    expect(Object.keys(average)).not.toContain('declaredPercent');
  });

  it('are not changed by what is written over them', () => {
    accepted({ ...required, thresholdMonths: 1, average: { scope: 'group' }, excludeProjects: ['P'] });
    expect(POLICY_DEFAULTS.average.scope).toBe('all');
    expect(POLICY_DEFAULTS.excludeProjects).toEqual([]);
  });

  it('are not filled into changes, which stay as written but for their project codes', () => {
    const changes = [
      { fromMonth: 5, average: { method: 'mean' } },
      { fromMonth: 7, excludeProjects: [' e\u0301 '] },
    ];
    expect(accepted({ ...required, changes }).changes).toEqual([
      { fromMonth: 5, average: { method: 'mean' } },
      { fromMonth: 7, excludeProjects: ['\u00e9'] },
    ]);
  });

  it('bring project codes to the form of the csv cells: trimmed and NFC', () => {
    const { excludeProjects } = accepted({ ...required, excludeProjects: [' đường 4B', 'e\u0301'] });
    expect(excludeProjects).toEqual(['đường 4B', '\u00e9']);
  });
});

describe('the policy in force in a month', () => {
  const policy = accepted({
    ...required,
    thresholdMonths: 3,
    average: { method: 'declared', declaredPercent: { 1: '5', 2: '6', 3: '7', 4: '8', 5: '9' } },
    changes: [
      { fromMonth: 6, thresholdMonths: 2, average: { declaredPercent: { 6: '10', 7: '11', 8: '12', 9: '13' } } },
      { fromMonth: 4, thresholdMonths: 4, missing: 'break' },
      { fromMonth: 8, average: { method: 'mean', scope: 'group' } },
    ],
  });
  const inMonth = (month: number) => policyInMonth(policy, month);

  it('is the one written first until a change comes', () => {
    expect(inMonth(3)).toMatchObject({ thresholdMonths: 3, missing: 'pause' });
    expect(inMonth(4)).toMatchObject({ thresholdMonths: 4, missing: 'break' });
    expect(inMonth(5)).toMatchObject({ thresholdMonths: 4, missing: 'break' });
  });

  it('merges in list order, not in month order: the second entry, of month 4, wins over the first, of month 6', () => {
    expect(inMonth(6).thresholdMonths).toBe(4);
  });

  it('merges `average` field by field but declaredPercent whole', () => {
    expect(inMonth(6).average).toEqual({
      method: 'declared',
      scope: 'all',
      includeReserve: false,
      declaredPercent: { 6: '10', 7: '11', 8: '12', 9: '13' },
    });
    expect(inMonth(8).average).toMatchObject({ method: 'mean', scope: 'group', includeReserve: false });
  });

  it('has neither a plan year nor changes of its own', () => {
    expect(Object.keys(inMonth(9))).toEqual(
      expect.not.arrayContaining(['planYear', 'throughMonth', 'changes', 'fromMonth']),
    );
  });
});

describe('the declared average', () => {
  it('13.4 % is the fraction 134/1000, 93.06 % is 9306/10000, never a float', () => {
    const { average } = accepted({
      ...required,
      throughMonth: 2,
      average: { method: 'declared', declaredPercent: { 1: '13.4', 2: '93.06' } },
    });
    expect(declaredAverage(average, 1)).toEqual({ numerator: 134n, denominator: 1000n });
    expect(declaredAverage(average, 2)).toEqual({ numerator: 9306n, denominator: 10000n });
    expect(declaredAverage(average, 3)).toBeUndefined();
  });
});

describe('refused', () => {
  it.each([[null], [[]], ['x'], [1], [true], [undefined]])('%j: not an object', (raw) => {
    expect(refusedFields(raw)).toEqual(['']);
  });

  it('without plan year or last month, both named', () => {
    expect(refusedFields({})).toEqual(['planYear', 'throughMonth']);
  });

  it.each([
    ['planYear', ['2024', 999, 10000, 2024.5, null]],
    ['throughMonth', ['9', 0, 14, 1.5, true]],
    ['thresholdMonths', [0, -1, 1.5, '3', null, 2 ** 53]],
    ['planBasis', ['PM', 'Province', '', null, ['pm']]],
    ['includeCarriedOver', [0, 1, 'true', null]],
    ['includeEstimates', [0, 1, 'false', null]],
    ['excludeProjects', ['P1', [1], [null], {}, null]],
    ['missing', ['carry_forward', 'Pause', null]],
    ['minimumGapVnd', [-1, 0.5, '0', 2 ** 53, null]],
    ['average', ['pooled', [], null]],
    ['average.method', ['median', 'Mean', null]],
    ['average.scope', ['unit', null]],
    ['average.includeReserve', ['yes', 1]],
    [
      'average.declaredPercent',
      [
        '13.4',
        ['13.4'],
        { 1: 13.4 },
        { 1: '13,4' },
        { 1: '-1' },
        { 1: '13.' },
        { 1: '' },
        { 0: '5' },
        { 14: '5' },
        { '01': '5' },
        { x: '5' },
        null,
      ],
    ],
    ['changes', [{}, 'none', null]],
    ['changes[0]', [[1], [null], [[]], ['x']]],
    ['threshold', [3]],
    ['average.methods', ['mean']],
    ['__proto__', [{}]],
  ])('%s of a wrong type or value, or unknown', (path, values) => {
    for (const value of values) {
      const [top, part] = path.replace('[0]', '').split('.') as [string, string?];
      const raw = new Map<string, unknown>(Object.entries(required));
      raw.set(top, part === undefined ? value : { [part]: value });
      const written = JSON.parse(
        `{${[...raw].map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join()}}`,
      ) as unknown;
      expect(refusedFields(written)).toEqual([path]);
    }
  });

  it.each([
    [{}, ['changes[0].fromMonth']],
    [{ fromMonth: 0 }, ['changes[0].fromMonth']],
    [{ fromMonth: 14 }, ['changes[0].fromMonth']],
    [{ fromMonth: '5' }, ['changes[0].fromMonth']],
    [{ fromMonth: 5, planYear: 2024 }, ['changes[0].planYear']],
    [{ fromMonth: 5, throughMonth: 9 }, ['changes[0].throughMonth']],
    [{ fromMonth: 5, changes: [] }, ['changes[0].changes']],
    [
      { fromMonth: 5, thresholdMonths: 0, average: { method: 'x' } },
      ['changes[0].thresholdMonths', 'changes[0].average.method'],
    ],
  ])('a change %j', (change, fields) => {
    expect(refusedFields({ ...required, changes: [change] })).toEqual(fields);
  });

  it('everything that is wrong at once', () => {
    expect(
      refusedFields({ planYear: 24, missing: 'skip', x: 1, average: { scope: 'some', y: 2 }, changes: [{ z: 3 }, 4] }),
    ).toEqual([
      'planYear',
      'throughMonth',
      'missing',
      'x',
      'average.scope',
      'average.y',
      'changes[0].fromMonth',
      'changes[0].z',
      'changes[1]',
    ]);
  });
});

describe('conflicts in months 1 to the last one evaluated', () => {
  it('a month under `declared` without a percentage: months 2 and 4 of 4', () => {
    const average = { method: 'declared', declaredPercent: { 1: '5', 3: '7' } };
    const { problems } = parsePolicy({ ...required, throughMonth: 4, average });
    expect(problems).toEqual([
      { field: 'average.declaredPercent', expected: 'month 2 has no declared percentage' },
      { field: 'average.declaredPercent', expected: 'month 4 has no declared percentage' },
    ]);
  });

  it('needs no percentage for months under another method', () => {
    const average = { method: 'declared', declaredPercent: { 1: '5' } };
    accepted({ ...required, average, changes: [{ fromMonth: 2, average: { method: 'pooled' } }] });
  });

  it('one declared figure cannot serve groups', () => {
    const average = { method: 'declared', scope: 'group', declaredPercent: { 1: '5' } };
    expect(refusedFields({ ...required, throughMonth: 1, average })).toEqual(['average']);
  });

  it('is looked for in the merged policy: declared first, group from month 3', () => {
    const percents = { 1: '5', 2: '6', 3: '7' };
    const raw = { ...required, average: { method: 'declared', declaredPercent: percents } };
    const changes = [{ fromMonth: 3, average: { scope: 'group' } }];
    expect(refusedFields({ ...raw, throughMonth: 3, changes })).toEqual(['average']);
    accepted({ ...raw, throughMonth: 2, changes });
  });
});
