import type { ToldStep } from '../api-client.js';

const VERBS: Readonly<Record<string, string>> = {
  search: 'searching',
  generate: 'writing',
  revise: 'revising',
  summarize: 'condensing',
  retrieve: 'looking up references',
  measure: 'measuring',
};

/** What a step of a run amounts to in words; null where it changes nothing of what is shown. */
export function stageProgress({ name, body }: ToldStep): string | null {
  const role = typeof body['role'] === 'string' ? body['role'] : null;
  switch (name) {
    case 'run.queued':
      return 'waiting for a place';
    case 'run.started':
      return 'starting';
    case 'run.resumed':
      return 'going on after an interruption';
    case 'stage.started':
      return role;
    case 'ask.started':
      return `${role}: ${workOf(body)}`;
    case 'ask.decided':
      return body['permitted'] === false ? `${role}: denied, ${body['action']}` : null;
    case 'stage.finished':
      return `${role}: ${body['result']}`;
    default:
      return null;
  }
}

function workOf({ action, corpus, external }: Readonly<Record<string, unknown>>): string {
  const verb = VERBS[String(action)] ?? String(action);
  return `${verb}${typeof corpus === 'string' ? ` ${corpus}` : ''}${external === true ? ' (outside)' : ''}`;
}
