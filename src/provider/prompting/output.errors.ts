import { AppError } from '../../shared/index.js';

export type InvalidOutputReason =
  | 'truncated'
  | 'malformed_json'
  | 'schema'
  | 'unknown_snippet'
  | 'empty'
  | 'too_large';

const MESSAGES: Readonly<Record<InvalidOutputReason, string>> = {
  truncated: 'The model stopped before its answer was complete.',
  malformed_json: 'The model’s answer is not JSON.',
  schema: 'The model’s answer does not have the shape that was asked for.',
  unknown_snippet: 'The model cited a source that it was not given.',
  empty: 'The model answered without a text.',
  too_large: 'The model’s answer is larger than any text that was asked for.',
};

/** What a model gave back cannot be used; none of its text is kept. */
export function invalidOutput(reason: InvalidOutputReason, cause?: unknown): AppError {
  return new AppError('provider.invalid_output', 'bad_gateway', MESSAGES[reason], {
    hint: 'Repeat the request, or set a model that follows JSON schemas reliably.',
    details: { reason },
    cause,
  });
}
