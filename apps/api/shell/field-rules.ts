import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy, buildMessage } from 'class-validator';
import { isIsoDate, Month } from '#libs/kernel';

/** A whole number of đồng that every JSON reader sees the same: within ±(2^53 − 1). */
export function IsDong(): PropertyDecorator {
  return ValidateBy({
    name: 'isDong',
    validator: {
      validate: (value: unknown) => Number.isSafeInteger(value),
      defaultMessage: buildMessage(() => '$property must be a whole number of đồng within ±(2^53 − 1)'),
    },
  });
}

const typed = (value: unknown): unknown => (typeof value === 'string' ? value.trim().normalize('NFC') : value);

const isPlainText = (value: unknown, most: number): boolean =>
  typeof value === 'string' &&
  value.length > 0 &&
  value.length <= most &&
  !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value) &&
  value.isWellFormed();

/** Text as people type it: brought to NFC and trimmed, not empty, at most `most` characters, no control characters. */
export function IsPlainText(most: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => typed(value)),
    ValidateBy({
      name: 'isPlainText',
      validator: {
        validate: (value: unknown) => isPlainText(value, most),
        defaultMessage: buildMessage(() => `$property must be text of 1 to ${most} characters`),
      },
    }),
  );
}

/** A list whose every item is such text. */
export function IsPlainTexts(most: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(typed) : value)),
    ValidateBy(
      {
        name: 'isPlainText',
        validator: {
          validate: (value: unknown) => isPlainText(value, most),
          defaultMessage: buildMessage((each) => `${each}$property must be text of 1 to ${most} characters`),
        },
      },
      { each: true },
    ),
  );
}

/** A reporting month such as `2024-09` or `2024-13`. */
export function IsReportingMonth(): PropertyDecorator {
  return ValidateBy({
    name: 'isReportingMonth',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isMonth(value),
      defaultMessage: buildMessage(() => '$property must be a reporting month such as 2024-09'),
    },
  });
}

/** Every item of the list is a JSON object; the nested rules alone let an empty list pass for one. */
export function IsRecord(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isObject',
      validator: {
        validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: buildMessage((each) => `${each}$property must be an object`),
      },
    },
    { each: true },
  );
}

/** A real calendar day, yyyy-mm-dd. */
export function IsDay(): PropertyDecorator {
  return ValidateBy({
    name: 'isDay',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isIsoDate(value),
      defaultMessage: buildMessage(() => '$property must be a real day, yyyy-mm-dd'),
    },
  });
}

function isMonth(text: string): boolean {
  try {
    Month.parse(text);
    return true;
  } catch {
    return false;
  }
}
