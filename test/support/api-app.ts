import { ImportService } from '../../src/corpus/index.js';
import { startTestApp } from './app.js';
import { TestClient } from './http.js';
import { OpenAiStub } from './openai-stub.js';
import { type StubCall, writeAnswer } from './openai-stub-writer.js';

export const API_KEY = 'test-key-not-to-be-shown';

const PROMPT = 'What did I decide about heating the greenhouse?';
const MARA = 'mara';

interface Stage {
  readonly role: string;
  readonly result: string;
  readonly external_calls: number;
  readonly fallback: string | null;
}

interface Answer {
  readonly content: string;
  readonly metadata: {
    readonly outcome: string;
    readonly stages: readonly Stage[];
    readonly attribution: readonly { readonly sentence: string }[];
    readonly cache: { readonly level: string } | null;
    readonly token_stats: { readonly input_tokens: number; readonly output_tokens: number };
  };
}

/** The whole application with the sample corpora, writing through a stub of the API. */
export class ApiApp {
  private constructor(
    readonly stub: OpenAiStub,
    readonly mara: TestClient,
    readonly admin: TestClient,
    readonly stop: () => Promise<void>,
  ) {}

  static async start(environment: Readonly<Record<string, string>> = {}): Promise<ApiApp> {
    const stub = await OpenAiStub.start();
    const test = await startTestApp({
      GEN_PROVIDER: 'openai',
      OPENAI_BASE_URL: stub.baseUrl,
      OPENAI_API_KEY: API_KEY,
      OPENAI_MAX_RETRIES: '1',
      ...environment,
    });
    const imports = test.app.get(ImportService);
    const actor = { userId: MARA, scopes: [] };
    await imports.run(actor, { corpus: 'personal', path: 'examples/personal/conversations.json' });
    await imports.run(actor, { corpus: 'published', path: 'examples/published' });
    await imports.run(actor, { corpus: 'social', path: 'examples/social' });
    const mara = new TestClient(test, await test.authorize(MARA, 'query'));
    const admin = new TestClient(test, await test.authorize('root', 'admin'));
    return new ApiApp(stub, mara, admin, async () => {
      await test.close();
      await stub.stop();
    });
  }

  /** Forgets what was asked of the stub before; `write` answers from now on. */
  listen(write: (call: StubCall, choice: number) => string = writeAnswer): void {
    this.stub.calls = [];
    this.stub.reservations.clear();
    this.stub.write = write;
  }

  /** Deletes as the administrator. */
  async delete(url: string): Promise<void> {
    const response = await this.admin.delete(url);
    expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
  }

  ask() {
    return this.mara.post('/query', { prompt: PROMPT });
  }

  /** An answer with what its stages say of themselves, by role. */
  async answered() {
    const response = await this.ask();
    expect({ status: response.statusCode, body: response.body }).toMatchObject({ status: 200 });
    const { content, metadata } = response.json<Answer>();
    const of = (key: keyof Stage) =>
      Object.fromEntries(metadata.stages.map((stage) => [stage.role, stage[key]]));
    return { content, metadata, calls: of('external_calls'), fallbacks: of('fallback') };
  }

  /** What the stub was asked to write, in order. */
  written(): string[] {
    return this.stub.calls.map(({ schemaName }) => schemaName);
  }
}
