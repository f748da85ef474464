import { CollectionPace } from './collection-pace.js';

/** How long after a collection that ended at 1,000 the next one is due, to the 100 ms. */
function gapMs(pace: CollectionPace): number {
  for (let gap = 0; gap <= 1_000_000; gap += 100) if (pace.isDue(1_000 + gap)) return gap;
  return Number.POSITIVE_INFINITY;
}

describe('CollectionPace', () => {
  it('lets the first one begin at once', () => {
    expect(new CollectionPace().isDue(0)).toBe(true);
  });

  it('waits two seconds after one that helped, and longer each time that one did not, up to a minute', () => {
    const pace = new CollectionPace();
    pace.collected(1_000, 10, true);
    expect(gapMs(pace)).toBe(2_000);
    const gaps = Array.from({ length: 7 }, () => {
      pace.collected(1_000, 10, false);
      return gapMs(pace);
    });
    expect(gaps).toEqual([4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    pace.collected(1_000, 10, true);
    expect(gapMs(pace)).toBe(2_000);
  });

  it('takes at most a fiftieth of the time, and a fifth where it is hastened', () => {
    const pace = new CollectionPace();
    pace.collected(1_000, 400, true);
    expect(gapMs(pace)).toBe(20_000);
    pace.hasten();
    expect(gapMs(pace)).toBe(2_000);
    pace.collected(1_000, 400, false);
    expect(gapMs(pace)).toBe(20_000);
  });

  it('begins anew with its waiting once there is something to collect', () => {
    const pace = new CollectionPace();
    for (let each = 0; each < 6; each++) pace.collected(1_000, 10, false);
    expect(gapMs(pace)).toBe(60_000);
    pace.hasten();
    pace.collected(1_000, 10, false);
    expect(gapMs(pace)).toBe(4_000);
  });
});
