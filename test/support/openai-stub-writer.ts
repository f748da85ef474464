/** The part of a call's body that the stub reads, in either API. */
export interface StubCall {
  readonly model: string;
  readonly schemaName: string;
  readonly user: string;
  readonly stream: boolean;
  /** How many texts are wanted of the one call. */
  readonly choices: number;
}

interface Sentence {
  readonly text: string;
  readonly snippet_ids: readonly string[];
  readonly paragraph: number;
}

const MAX_CHARS = 300;

interface ChatBody {
  readonly model: string;
  readonly stream?: boolean;
  readonly n?: number;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly response_format?: { readonly json_schema: { readonly name: string } };
}

interface ResponsesBody {
  readonly model: string;
  readonly stream?: boolean;
  readonly input: string;
  readonly text?: { readonly format: { readonly name: string } };
}

/** Reads a call as a real server would: from its body alone. */
export function readCall(api: 'chat' | 'responses', body: string): StubCall {
  if (api === 'chat') {
    const {
      model,
      stream = false,
      n: choices = 1,
      messages,
      response_format: format,
    } = JSON.parse(body) as ChatBody;
    const user = messages.find(({ role }) => role === 'user')?.content ?? '';
    return { model, stream, choices, user, schemaName: format?.json_schema.name ?? '' };
  }
  const { model, stream = false, input, text } = JSON.parse(body) as ResponsesBody;
  return { model, stream, choices: 1, user: input, schemaName: text?.format.name ?? '' };
}

/** A modest model: it quotes what it is given and keeps what it should revise. */
export function writeAnswer({ schemaName, user }: StubCall): string {
  switch (schemaName) {
    case 'outline':
      return JSON.stringify({
        headline: 'What the sources say',
        points: quotes(user).map(({ text, snippet_ids }) => ({ text, snippet_ids })),
      });
    case 'draft':
      return JSON.stringify({ sentences: quotes(user) });
    case 'critique':
      return JSON.stringify({ notes: [] });
    case 'revision':
      return JSON.stringify({ sentences: given(user), changes: [] });
    case 'summary': {
      const sentences = given(user);
      const words = sentences[0]?.text.split(' ') ?? [];
      return JSON.stringify({ sentences, keywords: [words.slice(0, 2).join(' '), 'never said here'] });
    }
    default:
      return JSON.stringify({ text: 'pong' });
  }
}

function quotes(user: string): Sentence[] {
  return block<{ id: string; text: string }>(user, 'SNIPPETS').flatMap(({ id, text }, paragraph) => {
    const quoted = [...text.replace(/\s+/gu, ' ').trim()].slice(0, MAX_CHARS).join('').trim();
    return quoted === '' ? [] : [{ text: quoted, snippet_ids: [id], paragraph }];
  });
}

function given(user: string): Sentence[] {
  return block<Sentence>(user, 'TEXT').map(({ text, snippet_ids, paragraph }) => ({
    text,
    snippet_ids,
    paragraph,
  }));
}

/** The items of a data block; a block that data could close would show here. */
export function block<T>(user: string, name: string): T[] {
  const [, inside] = user.split(`<<<${name}\n`);
  const [lines] = (inside ?? '').split(`\n${name}>>>`);
  return (lines ?? '')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as T);
}
