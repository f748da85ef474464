/** A phrase by which a text addresses a model. Gaps are bounded, so that matching stays linear in the text. */
export interface InstructionPattern {
  readonly name: string;
  readonly pattern: RegExp;
}

/** An order begins a clause; "he chose to ignore the earlier rules" tells, it does not order. */
const ORDER = String.raw`(?:^|[.!?:;,\n"'“‘(\[*>-]\s{0,3}|\b(?:please|now|then|and|must|should|just|also|simply|instead)\s{1,3})`;
const GAP = (most: number) => String.raw`(?:\s{1,3}[\p{L}\p{N}'’-]{1,20}){0,${most}}?\s{1,3}`;
const rule = (name: string, ...parts: string[]): InstructionPattern => ({
  name,
  pattern: new RegExp(parts.join(''), 'giu'),
});

const EARLIER = '(?:previous|prior|above|earlier|preceding|foregoing|system|original|initial|your)';
const ORDERS = '(?:instructions?|prompts?|rules|directives?|guidelines|programming|training)';

/** Our own list, written from the published descriptions of prompt injection (OWASP LLM01). */
export const INSTRUCTION_PATTERNS: readonly InstructionPattern[] = [
  rule(
    'override',
    ORDER,
    '(?:ignore|disregard|forget|override|bypass|discard)',
    GAP(4),
    EARLIER,
    GAP(2),
    `${ORDERS}\\b`,
  ),
  rule(
    'override_all',
    ORDER,
    '(?:ignore|disregard|forget|override)',
    GAP(2),
    'all',
    GAP(2),
    'instructions\\b',
  ),
  rule(
    'new_role',
    '\\byou\\s{1,3}are\\s{1,3}now\\s{1,3}(?:DAN\\b|in\\s{1,3}(?:developer|debug|admin|god|jailbreak)\\s{1,3}mode|no\\s{1,3}longer\\s{1,3}(?:bound|restricted|an\\s{1,3}AI)|',
    '(?:an?\\s{1,3})?(?:unrestricted|unfiltered|uncensored|jailbroken)\\b|an?\\s{1,3}(?:AI|language\\s{1,3}model|chatbot|assistant)\\b)',
  ),
  rule(
    'pretend',
    ORDER,
    '(?:act|pretend|behave|respond|role-?play)',
    GAP(4),
    '(?:unrestricted|unfiltered|uncensored|jailbroken|without\\s{1,3}(?:any\\s{1,3})?(?:restrictions|limitations|filters|guidelines))\\b',
  ),
  rule(
    'reveal_prompt',
    ORDER,
    '(?:reveal|print|show|repeat|output|leak|display|disclose|tell)',
    GAP(4),
    '(?:system|initial|hidden|secret)\\s{1,3}(?:prompt|instructions|message)\\b',
  ),
  rule(
    'exfiltrate',
    '\\b(?:send|post|upload|forward|transmit|exfiltrate|append|submit)',
    GAP(5),
    '(?:conversation|history|context|keys?|passwords?|secrets?|credentials|tokens?|data|messages|prompt|e-?mails)\\b',
    GAP(6),
    'https?:\\/\\/',
  ),
  rule(
    'data_in_link',
    '!\\[[^\\]\\n]{0,200}\\]\\(https?:\\/\\/[^)\\s]{1,300}[?&][\\w-]{1,40}=\\s{0,2}[{<\\[$]',
  ),
  rule(
    'chat_template',
    '<\\|(?:im_start|im_end|system|user|assistant|endoftext)\\|>|\\[\\/?INST\\]|<<\\/?SYS>>',
  ),
  rule(
    'new_instructions',
    '\\b(?:new|updated|real|actual)\\s{1,3}(?:system\\s{1,3})?(?:instructions?|prompt)\\s{0,2}:',
  ),
  rule(
    'from_now_on',
    '\\bfrom\\s{1,3}now\\s{1,3}on,?\\s{1,3}(?:you\\s{1,3}(?:will|must|are\\s{1,3}to|should|shall)\\s{1,3}(?:only\\s{1,3}|always\\s{1,3}|never\\s{1,3})?)?(?:ignore|respond|answer|reply|act|pretend|obey)\\b',
  ),
  rule(
    'hide_from_user',
    "\\b(?:do\\s{1,3}not|don['’]t|never|without)\\s{1,3}(?:tell(?:ing)?|inform(?:ing)?|alert(?:ing)?|notify(?:ing)?)\\s{1,3}the\\s{1,3}user\\b",
  ),
  rule(
    'to_the_model',
    '\\b(?:AI|assistant|language\\s{1,3}model|LLM|chatbot)s?\\s{1,3}(?:reading|processing|summari[sz]ing)\\s{1,3}this\\b',
  ),
];
