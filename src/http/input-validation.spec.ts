import type { ArgumentMetadata } from '@nestjs/common';
import { z } from 'zod';
import type { AppError } from '../shared/index.js';
import { inputValidation } from './input-validation.js';

const schema = z.strictObject({
  prompt: z.string().min(1),
  options: z.object({ words: z.number() }).optional(),
});
const metadata: ArgumentMetadata = { type: 'body', schema };

async function refusalOf(value: unknown): Promise<AppError> {
  return inputValidation()
    .transform(value, metadata)
    .then(
      () => Promise.reject(new Error('was accepted')),
      (error: AppError) => error,
    );
}

describe('inputValidation', () => {
  it('hands on what fits', async () => {
    expect(await inputValidation().transform({ prompt: 'x' }, metadata)).toEqual({ prompt: 'x' });
  });

  it('names each field that is wrong', async () => {
    const error = await refusalOf({ prompt: 7, options: { words: 'many' } });
    expect(error).toMatchObject({ code: 'http.invalid_input', kind: 'invalid' });
    const { errors } = error.details as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(['prompt', 'options.words']);
    expect(error.message).toContain('options.words: ');
  });

  it('speaks of the request where no field is to blame', async () => {
    expect((await refusalOf('text')).message).toContain('request: ');
  });

  it('lists at most twenty faults', async () => {
    const many: ArgumentMetadata = { type: 'body', schema: z.array(z.string()) };
    const error: AppError = await inputValidation()
      .transform(Array(50).fill(1), many)
      .catch((thrown) => thrown);
    expect((error.details as { errors: unknown[] }).errors).toHaveLength(20);
  });
});
