import { profileOf } from '../../qa/index.js';
import { readVoice } from './kept-voice.js';

describe('readVoice', () => {
  it('gives the very object it was given, each time', () => {
    const found = JSON.parse(JSON.stringify(profileOf('chat', ['I water the beans at dawn, every day.'])));
    expect(readVoice(found)).toBe(found);
    expect(readVoice(found)).toBe(found);
  });

  it.each([null, 'x', 7, {}, { version: 0 }, []])('takes nothing else for a profile: %j', (found) => {
    expect(() => readVoice(found)).toThrow();
  });
});
