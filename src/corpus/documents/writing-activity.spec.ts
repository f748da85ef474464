import { WritingActivity } from './writing-activity.js';

const NEVER = new AbortController().signal;

describe('WritingActivity', () => {
  it('is idle when the last of several writes has ended, also by a fault', async () => {
    const activity = new WritingActivity();
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const writes = [first, second].map(({ promise }) => activity.during(() => promise));
    let isIdle = false;
    const idle = activity.whenIdle(NEVER).then(() => {
      isIdle = true;
    });
    first.resolve();
    await writes[0];
    expect([activity.isIdle, isIdle]).toEqual([false, false]);
    second.reject(new Error('the disk is full'));
    await expect(writes[1]).rejects.toThrow('the disk is full');
    await idle;
    expect(activity.isIdle).toBe(true);
    await activity.whenIdle(NEVER);
  });

  it('lets go of who waits when that one is stopped', async () => {
    const activity = new WritingActivity();
    const stopping = new AbortController();
    const writing = activity.during(() => activity.whenIdle(stopping.signal));
    stopping.abort();
    await writing;
    await activity.during(() => activity.whenIdle(stopping.signal));
  });

  it('tells the end of a bulk to all who listen, until they do not', () => {
    const activity = new WritingActivity();
    const heard: string[] = [];
    const stop = activity.onEnd(({ ownerId }) => heard.push(`one ${ownerId}`));
    activity.onEnd(({ ownerId }) => heard.push(`other ${ownerId}`));
    activity.ended({ ownerId: 'alice', corpus: 'personal' });
    stop();
    activity.ended({ ownerId: 'bob', corpus: 'social' });
    expect(heard).toEqual(['one alice', 'other alice', 'other bob']);
  });
});
