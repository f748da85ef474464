import type { Notifications } from '../../src/database/index.js';

/** Notifications of one process or of two, and how to break the line that listens; null where there is none. */
export interface NotificationsUnderTest {
  readonly speaker: Notifications;
  readonly listener: Notifications;
  readonly breakLine: (() => Promise<void>) | null;
  close(): Promise<void>;
}

/** Messages of a channel as they come. */
function heardBy(notifications: Notifications, channel: string) {
  const messages: string[] = [];
  let wake = () => {};
  let begun = 0;
  const tell = () => wake();
  const stop = notifications.listen(
    channel,
    (payload) => {
      messages.push(payload);
      tell();
    },
    () => {
      begun++;
      tell();
    },
  );
  const until = async (isDone: () => boolean) => {
    while (!isDone())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  return {
    messages,
    stop,
    listening: (times = 1) => until(() => begun >= times),
    count: (wanted: number) => until(() => messages.length >= wanted),
  };
}

export function describeNotifications(name: string, open: () => Promise<NotificationsUnderTest>): void {
  describe(`notifications, ${name}`, () => {
    let under: NotificationsUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());

    it('reach every listener of their channel, in order, and no other', async () => {
      const one = heardBy(under.listener, 'test_one');
      const same = heardBy(under.listener, 'test_one');
      const other = heardBy(under.listener, 'Other "channel"');
      await Promise.all([one.listening(), same.listening(), other.listening()]);
      const words = ['', 'ä€😀', 'x'.repeat(7_000)];
      for (const word of words) await under.speaker.notify('test_one', word);
      await under.speaker.notify('Other "channel"', 'elsewhere');
      await Promise.all([one.count(3), same.count(3), other.count(1)]);
      expect([one.messages, same.messages, other.messages]).toEqual([words, words, ['elsewhere']]);
    });

    it('reach a listener no more that has stopped, and go on reaching others', async () => {
      const first = heardBy(under.listener, 'test_two');
      const second = heardBy(under.listener, 'test_two');
      await Promise.all([first.listening(), second.listening()]);
      first.stop();
      first.stop();
      await under.speaker.notify('test_two', 'later');
      await second.count(1);
      expect(first.messages).toEqual([]);
      second.stop();
      const third = heardBy(under.listener, 'test_two');
      await third.listening();
      await under.speaker.notify('test_two', 'again');
      await third.count(1);
      expect([second.messages, third.messages]).toEqual([['later'], ['again']]);
    });

    it('reach others where one listener throws', async () => {
      under.listener.listen('test_three', () => {
        throw new Error('a listener of a test');
      });
      const other = heardBy(under.listener, 'test_three');
      await other.listening();
      await under.speaker.notify('test_three', 'word');
      await other.count(1);
      expect(other.messages).toEqual(['word']);
    });

    it('come again after the line broke, and listeners are told that they may have missed some', async () => {
      if (!under.breakLine) return;
      const one = heardBy(under.listener, 'test_four');
      await one.listening();
      await under.breakLine();
      const late = heardBy(under.listener, 'test_five');
      await Promise.all([one.listening(2), late.listening()]);
      await under.speaker.notify('test_four', 'back');
      await under.speaker.notify('test_five', 'new');
      await Promise.all([one.count(1), late.count(1)]);
      expect([one.messages, late.messages]).toEqual([['back'], ['new']]);
    });
  });
}
