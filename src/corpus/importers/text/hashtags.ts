const HASHTAG = /(?<![\p{L}\p{N}_&/#])[#＃]([\p{L}\p{N}_]{1,100})/gu;

/** The hashtags in a text, without their sign; numbers alone are none. */
export function hashtagsIn(text: string): string[] {
  return [...text.matchAll(HASHTAG)].map((match) => match[1]!).filter((tag) => !/^[\p{N}_]+$/u.test(tag));
}
