import type { CritiqueNote } from '../../text-generation.port.js';
import { citing, REQUEST, snippetOf } from './extractive.fixture.js';
import { revisionOf } from './revise.js';

const source = snippetOf(
  'The stove was built in 1931. It has green tiles. The stove heats two rooms. Elk cross the road.',
);
const note = (sentence: number, action: CritiqueNote['action']): CritiqueNote => ({
  sentence,
  kind: action === 'move' ? 'order' : 'off_topic',
  action,
  message: 'Because.',
});
const revised = (sentences: readonly string[], ...notes: CritiqueNote[]) =>
  revisionOf({ ...REQUEST, prompt: 'stove', snippets: [source], text: citing(source, ...sentences), notes });

describe('revisionOf', () => {
  it('drops what a note drops and says why', () => {
    const { text, changes } = revised(['The stove heats two rooms.', 'Elk cross the road.'], note(1, 'drop'));
    expect(text).toEqual(citing(source, 'The stove heats two rooms.'));
    expect(changes).toEqual([
      { originalText: 'Elk cross the road.', revisedText: '', reason: 'off_topic: Because.' },
    ]);
  });

  it('drops an exact repeat without being told', () => {
    const { text, changes } = revised(['The stove heats two rooms.', 'The stove heats two rooms.']);
    expect(text).toHaveLength(1);
    expect(changes[0]?.reason).toContain('repetition');
  });

  it('takes out the sentence that pointed back to a dropped one', () => {
    const sentences = ['The stove was built in 1931.', 'It has green tiles.', 'The stove heats two rooms.'];
    expect(revised(sentences, note(0, 'drop')).text).toEqual(citing(source, 'The stove heats two rooms.'));
  });

  it('moves a sentence to where it was said', () => {
    const { text, changes } = revised(
      ['The stove heats two rooms.', 'The stove was built in 1931.'],
      note(1, 'move'),
    );
    expect(text.map((sentence) => sentence.text)).toEqual([
      'The stove was built in 1931.',
      'The stove heats two rooms.',
    ]);
    expect(changes).toHaveLength(1);
  });

  it('never empties a text: what speaks of the prompt stays', () => {
    const sentences = ['Elk cross the road.', 'The stove heats two rooms.'];
    const { text } = revised(sentences, note(0, 'drop'), note(1, 'drop'));
    expect(text).toEqual(citing(source, 'The stove heats two rooms.'));
  });

  it('leaves a text without notes or repeats as it is', () => {
    const sentences = ['The stove was built in 1931.', 'It has green tiles.'];
    expect(revised(sentences)).toEqual({ text: citing(source, ...sentences), changes: [] });
  });
});
