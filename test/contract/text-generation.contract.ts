import fc from 'fast-check';
import type {
  CritiqueNote,
  Outline,
  Revision,
  Summary,
  TextGenerationProvider,
} from '../../src/provider/text-generation.port.js';
import { type CitedText, type Snippet, sha256Hex, termsOf } from '../../src/shared/index.js';

export interface TextGenerationContract {
  /** Whether the adapter quotes: every sentence is found in a snippet that it cites. */
  readonly quotes: boolean;
  /** Whether the same request gives the same bytes, whatever the order of its snippets. */
  readonly deterministic: boolean;
  /** How many random materials to try; each costs a run of every task. */
  readonly runs: number;
}

interface Material {
  readonly prompt: string;
  readonly maxWords: number;
  readonly snippets: readonly Snippet[];
}

interface Written {
  readonly outline: Outline;
  readonly draft: CitedText;
  readonly notes: readonly CritiqueNote[];
  readonly revision: Revision;
  readonly summary: Summary;
}

const REQUEST = { role: 'drafter', mode: 'chat', tone: 'neutral', style: 'concise' } as const;
const OPTIONS = { signal: new AbortController().signal, reservationId: null };
const PROMPTS = ['What about the garden well?', 'garden', '', 'שלום 温室', 'Write a post about the river 🌊'];

/** What every adapter of the port keeps, whatever the texts: run it with a factory of the adapter. */
export function describeTextGeneration(
  make: () => TextGenerationProvider,
  { quotes, deterministic, runs }: TextGenerationContract,
): void {
  const write = async (material: Material) => writeAll(make(), material);

  it('gives empty values for no snippets', async () => {
    const written = await write({ prompt: 'garden well', maxWords: 50, snippets: [] });
    expect(written.outline.points).toEqual([]);
    expect(written.draft).toEqual([]);
    expect(written.notes).toEqual([]);
    expect(written.revision).toEqual({ text: [], changes: [] });
    expect(written.summary).toEqual({ text: [], trimmed: [], keywords: [] });
  });

  it('cites given snippets in every sentence', async () => {
    await forMaterials(runs, write, (written, { snippets }) => {
      const given = new Set(snippets.map((snippet) => snippet.id));
      for (const { snippetIds } of textsOf(written).flat()) {
        expect(snippetIds.length).toBeGreaterThan(0);
        expect(snippetIds.filter((id) => !given.has(id))).toEqual([]);
      }
    });
  });

  it('keeps to the number of words, or to one sentence', async () => {
    await forMaterials(runs, write, ({ draft, summary }, { maxWords }) => {
      if (draft.length > 1) expect(wordsOf(draft)).toBeLessThanOrEqual(maxWords);
      if (summary.text.length > 1) expect(wordsOf(summary.text)).toBeLessThanOrEqual(summaryWords(maxWords));
    });
  });

  it('empties no text and adds no sentence in revising and condensing', async () => {
    await forMaterials(runs, write, ({ draft, revision, summary }) => {
      const drafted = new Set(draft.map((sentence) => sentence.text));
      expect(revision.text.length > 0 && summary.text.length > 0).toBe(draft.length > 0);
      if (quotes)
        for (const { text } of [...revision.text, ...summary.text]) expect(drafted.has(text)).toBe(true);
    });
  });

  it('gives seven points at most, a short headline, and keywords that occur in the text', async () => {
    await forMaterials(runs, write, ({ outline, summary }) => {
      expect(outline.points.length).toBeLessThanOrEqual(7);
      expect(outline.headline.length).toBeLessThanOrEqual(80);
      const text = summary.text.map((sentence) => sentence.text.toLowerCase());
      for (const keyword of summary.keywords)
        expect(text.some((sentence) => sentence.includes(keyword.toLowerCase()))).toBe(true);
    });
  });

  if (quotes)
    it('quotes: every sentence stands in every snippet that it cites', async () => {
      await forMaterials(runs, write, (written, { snippets }) => {
        const byId = new Map(snippets.map((snippet) => [snippet.id, collapsed(snippet.text)]));
        for (const { text, snippetIds } of textsOf(written).flat())
          for (const id of snippetIds) expect(byId.get(id)).toContain(text);
      });
    });

  if (deterministic)
    it('gives the same bytes for the same request, in whatever order the snippets come', async () => {
      await forMaterials(runs, write, async (written, material) => {
        expect(await write(material)).toEqual(written);
        expect(await write({ ...material, snippets: [...material.snippets].reverse() })).toEqual(written);
      });
    });

  it.each([
    ['without an end', `${'garden '.repeat(150_000)}`],
    ['of one line', 'The garden well is deep. '.repeat(42_000)],
    ['of short lines', 'a garden\n'.repeat(110_000)],
    ['of emoji', '🌱'.repeat(500_000)],
  ])('survives a text of 1 MB %s', async (_, text) => {
    const snippets = [snippetOf(text, 'self', 1, 0)];
    const { summary } = await write({ prompt: 'garden well', maxWords: 40, snippets });
    expect(summary.text.length).toBeLessThanOrEqual(40);
  });
}

