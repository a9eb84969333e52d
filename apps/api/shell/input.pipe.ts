import { ValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { ValidationError } from 'class-validator';
import { InvalidInput } from './problem.filter.js';

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

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    // The validator looks into a list item by item and finds nothing wrong with the list itself.
    if (metadata.type === 'body' && (Array.isArray(value) || typeof value !== 'object' || value === null))
      throw new InvalidInput([notAnObject(value)]);
    return super.transform(value, metadata);
  }
}

function notAnObject(value: unknown): ValidationError {
  return Object.assign(new ValidationError(), { property: '', value, constraints: { isObject: 'must be an object' } });
}
