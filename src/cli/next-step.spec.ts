import { AppError } from '../shared/index.js';
import { nextStep } from './next-step.js';

const fault = (code: string, hint?: string, details = {}, taskId?: string) =>
  new AppError(code, 'conflict', 'x', { ...(hint && { hint }), details, ...(taskId && { taskId }) });

it.each([
  [
    fault('corpus.import_ended', 'POST to its /undo'),
    'To take back what it stored: mcg-agent imports undo ID',
  ],
  [
    fault('corpus.confirmation_needed', 'confirm=3', { count: 3 }),
    'To delete 3 documents for good, repeat it with --confirm 3. Nothing was deleted.',
  ],
  [fault('x.y', 'Read GET /runs/42-a, then wait.'), 'Read mcg-agent runs 42-a, then wait.'],
  [fault('x.y', 'GET /usage shows the limits.'), 'mcg-agent usage shows the limits.'],
  [fault('x.y', 'GET /runs lists your runs.'), 'mcg-agent runs lists your runs.'],
  [fault('x.y', 'Check GET /imports/7.'), 'Check mcg-agent imports show 7.'],
  [fault('x.y', 'Raise OPENAI_TIMEOUT_MS.'), 'Raise OPENAI_TIMEOUT_MS.'],
  [fault('x.y'), undefined],
])('%o', (error, step) => {
  expect(nextStep(error)).toBe(step);
});

it('names the run that is held', () => {
  expect(nextStep(fault('governance.held', 'GET /runs/9', {}, '9'))).toMatch(/mcg-agent runs 9 /);
});
