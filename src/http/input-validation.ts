import { StandardSchemaValidationPipe } from '@nestjs/common';
import { AppError } from '../shared/index.js';

/** Checks every parameter that declares a schema; a wrong one names each field and what is wrong with it. */
export function inputValidation(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => {
      const errors = issues.slice(0, 20).map(({ path, message }) => ({
        field:
          (path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.') ||
          'request',
        message,
      }));
      const summary = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
      return new AppError('http.invalid_input', 'invalid', `The request is not valid. ${summary}`, {
        hint: 'Change the fields listed in `errors`; GET /docs shows what each takes.',
        details: { errors },
      });
    },
  });
}
