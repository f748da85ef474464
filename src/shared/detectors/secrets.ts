import type { Span } from '../text/index.js';

export type SecretType =
  | 'private_key'
  | 'aws_access_key'
  | 'github_token'
  | 'gitlab_token'
  | 'slack_token'
  | 'google_api_key'
  | 'stripe_key'
  | 'openai_key'
  | 'sendgrid_key'
  | 'twilio_key'
  | 'npm_token'
  | 'hugging_face_token'
  | 'telegram_token'
  | 'age_key'
  | 'webhook'
  | 'connection_password'
  | 'bearer_token'
  | 'json_web_token'
  | 'password'
  | 'api_key';

/** Keys and tokens whose issuer gives them a shape. Every gap is bounded and starts at a word's edge: linear time. */
const SHAPES: readonly (readonly [SecretType, RegExp])[] = [
  ['aws_access_key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['github_token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255})\b/g],
  ['gitlab_token', /\bglpat-[A-Za-z0-9_-]{20,64}/g],
  ['slack_token', /\bxox[abeprs]-[A-Za-z0-9-]{10,250}/g],
  ['google_api_key', /\bAIza[0-9A-Za-z_-]{35}/g],
  ['stripe_key', /\b(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{16,250}\b/g],
  ['openai_key', /\bsk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{20,250}/g],
  [
    'json_web_token',
    /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{4,4000}\.[A-Za-z0-9_-]{0,1000}/g,
  ],
  ['sendgrid_key', /\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16,64}/g],
  ['twilio_key', /\bSK[0-9a-f]{32}\b/g],
  ['npm_token', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['hugging_face_token', /\bhf_[A-Za-z0-9]{30,60}\b/g],
  ['telegram_token', /\b\d{8,10}:AA[A-Za-z0-9_-]{32,35}/g],
  ['age_key', /\bAGE-SECRET-KEY-1[0-9A-Z]{50,64}\b/g],
  [
    'webhook',
    /\bhttps:\/\/(?:hooks\.slack\.com\/services\/|discord(?:app)?\.com\/api\/webhooks\/)[A-Za-z0-9_/-]{20,160}/g,
  ],
];

/** How those shapes begin, in one pass: most texts hold none of it. */
const MAY_HAVE_SHAPE =
  /A[KS]IA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AIza|[rs]k_|sk-|eyJ|SG\.|SK[0-9a-f]|npm_|hf_|\d:AA|AGE-SECRET-KEY-|https:\/\/(?:hooks|discord)/;

/** The password in an address of a server: only it is secret, and a place-holder is not. */
const IN_ADDRESS = /\b[a-z][a-z0-9+.-]{2,20}:\/\/[^\s:/@"'<>]{1,64}:([^\s@/"'<>]{3,128})@[\w.-]{1,100}/dgi;
const BEARER = /\b(?:Bearer|Basic)\s{1,2}([A-Za-z0-9._~+/-]{16,2000}={0,2})/dg;
/** Bits a character: English words stay below, random letters and digits of this length above. */
const MIN_ENTROPY_BITS = 3;

const KEY_HEADER = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
const LABELLED =
  /(?<![\p{L}\p{N}])(password|passwd|passphrase|pwd|(?:api|secret|access|auth|client|private)[_ -]?(?:key|token|secret)|secret|token)["']?(\s{0,3}[=:]\s{0,3}|\s{1,3}(?:is|was)\s{1,3})(["'`]?)([^\s"'`,;<>]{6,200})/giu;

/** Private keys, tokens by their issuer's shape, and values that a text labels as a password or key. */
export function* findSecrets(text: string): Generator<{ type: SecretType; span: Span }> {
  yield* findPrivateKeys(text);
  for (const [type, shape] of MAY_HAVE_SHAPE.test(text) ? SHAPES : []) {
    for (const match of text.matchAll(shape)) {
      yield { type, span: { start: match.index, end: match.index + match[0].length } };
    }
  }
  yield* findCredentials(text);
  for (const match of text.matchAll(LABELLED)) {
    const [whole, label, operator, quote, raw] = match as unknown as [string, string, string, string, string];
    const value = raw.replace(/[.!?)\]}]{1,4}$/u, '');
    if (!looksSecret(value, operator.trim(), quote)) continue;
    const end = match.index + whole.length - (raw.length - value.length);
    yield {
      type: /^(?:pass|pwd)/iu.test(label) ? 'password' : 'api_key',
      span: { start: end - value.length, end },
    };
  }
}

/** Credentials inside something longer: a server's address, a header of HTTP. */
function* findCredentials(text: string): Generator<{ type: SecretType; span: Span }> {
  for (const match of text.includes('://') ? text.matchAll(IN_ADDRESS) : []) {
    const [start, end] = match.indices![1]!;
    if (!/^(?:[$<{[*%]|pass(?:word)?$)/iu.test(match[1]!))
      yield { type: 'connection_password', span: { start, end } };
  }
  for (const match of text.matchAll(BEARER)) {
    const [start, end] = match.indices![1]!;
    if (/\d/.test(match[1]!) && entropyBits(match[1]!) >= MIN_ENTROPY_BITS)
      yield { type: 'bearer_token', span: { start, end } };
  }
}

/** A key without its closing line is taken to run to the end of the text. */
function* findPrivateKeys(text: string): Generator<{ type: SecretType; span: Span }> {
  let from = 0;
  for (const header of text.matchAll(KEY_HEADER)) {
    if (header.index < from) continue;
    const footer = text.indexOf('-----END', header.index);
    const close = footer === -1 ? -1 : text.indexOf('-----', footer + 8);
    from = close === -1 ? text.length : close + 5;
    yield { type: 'private_key', span: { start: header.index, end: from } };
  }
}

/** A labelled value is prose or code unless it mixes character classes, or is written tight or quoted as in a file. */
function looksSecret(value: string, operator: string, quote: string): boolean {
  if (value.length < 6 || /[(${}[\]]|^process\.|^https?:|^\*+$/iu.test(value)) return false;
  const mixed = /\p{L}/u.test(value) && /\p{N}/u.test(value);
  if (mixed) return true;
  const written = /[^\p{L}\p{N}.'’_-]/u.test(value) && /\p{L}/u.test(value);
  return operator === '=' ? quote !== '' || written : written && operator === ':';
}

/** Shannon's entropy of the characters of a value, in bits a character (Shannon 1948). */
function entropyBits(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}
