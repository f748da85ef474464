import { type AuthorRole, isStopWord } from '../../../shared/index.js';
import { COMMON_VERBS } from './english-cues.js';

/** How well a sentence stands in an answer, judged by its form alone. */
export interface SentenceForm {
  /** 0..1; below `STANDS_ALONE` it is used only where nothing better exists, and 0 is never used. */
  readonly quality: number;
  /** Whether it points back to the sentence before it and makes no sense alone. */
  readonly dangling: boolean;
  /** Whether it announces the sentences after it and says nothing without them. */
  readonly leading: boolean;
}

export interface FormContext {
  readonly authorRole: AuthorRole;
  /** Whether the window may have cut the sentence at its start or its end. */
  readonly edge: { readonly start: boolean; readonly end: boolean };
}

export const STANDS_ALONE = 0.25;

const MIN_WORDS = 4;
const SHORT_WORDS = 6;
const LONG_WORDS = 45;
const MAX_WORDS_BEFORE_PRONOUN = 6;
const BROKEN = 0.02;
const QUESTION = 0.05;

const DANGLING =
  /^["'“‘*_(]*(?:it|its|this(?! (?:year|month|week|morning|evening|summer|spring|autumn|winter|time)\b)|that|these|those|they|them|their|he|she|his|her|him|but|so(?! far\b)|and|or|then|also|however|therefore|otherwise|instead(?! of\b)|which|such|both|yes|no(?=,)|okay|ok|well(?=,)|though|the (?:former|latter|same|other)|afterwards|meanwhile|besides|moreover|after that|in that case)\b/iu;
const POINTS_BACK =
  /^(?:\S+ ){1,2}also\b|^(?:at|after|before|by|for|from|in|on|since|until|with) (?:it|that|them|then|these|this(?! (?:year|month|week|season)\b)|those)\b/iu;
const OBJECT_PRONOUN = /\b(?:it|them|him)\b/iu;
const LEADING = /(?::|\b(?:these|this|the following|as follows)[.:])["'*_]*$/iu;
const FILLER =
  /^["'“‘*_]*(?:(?:hi|hello|hey|dear|thanks(?! to\b)|thank you|cheers|sure|of course|certainly|absolutely|great|good|excellent|nice|perfect|awesome|wow|congratulations|sorry|got it)(?=[,!.:]|\s+(?:there|again|question|idea|choice|to (?:hear|see)|for|so much|all|everyone|job|morning|evening|afternoon)\b|$)|you['’]re welcome|no problem|happy to help|(?:i )?hope (?:this|that|you)|let me know|feel free|here(?:['’]s| is| are)\b[^.]*[:.]$|below (?:is|are)\b|i['’]?d be happy|i(?: can|['’]ll) (?:help|gladly|happily)|glad (?:to|you|it)|i apologi[sz]e|as an ai\b|if you(?:['’]d| would)? (?:like|want|need|tell|share|send|paste|give)\b|would you like|just (?:say|ask|tell me)|good luck|enjoy|sounds (?:good|great)|i understand\b|i['’]m sorry)/iu;
const REQUEST =
  /^["'“‘*_]*(?:please\b|(?:so |and |now |ok,? |okay,? )?(?:help me|give me|tell me|show me|write|draft|rewrite|rephrase|summari[sz]e|translate|explain|list|make (?:me|it)|suggest|proofread|shorten|check (?:this|my))\b|(?:can|could|would|will) you\b|i (?:need|want|['’]d like|would like) (?:you|help|your|some (?:ideas|help|advice)|advice|ideas|a (?:short|list|draft|plan))\b|any (?:ideas|tips|advice|thoughts)\b|what about\b|how about\b)/iu;
/** How a person opens a talk with an assistant: it says what is wanted, not what is so. */
const WISH =
  /^i (?:(?:want|need|have|would like|am trying|['’]d like) to\b|(?:want|need) (?:a|an|the|some)\b|am not sure\b|wonder\b)/iu;
const TERMINATED = /[.!?…。！？]["'”’)\]*_]*$/u;
const CODE_MARKS = /[{}[\]();=<>|\\/$#@&^~`_]/gu;
const CODE_START =
  /^(?:import |from \S+ import|const |let |var |def |function |class |return |<\/?\w|\$ |#!|SELECT |npm |pip |git |sudo )/u;
const CODE_SHARE = 0.12;
const URL = /\bhttps?:\/\/\S+|\bwww\.\S+/giu;
const TABLE = /^\||\|.*\|/u;

/** Judges one sentence, given without its list or heading mark. */
export function formOf(sentence: string, context: FormContext): SentenceForm {
  const dangling = DANGLING.test(sentence) || POINTS_BACK.test(sentence) || hasEarlyPronoun(sentence);
  const leading = LEADING.test(sentence);
  if (isCode(sentence)) return { quality: 0, dangling, leading };
  if (/[?？]["'”’)\]*_]*$/u.test(sentence)) return { quality: QUESTION, dangling, leading };
  const words = sentence.match(/\S+/gu) ?? [];
  const spaced = isSpaced(sentence);
  const broken =
    (spaced && words.length < MIN_WORDS) ||
    FILLER.test(sentence) ||
    (context.authorRole === 'self' && REQUEST.test(sentence));
  if (broken) return { quality: BROKEN, dangling, leading };
  return { quality: statementQuality(sentence, words, spaced, context), dangling, leading };
}

/** Whether a pronoun comes before anything in the sentence that it could stand for. */
function hasEarlyPronoun(sentence: string): boolean {
  const pronoun = OBJECT_PRONOUN.exec(sentence);
  if (pronoun === null) return false;
  const before = sentence.slice(0, pronoun.index).match(/[\p{L}\p{N}'’]+/gu) ?? [];
  const nouns = before.filter((word) => !isStopWord(word) && !COMMON_VERBS.has(word.toLowerCase()));
  return before.length < MAX_WORDS_BEFORE_PRONOUN && nouns.length <= 1;
}

function statementQuality(
  sentence: string,
  words: readonly string[],
  spaced: boolean,
  context: FormContext,
): number {
  const terminated = TERMINATED.test(sentence);
  const lowerStart = /^["'“‘(*_]*\p{Ll}/u.test(sentence);
  let quality = 1;
  if (lowerStart) quality *= context.edge.start ? 0.2 : 0.85;
  if (!terminated) quality *= context.edge.end ? 0.6 : 0.75;
  if (spaced && (!terminated || words.length < SHORT_WORDS) && !hasVerb(words)) quality *= 0.3;
  if (words.length > LONG_WORDS) quality *= 0.7;
  if (!isBalanced(sentence)) quality *= 0.7;
  if (context.authorRole === 'self' && WISH.test(sentence)) quality *= 0.75;
  // What an assistant tells its reader to do, or says of itself, is not what the person thinks or did.
  if (context.authorRole === 'assistant' && /\b(?:you|your|i)\b/iu.test(sentence)) quality *= 0.7;
  return quality;
}

function isCode(sentence: string): boolean {
  if (TABLE.test(sentence) || CODE_START.test(sentence)) return true;
  const rest = sentence.replace(URL, '').trim();
  if (rest.length < sentence.length && (rest.match(/\S+/gu)?.length ?? 0) < MIN_WORDS) return true;
  return (rest.match(CODE_MARKS)?.length ?? 0) > Math.max(4, rest.length * CODE_SHARE);
}

function hasVerb(words: readonly string[]): boolean {
  return words.some((word, at) => {
    const plain = word.toLowerCase().replace(/[^\p{L}'’]/gu, '');
    if (COMMON_VERBS.has(plain) || /['’](?:m|re|ve|ll|d|s|t)$/u.test(plain)) return true;
    return at > 0 && plain.length > 4 && /(?:ed|ing)$/u.test(plain);
  });
}

/** Whether words are written apart: the word counts and the verb sieve say nothing of scripts without spaces. */
function isSpaced(sentence: string): boolean {
  return !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(sentence);
}

function isBalanced(sentence: string): boolean {
  const count = (mark: string) => sentence.split(mark).length - 1;
  return (
    count('(') === count(')') &&
    count('“') === count('”') &&
    count('"') % 2 === 0 &&
    count('**') % 2 === 0 &&
    count('`') % 2 === 0
  );
}