async function writeAll(provider: TextGenerationProvider, material: Material): Promise<Written> {
  const base = { ...REQUEST, prompt: material.prompt, snippets: material.snippets };
  const { maxWords } = material;
  const outline = (await provider.generate({ ...base, task: 'outline' }, OPTIONS)).value;
  const drafting = { ...base, task: 'draft', outline, maxWords, styleSnippets: [] } as const;
  const draft = (await provider.generate(drafting, OPTIONS)).value;
  const notes = (await provider.generate({ ...base, task: 'critique', draft }, OPTIONS)).value;
  const revision = (await provider.revise({ ...base, text: draft, notes }, OPTIONS)).value;
  const summarizing = { ...base, text: revision.text, maxWords: summaryWords(maxWords) };
  const summary = (await provider.summarize(summarizing, OPTIONS)).value;
  return { outline, draft, notes, revision, summary };
}

/** Less than the draft may have, so that there is something to condense. */
function summaryWords(maxWords: number): number {
  return Math.ceil(maxWords / 2);
}

async function forMaterials(
  runs: number,
  write: (material: Material) => Promise<Written>,
  check: (written: Written, material: Material) => void | Promise<void>,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(materials(), async (material) => {
      await check(await write(material), material);
    }),
    { numRuns: runs },
  );
}

/** Sentences of a person mixed with what an export may also hold. */
function materials(): fc.Arbitrary<Material> {
  const word = fc.constantFrom(
    ...'garden well river it pump 2025 decided because the was I dry not 温室 שלום 🌊 naïve'.split(' '),
  );
  const sentence = fc
    .tuple(
      fc.array(word, { minLength: 1, maxLength: 14 }),
      fc.constantFrom('.', '!', '?', '', ':', '。', '…'),
    )
    .map(([words, end]) => `${words.join(' ').replace(/^./u, (first) => first.toUpperCase())}${end}`);
  const noise = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom(
      '- [ ] the garden',
      '```\nlet well = 1;\n```',
      '# The garden',
      '| a | b |',
      'https://example.org/well',
    ),
  );
  const text = fc
    .array(
      fc.tuple(
        fc.oneof({ weight: 4, arbitrary: sentence }, noise),
        fc.constantFrom(' ', '\n', '  ', '\n\n', '\u00a0'),
      ),
      {
        maxLength: 8,
      },
    )
    .map((pieces) => pieces.flat().join(''));
  const snippet = fc
    .tuple(text, fc.constantFrom('self', 'assistant'), fc.constantFrom(1, 2, 3), fc.nat({ max: 5 }))
    .map(([body, author, score, day]) => snippetOf(body, author, score, day));
  return fc.record({
    prompt: fc.oneof(fc.constantFrom(...PROMPTS), fc.string({ maxLength: 40 })),
    maxWords: fc.integer({ min: 1, max: 120 }),
    snippets: fc.uniqueArray(snippet, { maxLength: 6, selector: ({ id }) => id }),
  });
}

function snippetOf(text: string, authorRole: 'self' | 'assistant', score: number, day: number): Snippet {
  const hash = sha256Hex(`${authorRole}${score}${day}${text}`);
  return {
    id: `s${hash.slice(0, 15)}`,
    text,
    score,
    attribution: {
      documentId: hash.slice(0, 8),
      corpus: 'personal',
      source: 'chatgpt',
      externalId: hash,
      threadId: day % 2 === 0 ? `thread-${day}` : null,
      authorRole,
      title: day === 3 ? 'The garden well' : null,
      url: null,
      timestamp: day === 0 ? null : `2025-03-0${day}T08:00:00.000Z`,
      span: { start: 0, end: text.length },
      documentHash: hash,
    },
  };
}

function textsOf({ outline, draft, revision, summary }: Written): readonly CitedText[] {
  return [outline.points, draft, revision.text, summary.text];
}

function wordsOf(text: CitedText): number {
  return text.reduce((sum, sentence) => {
    const runs = sentence.text.match(/\S+/gu)?.length ?? 0;
    return sum + Math.max(runs, termsOf(sentence.text).length);
  }, 0);
}

function collapsed(text: string): string {
  return text.replace(/\s+/gu, ' ');
}
