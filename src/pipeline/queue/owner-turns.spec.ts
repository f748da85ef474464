import { array, assert, constantFrom, property } from 'fast-check';
import { OwnerTurns } from './owner-turns.js';

describe('OwnerTurns', () => {
  it('knows who had a turn in this round, each once and per place', () => {
    assert(
      property(array(constantFrom('ann', 'ben', 'cem')), (owners) => {
        const turns = new OwnerTurns();
        for (const owner of owners) turns.took(0, owner);
        expect(new Set(turns.servedOf(0))).toEqual(new Set(owners));
        expect(turns.servedOf(0).length).toBe(new Set(owners).size);
        expect(turns.servedOf(1)).toEqual([]);
      }),
    );
  });

  it('begins the next round for one place alone', () => {
    const turns = new OwnerTurns();
    turns.took(0, 'ann');
    turns.took(1, 'ben');
    turns.endRound(0);
    expect([turns.servedOf(0), turns.servedOf(1)]).toEqual([[], ['ben']]);
  });

  it('does not grow without end where ever new owners come', () => {
    const turns = new OwnerTurns();
    for (let index = 0; index < 2_500; index++) turns.took(0, `owner ${index}`);
    expect(turns.servedOf(0)).toHaveLength(500);
    expect(turns.servedOf(0)).toContain('owner 2499');
  });
});
