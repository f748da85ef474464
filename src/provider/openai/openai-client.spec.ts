import { openAiSettings } from '../../../test/support/openai-settings.js';
import { OpenAiStub } from '../../../test/support/openai-stub.js';
import { authenticationOf, openAiClient } from './openai-client.js';

describe('the OpenAI client', () => {
  it.each([
    ['https://api.openai.com/v1', 'key', {}],
    ['https://name.openai.azure.com/openai/v1', 'key', { Authorization: null, 'api-key': 'key' }],
    ['https://azure.com.example.org/v1', 'key', {}],
    ['http://127.0.0.1:8080/v1', '', { Authorization: null }],
  ])('shows its key to %s in the way that it expects', (url, key, headers) => {
    expect(authenticationOf(new URL(url), key)).toEqual(headers);
  });

  it('leaves retries to others and speaks to the API where no address is set', () => {
    const client = openAiClient({ ...openAiSettings(''), baseUrl: null });
    expect(client).toMatchObject({ maxRetries: 0, baseURL: 'https://api.openai.com/v1', project: null });
  });

  it('does not follow a redirect', async () => {
    const [first, second] = [await OpenAiStub.start(), await OpenAiStub.start()];
    const location = `${second.baseUrl}/chat/completions`;
    first.faultFor = () => ({ kind: 'status', status: 307, headers: { location } });
    const call = openAiClient(openAiSettings(first.baseUrl)).post('/chat/completions', {
      body: { model: 'm', messages: [] },
    });
    await expect(call).rejects.toMatchObject({ status: 307 });
    expect(second.calls).toEqual([]);
    await Promise.all([first.stop(), second.stop()]);
  });

  it('reads what a server sends piece by piece', async () => {
    const stub = await OpenAiStub.start();
    const client = openAiClient(openAiSettings(stub.baseUrl));
    let said = '';
    const messages = [{ role: 'user' as const, content: 'ping' }];
    for await (const { choices } of await client.chat.completions.create({
      model: 'm',
      messages,
      stream: true,
    }))
      said += choices[0]?.delta.content ?? '';
    for await (const event of await client.responses.create({ model: 'm', input: 'ping', stream: true }))
      if (event.type === 'response.output_text.delta') said += event.delta;
    expect(said).toBe('{"text":"pong"}{"text":"pong"}');
    await stub.stop();
  });
});
