import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { ValidationError } from 'class-validator';
import { InvalidInput } from './problem.filter.js';

const MAY_BE_ABSENT = 'body-may-be-absent';

/** A body that may be left out altogether, which then counts as an empty object. */
export const MayBeAbsent = (): ClassDecorator => (target) => Reflect.defineMetadata(MAY_BE_ABSENT, true, target);

/** Checks bodies and queries against their DTO: nothing unknown, nothing of another type, everything said at once. */
export class InputPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      forbidUnknownValues: true,
      exceptionFactory: (errors) => new InvalidInput(errors),
    });
  }

  override async transform(given: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const value = given === undefined && mayBeAbsent(metadata) ? {} : given;
    // The validator looks into a list item by item and finds nothing wrong with the list itself.
    if (metadata.type === 'body' && (Array.isArray(value) || typeof value !== 'object' || value === null))
      throw new InvalidInput([notAnObject(value)]);
    return super.transform(value, metadata);
  }
}

function mayBeAbsent({ type, metatype }: ArgumentMetadata): boolean {
  return type === 'body' && metatype !== undefined && Reflect.getMetadata(MAY_BE_ABSENT, metatype) === true;
}

function notAnObject(value: unknown): ValidationError {
  return Object.assign(new ValidationError(), { property: '', value, constraints: { isObject: 'must be an object' } });
}
