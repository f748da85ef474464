/** A request as it is told to people. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where nothing is sent. */
  readonly body: string | { readonly file: string } | null;
}

/** The `curl` that sends the same; the token is that of the variable MCG_TOKEN and never shown. */
export function curlCommand({ method, url, headers, body }: SentRequest): string {
  const shown = Object.entries(headers).filter(([name]) => name !== 'authorization');
  return [
    'curl -sS',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    quoted(url),
    '-H "Authorization: Bearer $MCG_TOKEN"',
    ...shown.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...bodyOf(body),
  ].join(' ');
}

function bodyOf(body: SentRequest['body']): string[] {
  if (body === null) return [];
  return typeof body === 'string' ? [`--data-raw ${quoted(body)}`] : [`-T ${quoted(body.file)}`];
}

/** Quoted for a POSIX shell. */
export function quoted(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
