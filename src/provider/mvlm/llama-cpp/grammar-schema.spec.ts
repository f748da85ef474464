import { generationTask, summaryTask } from '../../prompting/index.js';
import { citing, REQUEST, snippetOf } from '../extractive/extractive.fixture.js';
import { grammarSchemaOf } from './grammar-schema.js';

const snippet = snippetOf('The stove was built in 1931.');
const base = { ...REQUEST, prompt: 'the stove', snippets: [snippet] };
const ids = { type: 'array', items: { enum: ['s1', 's2'] }, minItems: 1, maxItems: 2 };

describe('grammarSchemaOf', () => {
  it('lets a sentence cite known ids only, and at least one', () => {
    const { schema } = summaryTask({ ...base, text: citing(snippet, snippet.text), maxWords: 20 });
    expect(grammarSchemaOf(schema, ['s1', 's2'])).toEqual({
      type: 'object',
      properties: {
        sentences: {
          type: 'array',
          minItems: 1,
          items: {
            type: 'object',
            properties: {
              text: { type: 'string', minLength: 1 },
              snippet_ids: ids,
              paragraph: { type: 'integer' },
            },
            required: ['text', 'snippet_ids', 'paragraph'],
            additionalProperties: false,
          },
        },
        keywords: { type: 'array', items: { type: 'string' } },
      },
      required: ['sentences', 'keywords'],
      additionalProperties: false,
    });
  });

  it('says "one of" where JSON Schema says "any of", and leaves out what no grammar knows', () => {
    const schema = {
      anyOf: [
        { type: 'string', pattern: '^a$' },
        { type: 'null', title: 'A' },
      ],
    };
    expect(grammarSchemaOf(schema, [])).toEqual({ oneOf: [{ type: 'string' }, { type: 'null' }] });
  });

  it('keeps what the templates ask for', () => {
    const { schema } = generationTask({ ...base, task: 'critique', draft: citing(snippet, snippet.text) });
    expect(grammarSchemaOf(schema, [])).toEqual(schema);
  });
});
