import type { AppError } from '../shared/index.js';

type Advice = string | ((details: Readonly<Record<string, unknown>>, taskId: string | undefined) => string);

/** What to do about a fault that the API words for its callers, as something to do on the command line. */
const BY_CODE: Readonly<Record<string, Advice>> = {
  'auth.token_invalid': 'Set MCG_TOKEN to a current token: mcg-agent mint-token --help',
  'auth.token_expired': 'Set MCG_TOKEN to a new token: mcg-agent mint-token --help',
  'corpus.import_unknown': 'Look it up with mcg-agent imports list, for the same user.',
  'corpus.import_running': 'Wait for its end, or stop it: mcg-agent imports cancel ID',
  'corpus.import_ended': 'To take back what it stored: mcg-agent imports undo ID',
  'corpus.undo_expired': 'Delete its documents instead: mcg-agent documents delete --help',
  'corpus.undo_unknown': 'Delete its documents instead: mcg-agent documents delete --help',
  'corpus.document_unknown':
    'Look it up with mcg-agent documents list or mcg-agent search, in the same corpus.',
  'corpus.confirmation_needed': ({ count }) =>
    `To delete ${count} documents for good, repeat it with --confirm ${count}. Nothing was deleted.`,
  'corpus.mirror_with_since':
    'Leave --since out: a mirror reads the whole export to know what is gone from it.',
  'corpus.upload_empty': 'Name a file that holds something.',
  'corpus.upload_too_large': 'Raise IMPORT_MAX_BYTES on the server, or run mcg-agent import there.',
  'governance.held': (_, taskId = 'TASK_ID') =>
    `A reviewer reads it with mcg-agent runs ${taskId} and approves or rejects it (POST /runs/${taskId}/decision); then mcg-agent runs ${taskId} has the answer.`,
  'http.invalid_input': 'Change what is named above; add --help for what each option takes.',
  'http.no_route': 'The server is of another version: mcg-agent doctor',
};

/** Routes that other hints name, and the command that calls them. */
const ROUTES: readonly (readonly [RegExp, string])[] = [
  [/\b(?:GET )?\/runs\/([\w:-]+)/g, 'mcg-agent runs $1'],
  [/\bGET \/(runs|corpora|usage|providers|voice|status)\b/g, 'mcg-agent $1'],
  [/\bGET \/imports\/([\w:-]+)/g, 'mcg-agent imports show $1'],
  [/\bGET \/imports\b/g, 'mcg-agent imports list'],
];

/** What a person at the command line can do about a fault; undefined where nobody knows. */
export function nextStep({ code, hint, details = {}, taskId }: AppError): string | undefined {
  const advice = Object.hasOwn(BY_CODE, code) ? BY_CODE[code]! : undefined;
  if (advice !== undefined) return typeof advice === 'string' ? advice : advice(details, taskId);
  return ROUTES.reduce((text, [route, command]) => text?.replace(route, command), hint);
}
