import { describe, expect, it } from '@jest/globals';
import { isAmount, toldValue } from './told-value';

describe('a value of an audit event', () => {
  it.each<[unknown, string, string]>([
    [2_935_858_860, 'lines.0.amount', '2.935.858.860'],
    ['9007199254740993', 'totalInvestment', '9.007.199.254.740.993'],
    [2024, 'planYear', '2024'],
    ['0012345', 'nationalCode', '0012345'],
    ['2024-10-08', 'effectiveDate', '08/10/2024'],
    ['2024-10-08T01:02:03.000Z', 'closedAt', '08/10/2024, 08:02'],
    [null, 'validTo', '–'],
    [true, 'flagged', '✓'],
    [[], 'units', '[]'],
    ['Xã Ê', 'name', 'Xã Ê'],
  ])('%p in %s is %s', (value, field, told) => {
    expect(toldValue(value, field)).toBe(told);
  });

  it('is đồng by the name of its field', () => {
    expect(['amount', 'lines.3.amount', 'differenceDong'].every(isAmount)).toBe(true);
    expect(['planYear', 'planBasis', 'streak', 'month'].some(isAmount)).toBe(false);
  });
});
