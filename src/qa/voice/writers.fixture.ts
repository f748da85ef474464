/** Made-up writers, who say the same things each in a manner of their own. */
type Writer = (topic: string, dice: () => number) => string;

const pick = <T>(options: readonly T[], dice: () => number): T =>
  options[Math.floor(dice() * options.length)]!;
const TOPICS = 'garden,bridge,harbour,library,kitchen,railway,orchard,museum,market,workshop'.split(',');

/** Short, warm, with contractions and questions. */
export const chatty: Writer = (topic, dice) =>
  pick(
    [
      `I don't know about the ${topic}, but it's fun.`,
      `We've been to the ${topic} again, and I can't say why!`,
      `You'd love the ${topic}, wouldn't you?`,
      `So I just went there - the ${topic} was great, really.`,
      `Anyway, that's what I think about my ${topic}.`,
      `But you know me: I'm never late for a ${topic}.`,
      `It's not that bad, is it?`,
    ],
    dice,
  );

/** Long, distant, with semicolons and passives. */
export const stately: Writer = (topic, dice) =>
  pick(
    [
      `The condition of the ${topic} has been examined by those to whom the matter was entrusted; their report is before us.`,
      `It is to be observed that, upon the whole, the ${topic} remains among the first of our concerns.`,
      `Of the means which were proposed for the ${topic}, none has been found without its difficulties.`,
      `Nor should it be forgotten that the ${topic}, which was once neglected, is now regarded with some favour.`,
      `Whether the ${topic} can be maintained by such measures alone, it would be rash to affirm.`,
    ],
    dice,
  );

/** Texts of one writer; the same seed gives the same texts. */
export function textsBy(writer: Writer, count: number, sentences: number, seed = 1): string[] {
  let state = seed;
  const dice = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: sentences }, () => writer(pick(TOPICS, dice), dice)).join(' '),
  );
}
