import type { MailHeaders } from './mail-headers.js';

/** What the place of a message says of it. */
export interface MailFolder {
  readonly isSent: boolean;
  readonly isDraft: boolean;
  readonly isUnwanted: boolean;
  /** The owner's own names for it. */
  readonly labels: readonly string[];
}

const SENT =
  /^(?:sent(?:[ -_](?:mail|items|messages))?|gesendet(?:e .+)?|(?:messages |éléments )?envoyés?|(?:elementos |itens )?enviad[oa]s|(?:posta )?inviat[ai]|verzonden(?: items)?|odeslan(?:á|é|á pošta)|wysłane|skickat?|skickade.*|sendt|sendte.*|lähetetyt|送信済み.*|已发送.*|отправленные)$/i;
const DRAFT =
  /^(?:drafts?|entw(?:ü|u)rfe|brouillons?|borradores|bozze|concepten|rascunhos|koncepty|robocze|utkast|kladder|下書き|草稿|черновики)$/i;
const UNWANTED =
  /^(?:spam|junk(?:[ -_]?e?-?mail)?|bulk mail|spamverdacht|courrier indésirable|pourriel|correo no deseado|posta indesiderata|ongewenste.*|nevyžádaná.*|迷惑メール|垃圾邮件|спам|trash|bin|deleted(?:[ -_](?:items|messages))?|papierkorb|gelöschte.*|corbeille|(?:éléments )?supprimés|papelera|eliminados|cestino|prullenbak|verwijderde.*|koš|kosz|lixeira|papperskorgen|papirkurv|roskakori|ゴミ箱|已删除.*|корзина)$/i;
/** States change from one export to the next and say nothing of the text. */
const STATE =
  /^(?:inbox|unread|opened|read|archived|important|starred|all mail|chats?|mbox|mail|takeout|cur|new|posteingang|ungelesen|geöffnet|archiviert|wichtig)$/i;
const MAX_LABELS = 20;
const MAX_LABEL_CHARS = 100;

/** Where a message lies: its labels as Gmail exports them, else the folder or file that holds it. */
export function mailFolderOf(headers: MailHeaders, path: string): MailFolder {
  const named = headers.text('x-gmail-labels');
  const labels = named === null ? folderNames(path) : labelsIn(named);
  const some = (pattern: RegExp) => labels.some((label) => pattern.test(label));
  const isSent = some(SENT);
  const isDraft = some(DRAFT) || headers.has('x-mozilla-draft-info');
  const isKind = (label: string) => [SENT, DRAFT, UNWANTED, STATE].some((pattern) => pattern.test(label));
  return {
    isSent,
    isDraft,
    isUnwanted: some(UNWANTED),
    labels: (named === null ? [] : labels.filter((label) => !isKind(label)))
      .slice(0, MAX_LABELS)
      .map((label) => label.slice(0, MAX_LABEL_CHARS)),
  };
}

/** Labels are parted by commas; one that holds a comma stands in quotes. */
function labelsIn(value: string): string[] {
  const labels = value.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? [];
  return labels.map((label) => label.trim().replaceAll(/^"|"$/g, '').trim()).filter((label) => label !== '');
}

function folderNames(path: string): string[] {
  return path.split('/').map((part) => part.replace(/\.(?:mbox|mbx|sbd|eml|emlx)$/i, '').replace(/^\./, ''));
}
