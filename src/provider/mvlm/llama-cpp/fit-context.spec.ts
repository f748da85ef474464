import { snippetOf } from '../extractive/extractive.fixture.js';
import { fitContext, type Sourced } from './fit-context.js';

const [first, second, third] = [snippetOf('One.'), snippetOf('Two.'), snippetOf('Three.')] as const;
const atMost = (count: number) => async (request: Sourced) =>
  request.snippets.length + (request.styleSnippets?.length ?? 0) <= count;

describe('fitContext', () => {
  it('leaves a request that fits as it is', async () => {
    const request = { snippets: [first, second] };
    expect(await fitContext(request, atMost(2))).toBe(request);
  });

  it('drops whole snippets from the end, those for style first', async () => {
    const request = { snippets: [first, second], styleSnippets: [third] };
    expect(await fitContext(request, atMost(2))).toEqual({ snippets: [first, second], styleSnippets: [] });
    expect(await fitContext(request, atMost(1))).toEqual({ snippets: [first], styleSnippets: [] });
  });

  it('is null where not even one snippet fits', async () => {
    expect(await fitContext({ snippets: [first, second] }, atMost(0))).toBeNull();
    expect(await fitContext({ snippets: [] }, async () => false)).toBeNull();
  });
});
