/** What its writer wrote of a message, without what they answered to. */
export interface OwnText {
  readonly text: string;
  readonly isShortened: boolean;
}

const QUOTED = /^\s{0,3}>/;
const SIGNATURE = /^--\s?$/;
const MAX_SIGNATURE_LINES = 20;
/** Below such a line stands another message. */
const OTHER_MESSAGE =
  /^\s*(?:-{2,}\s*)?(?:original message|forwarded message|begin forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message original|message transféré|mensaje original|mensaje reenviado|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|doorgestuurd bericht|mensagem original|mensagem encaminhada|původní zpráva|wiadomość oryginalna)(?:\s*-{2,}|\s*:)\s*$/i;
const FROM_LINE = /^\s*\*?(?:from|von|de|da|van|od|от|发件人|差出人)\*?\s?[:：]\s?\S/i;
const SENT_LINE =
  /^\s*\*?(?:sent|date|gesendet|datum|envoyé|enviado(?: el)?|fecha|data|inviato|verzonden|odesláno|wysłano|отправлено|发送时间|送信日時)\*?\s?[:：]\s?\S/i;
const SUBJECT_LINE =
  /^\s*\*?(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto|předmět|temat|тема|主题|件名)\*?\s?[:：]/i;
const RULE = /^\s*[_-]{5,}\s*$/;
/** Of `On … wrote:` in the languages that mail programs write it in. */
const ATTRIBUTION =
  /(?:wrote|schrieb.*|a écrit|escribió|ha scritto|schreef.*|escreveu|napsal(?:\(?a\)?)?|pisze|skrev.*|kirjoitti|写道|написал.*|のメール)\s?[:：]\s*$/iu;
const OPENING = /^\s*(?:On|Am|Le|El|Il|Op|Em|Dne|W dniu|Den|В|在)[\s,]/;
const NAMES_A_TIME = /\d{4}|\d{1,2}[:.]\d{2}|\S+@\S+/;
const MAX_ATTRIBUTION_LINES = 3;
const HEADER_BLOCK_LINES = 7;
/** No line that introduces a quote is longer; a longer one would only cost time. */
const MAX_INTRODUCTION_CHARS = 400;

/** Takes off quoted messages, the lines that introduce them, and the signature. */
export function ownMailText(text: string): OwnText {
  const lines = text.split('\n');
  const above = lines.slice(0, endOfOwn(lines));
  const unquoted = withoutQuotes(above);
  const signatureAt = unquoted.findIndex((line) => SIGNATURE.test(line));
  const hasSignature = signatureAt !== -1 && unquoted.length - signatureAt <= MAX_SIGNATURE_LINES;
  const own = hasSignature ? unquoted.slice(0, signatureAt) : unquoted;
  return {
    text: own
      .join('\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
    isShortened: own.some((line) => line.trim() !== '')
      ? own.length < lines.length
      : lines.some((line) => line.trim() !== ''),
  };
}

/** The line at which another message begins that is not marked as a quote line by line. */
function endOfOwn(lines: readonly string[]): number {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (OTHER_MESSAGE.test(line) || isHeaderBlock(lines, at))
      return at > 0 && RULE.test(lines[at - 1]!) ? at - 1 : at;
    if (isIntroduction(line) && ATTRIBUTION.test(line) && !quoteFollows(lines, at)) {
      const start = attributionStart(lines, at);
      if (lines.slice(start, at + 1).some(namesATime)) return start;
    }
  }
  return lines.length;
}

/** The headers of the message that is answered, as Outlook writes them out. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
  if (!FROM_LINE.test(lines[at]!)) return false;
  const block = lines.slice(at + 1, at + HEADER_BLOCK_LINES);
  return block.some((line) => SENT_LINE.test(line)) && block.some((line) => SUBJECT_LINE.test(line));
}

function quoteFollows(lines: readonly string[], at: number): boolean {
  return lines.slice(at + 1, at + 4).some((line) => QUOTED.test(line));
}

/** Own words may stand between the quotes, so only the quotes go. */
function withoutQuotes(lines: readonly string[]): string[] {
  const own: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (!QUOTED.test(line)) own.push(line);
    else if (index === 0 || !QUOTED.test(lines[index - 1]!)) dropAttribution(own);
  }
  return own;
}

/** The line above a quote that names whose words it holds, at times broken into two or three. */
function dropAttribution(own: string[]): void {
  let end = own.length;
  while (end > 0 && own[end - 1]!.trim() === '') end--;
  if (end === 0 || !/[:：]\s*$/.test(own[end - 1]!)) return;
  const start = attributionStart(own, end - 1);
  if (NAMES_A_TIME.test(own.slice(start, end).join(' ')) || ATTRIBUTION.test(own[end - 1]!))
    own.length = start;
}

/** An introduction may be broken: it begins with its usual word, or else with the line that names a time. */
function attributionStart(lines: readonly string[], at: number): number {
  const above = lines.slice(Math.max(0, at - MAX_ATTRIBUTION_LINES + 1), at + 1);
  const joined = above.slice(above.findLastIndex((line) => line.trim() === '') + 1);
  const opening = joined.findLastIndex((line) => OPENING.test(line));
  const first = opening === -1 ? joined.findLastIndex(namesATime) : opening;
  return first === -1 ? at : at - (joined.length - 1 - first);
}

function isIntroduction(line: string): boolean {
  return line.length <= MAX_INTRODUCTION_CHARS && /[:：]\s*$/.test(line);
}

function namesATime(line: string): boolean {
  return line.length <= MAX_INTRODUCTION_CHARS && NAMES_A_TIME.test(line);
}
