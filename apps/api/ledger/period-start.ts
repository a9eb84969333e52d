import { ValidateBy, buildMessage } from 'class-validator';
import { mediumTermPeriod } from '#libs/ledger';

/** The first year of a medium-term period: 2021, 2026 … */
export function IsPeriodStart(): PropertyDecorator {
  return ValidateBy({
    name: 'isPeriodStart',
    validator: {
      validate: (value: unknown) =>
        Number.isInteger(value) &&
        (value as number) >= 2001 &&
        (value as number) <= 2101 &&
        mediumTermPeriod(value as number) === value,
      defaultMessage: buildMessage(() => '$property must be the first year of a medium-term period, such as 2021'),
    },
  });
}
