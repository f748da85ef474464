import { stageProgress } from './stage-progress.js';

it.each([
  ['run.queued', {}, 'waiting for a place'],
  ['stage.started', { role: 'ideator' }, 'ideator'],
  [
    'ask.started',
    { role: 'ideator', action: 'search', corpus: 'social', external: false },
    'ideator: searching social',
  ],
  ['ask.started', { role: 'drafter', action: 'generate', external: true }, 'drafter: writing (outside)'],
  ['ask.decided', { role: 'critic', action: 'retrieve', permitted: false }, 'critic: denied, retrieve'],
  ['ask.decided', { role: 'critic', action: 'generate', permitted: true }, null],
  ['stage.finished', { role: 'revisor', result: 'passed' }, 'revisor: passed'],
  ['end', { reason: 'shutting_down' }, null],
])('%s %j', (name, body, says) => {
  expect(stageProgress({ name, body })).toBe(says);
});
