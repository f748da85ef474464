import { critiqueOf } from './critique.js';
import { citing, REQUEST, snippetOf } from './extractive.fixture.js';

const source = snippetOf(
  'The stove was built in 1931. The stove heats two rooms. Birch is dry after two summers. Elk cross the road. ' +
    'The piano is out of tune.',
);
const notesOn = (...sentences: string[]) =>
  critiqueOf({
    ...REQUEST,
    task: 'critique',
    prompt: 'How old is the stove?',
    snippets: [source],
    draft: citing(source, ...sentences),
  }).map(({ sentence, kind, action }) => `${sentence} ${kind} ${action}`);

describe('critiqueOf', () => {
  it('has nothing to say about a draft on topic and in order', () => {
    expect(notesOn('The stove was built in 1931.', 'The stove heats two rooms.')).toEqual([]);
  });

  it('drops what neither speaks of the prompt nor stands next to what does', () => {
    expect(
      notesOn('The stove heats two rooms.', 'Birch is dry after two summers.', 'The piano is out of tune.'),
    ).toEqual(['2 off_topic drop']);
  });

  it('drops a repetition', () => {
    expect(notesOn('The stove heats two rooms.', 'The stove heats two rooms!')).toEqual([
      '1 repetition drop',
    ]);
  });

  it('moves what was said earlier than the sentence in front of it', () => {
    expect(notesOn('The stove heats two rooms.', 'The stove was built in 1931.')).toEqual(['1 order move']);
  });

  it('drops what cites no snippet that was given', () => {
    const draft = [{ text: 'The stove is blue.', snippetIds: ['s0'], paragraph: 0 }];
    const notes = critiqueOf({ ...REQUEST, task: 'critique', prompt: 'stove', snippets: [source], draft });
    expect(notes.map((note) => note.kind)).toEqual(['ungrounded']);
  });

  it('notes a sentence that runs long and keeps it', () => {
    expect(notesOn(`The stove ${'very '.repeat(50)}old.`)).toEqual(['0 too_long keep']);
  });
});
