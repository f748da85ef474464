import fc from 'fast-check';
import type { ImportedDocument } from '../../src/corpus/documents/imported-document.js';
import type { PostgresDocumentWriter } from '../../src/corpus/documents/postgres-document.writer.js';
import { TermRenewalRepository } from '../../src/corpus/documents/term-renewal.repository.js';
import { LexicalRanker } from '../../src/corpus/search/lexical-ranker.js';
import { RankWeights } from '../../src/corpus/search/rank-weights.js';
import { SearchRepository } from '../../src/corpus/search/search.repository.js';
import { SearchService } from '../../src/corpus/search/search.service.js';
import type { SearchHit, SearchQuery, SearchResult } from '../../src/corpus/search/search-query.js';
import { type CorpusName, SystemClock } from '../../src/shared/index.js';
import type { TestDatabase } from '../support/database.js';
import { documentWriterOn } from '../support/document-writer.js';
import { FORGETFUL } from '../support/forgetful-cache.js';

type Open = () => Promise<TestDatabase>;

/** What a search finds and why, whichever database it stands on. */
export function describeSearch(open: Open): void {
  let corpus: SearchedCorpus;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const database = await open();
    corpus = new SearchedCorpus(database);
    close = () => database.close();
  });
  afterAll(() => close());
  beforeEach(() => corpus.clear());

  describe('words', () => describeWords(() => corpus));
  describe('quotations', () => describeQuotations(() => corpus));
  describe('talks', () => describeTalks(() => corpus));
  describe('signs', () => describeSigns(() => corpus));
  describe('an index of earlier rules', () => describeRenewal(() => corpus));
}

function describeWords(current: () => SearchedCorpus): void {
  it('finds a word in the language of each document', async () => {
    const corpus = current();
    await corpus.write([
      note('de', 'Wir haben die alten Häuser und den Garten mit einem Zaun umgeben.'),
      note('fr', 'Nous avons planté des arbres dans le jardin pour les oiseaux.'),
      note('en', 'We painted the houses and the garden gate.'),
    ]);
    expect(await corpus.ids('Haus')).toEqual(['de']);
    expect(await corpus.ids('arbre')).toEqual(['fr']);
    expect(await corpus.ids('house')).toEqual(['en']);
    expect(await corpus.ids('Wo stehen die Häuser und wie ist der Zaun?')).toEqual(['de']);
  });

  it('finds words with and without accents, and pairs where there are no spaces', async () => {
    const corpus = current();
    await corpus.write([note('a', 'Café Zürich'), note('b', '東京都に行く')]);
    expect(await corpus.ids('cafe zurich')).toEqual(['a']);
    expect(await corpus.ids('京都')).toEqual(['b']);
  });

  it('counts a word of the title for more', async () => {
    const corpus = current();
    await corpus.write([
      note('text', 'the greenhouse and other things', { title: 'On odds' }),
      note('title', 'of odds and other things', { title: 'The greenhouse' }),
    ]);
    expect(await corpus.ids('greenhouse')).toEqual(['title', 'text']);
  });

  it('finds by words that the best texts have in common', async () => {
    const corpus = current();
    await corpus.write([
      ...['a', 'b', 'c'].map((id) => note(id, `kombucha needs a scoby and a jar, batch ${id}`)),
      note('near', 'tea with the scoby in its jar'),
      note('far', 'tea with the biscuits on a plate'),
    ]);
    const { hits } = await corpus.search('kombucha tea');
    const ids = idsOf({ hits });
    expect(ids.indexOf('near')).toBeLessThan(ids.indexOf('far'));
    expect(hit({ hits }, 'near').reasons.relatedWords).toBeGreaterThan(0);
  });

  it('puts the text first that has every word, also the small ones', async () => {
    const corpus = current();
    await corpus.write([
      note('some', 'recall, recall of a note'),
      note('all', 'I am getting it again and again: the recall of the latest phone, says this note here'),
    ]);
    expect(hit(await corpus.search('recall note getting'), 'all').reasons.factors).toContainEqual({
      name: 'exact_words',
      value: 1.3,
    });
  });
}

function describeQuotations(current: () => SearchedCorpus): void {
  const NOTES = [
    note('phrase', 'The oil tank stands behind the shed.'),
    note('apart', 'A tank for water, and oil for the lamp.'),
    note('long', `${'Nothing of interest was said here. '.repeat(200)}And then the oil-tank broke.`),
  ];

  it('wants what is quoted word for word, however late in a text', async () => {
    const corpus = current();
    await corpus.write(NOTES);
    expect((await corpus.ids('"oil tank"')).sort()).toEqual(['long', 'phrase']);
    expect(await corpus.ids('"oil tank" behind the shed')).toContain('phrase');
    expect(await corpus.ids('"oil tank" behind the shed')).not.toContain('apart');
    expect(await corpus.ids('"tank oil"')).toEqual([]);
    expect(await corpus.ids('"oil tank" "for water"')).toEqual([]);
  });

  it('still answers a question whose quotation nothing holds', async () => {
    const corpus = current();
    await corpus.write(NOTES);
    expect(await corpus.ids('who wrote "tank oil" about the lamp')).toContain('apart');
  });
}

function describeTalks(current: () => SearchedCorpus): void {
  const TALK = [
    turn('q', 'How many days does kombucha need?', 0, { authorRole: 'self' }),
    turn('a', 'Ten, on a warm shelf.', 1, { authorRole: 'assistant' }),
    turn('later', 'And in winter twelve.', 2, { authorRole: 'assistant' }),
    turn('far', 'Thank you for your help.', 3, { authorRole: 'self' }),
  ];

  it('finds the answer that repeats no word of its question, and shows the question with it', async () => {
    const corpus = current();
    await corpus.write([...TALK, note('other', 'Ten, on a warm shelf, says the recipe for bread.')]);
    const result = await corpus.search('kombucha days');
    expect(idsOf(result)).toEqual(['q', 'a', 'later']);
    const answer = hit(result, 'a');
    expect(answer.reasons).toMatchObject({ bm25: 0, matchedTerms: [] });
    expect(answer.context).toEqual({
      documentId: hit(result, 'q').snippet.attribution.documentId,
      text: TALK[0]!.text,
      authorRole: 'self',
      authorName: null,
      timestamp: TALK[0]!.createdAt,
    });
    expect(hit(result, 'q').context).toBeNull();
  });

  it('goes by what a reply names, and by nothing across talks or days', async () => {
    const corpus = current();
    await corpus.write([
      note('post', 'Who has a scoby for kombucha?'),
      note('reply', 'I do, come by.', { replyTo: 'post', createdAt: null }),
      turn('morning', 'Kombucha again', 0),
      turn('next day', 'Good morning', 60 * 24),
    ]);
    const result = await corpus.search('kombucha');
    expect(idsOf(result).sort()).toEqual(['morning', 'post', 'reply']);
    expect(hit(result, 'reply').context?.text).toBe('Who has a scoby for kombucha?');
  });

  it('lets no neighbour through that a filter holds back, nor one of another owner', async () => {
    const corpus = current();
    await corpus.write(TALK);
    await corpus.write(TALK, { ownerId: 'bob' });
    expect(await corpus.ids('kombucha days', { authorRoles: ['assistant'] })).toEqual([]);
    expect(await corpus.ids('kombucha days', { authorRoles: ['self'] })).toEqual(['q']);
    expect((await corpus.search('kombucha days')).hits).toHaveLength(3);
  });
}

function describeSigns(current: () => SearchedCorpus): void {
  const signOf = ({ reasons }: SearchHit, name: string) =>
    reasons.factors.find((factor) => factor.name === name)?.value;

  it('prefers the author a query names', async () => {
    const corpus = current();
    await corpus.write([
      note('of', 'Anna told me of the plums', { authorRole: 'other', authorName: 'Bert Brecht' }),
      note('by', 'The plums are ripe', { authorRole: 'other', authorName: 'Anna Seghers' }),
      note('neither', 'plums and plums', { authorRole: 'other' }),
    ]);
    const result = await corpus.search('what did Anna say about the plums');
    expect(idsOf(result)[0]).toBe('by');
    expect(signOf(hit(result, 'by'), 'author')).toBe(1.5);
    expect(signOf(hit(result, 'of'), 'author')).toBeUndefined();
    expect(await corpus.ids('plums', { authorName: 'anna seghers' })).toEqual(['by']);
  });

  it('prefers the time a query names, without leaving out others', async () => {
    const corpus = current();
    await corpus.write([
      note('march', 'frost on the glass', { createdAt: '2025-03-10T08:00:00.000Z' }),
      note('may', 'frost on the pane', { createdAt: '2025-05-07T08:00:00.000Z' }),
      note('never', 'frost on the sill'),
    ]);
    const result = await corpus.search('frost last May');
    expect(idsOf(result)).toHaveLength(3);
    expect(idsOf(result)[0]).toBe('may');
    expect(signOf(hit(result, 'may'), 'period')).toBe(1.5);
  });

  it('prefers a text that tells when, where that is asked', async () => {
    const corpus = current();
    await corpus.write([note('no', 'the pump broke once'), note('when', 'the pump broke yesterday')]);
    expect((await corpus.ids('when did the pump break'))[0]).toBe('when');
  });

  it('counts reactions in the social corpus, and what is finished in the published one', async () => {
    const corpus = current();
    const posts = [note('quiet', 'frost again red'), note('loud', 'frost again blue', { engagement: 900 })];
    await corpus.write(posts, { corpus: 'social' });
    expect(await corpus.ids('frost', { corpus: 'social' })).toEqual(['loud', 'quiet']);
    const pieces = [
      note('bare', 'frost again red'),
      note('url', 'frost again blue', { url: 'https://example.org' }),
    ];
    await corpus.write(pieces, { corpus: 'published' });
    expect(await corpus.ids('frost', { corpus: 'published' })).toEqual(['url', 'bare']);
  });

  it('filters by language and by tags of all kinds, and shows what was flagged', async () => {
    const corpus = current();
    await corpus.write([
      note('en', 'We have the frost on the glass and on the pump.', { tags: ['garden'] }),
      note('de', 'Wir haben den frost an der Scheibe und an der Pumpe.'),
    ]);
    await corpus.query(`UPDATE documents SET user_tags = '{mine}', safety_tags = '{pii:email}'
      WHERE external_id = 'de'`);
    expect(await corpus.ids('frost', { language: 'de' })).toEqual(['de']);
    expect(await corpus.ids('frost', { tag: 'garden' })).toEqual(['en']);
    expect(await corpus.ids('frost', { tag: 'mine' })).toEqual(['de']);
    const flagged = await corpus.search('frost', { tag: 'pii:email' });
    expect(flagged.hits.map((each) => each.flags)).toEqual([['pii:email']]);
  });

  it('holds back what repeats a better hit', async () => {
    const corpus = current();
    await corpus.write([
      note('a', 'the frost broke the pump in the shed last night'),
      note('b', 'the frost broke the pump in the barn this night'),
    ]);
    const { hits } = await corpus.search('frost pump');
    expect(signOf(hits[0]!, 'diversity')).toBeUndefined();
    expect(signOf(hits[1]!, 'diversity')).toBeLessThan(1);
  });

  it('explains every score to the last digit, and gives hits in its order', async () => {
    const corpus = current();
    const words = ['frost', 'pump', 'Anna', 'shed', 'yesterday', 'the', 'oil', 'tank'];
    const text = fc
      .array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 })
      .map((each) => each.join(' '));
    const documents = Array.from({ length: 40 }, (_, index) => {
      const own = fc.sample(text, { numRuns: 1, seed: index })[0]!;
      return turn(`d${index}`, own, index * 7, {
        authorName: index % 3 === 0 ? 'Anna' : 'Bert',
        engagement: index,
      });
    });
    await corpus.write(documents, { corpus: 'social' });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 30 }), async (query, limit) => {
        const { hits } = await corpus.search(query, { corpus: 'social', limit });
        const scores = hits.map(({ snippet }) => snippet.score);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        for (const { snippet, reasons } of hits) {
          const sum = reasons.bm25 + reasons.relatedWords + reasons.thread;
          const product = reasons.factors.reduce((score, factor) => score * factor.value, sum);
          expect(snippet.score).toBe(Math.round(product * 1e6) / 1e6);
        }
      }),
      { numRuns: 30 },
    );
  });
}

function describeRenewal(current: () => SearchedCorpus): void {
  it('is made anew by itself, batch by batch, to what a fresh import would give', async () => {
    const corpus = current();
    const documents = [
      note('de', 'Wir haben die alten Häuser und den Garten mit einem Zaun umgeben.'),
      ...Array.from({ length: 300 }, (_, index) =>
        note(`n${index}`, `frost ${index}`, { title: 'Cold days' }),
      ),
    ];
    await corpus.write(documents);
    const fresh = await corpus.index();
    await corpus.makeOld();
    expect(await corpus.ids('Haus')).toEqual([]);
    const renewal = corpus.renewal();
    let batches = 0;
    while (await renewal.renewNext()) batches++;
    expect(batches).toBe(3);
    expect(await corpus.index()).toEqual(fresh);
    expect(await corpus.ids('Haus')).toEqual(['de']);
    expect(await renewal.renewNext()).toBe(false);
  });
}

class SearchedCorpus {
  private readonly writer: PostgresDocumentWriter;
  private readonly searches: SearchService;

  constructor(private readonly database: TestDatabase) {
    this.writer = documentWriterOn(database);
    const weights = new RankWeights();
    const repository = new SearchRepository(database.dataSource);
    this.searches = new SearchService(repository, new LexicalRanker(repository, weights), weights, FORGETFUL);
  }

  query(sql: string): Promise<unknown> {
    return this.database.dataSource.query(sql);
  }

  async clear(): Promise<void> {
    await this.query(
      'TRUNCATE corpus_scopes, corpus_counts, documents, terms, postings, voice_profiles CASCADE',
    );
  }

  async write(
    documents: readonly ImportedDocument[],
    target: { readonly ownerId?: string; readonly corpus?: CorpusName } = {},
  ): Promise<void> {
    await this.writer.write({ ownerId: 'alice', corpus: 'personal', source: 'notes', ...target, documents });
  }

  search(text: string, query: Partial<SearchQuery> = {}): Promise<SearchResult> {
    const base = { ownerId: 'alice', corpus: 'personal', limit: 10, asOf: '2026-01-01' } as const;
    return this.searches.search({ ...base, text, ...query });
  }

  async ids(text: string, query: Partial<SearchQuery> = {}): Promise<string[]> {
    return [...new Set(idsOf(await this.search(text, query)))];
  }

  renewal(): TermRenewalRepository {
    return new TermRenewalRepository(this.database.dataSource, new SystemClock());
  }

  /** As an earlier release indexed it: every word by its first three letters. */
  async makeOld(): Promise<void> {
    await this.query('UPDATE corpus_scopes SET terms_version = 1');
    await this.query(`UPDATE documents SET language = NULL`);
    await this.query(`DELETE FROM corpus_counts`);
    await this.query(`INSERT INTO corpus_counts SELECT scope_id, source, author_role, '', count(*) FROM documents
      GROUP BY 1, 2, 3`);
    await this.query(`UPDATE terms SET stem = stem || 'x'`);
  }

  /** All that the index says, without the numbers of its rows. */
  index(): Promise<unknown> {
    return this.query(`SELECT s.terms_version, s.document_count, s.token_count, s.byte_count, s.unscreened_count,
        d.external_id, d.language, t.stem, t.document_count AS documents, p.frequency, p.token_count AS tokens,
        (SELECT json_agg(json_build_array(c.language, c.document_count) ORDER BY c.language) FROM corpus_counts c
         WHERE c.document_count > 0) AS counts
      FROM postings p JOIN documents d ON d.id = p.document_id JOIN terms t ON t.id = p.term_id
        JOIN corpus_scopes s ON s.id = d.scope_id AND t.id = ANY(d.term_ids)
      ORDER BY d.external_id, t.stem`);
  }
}

function idsOf({ hits }: Pick<SearchResult, 'hits'>): string[] {
  return hits.map(({ snippet }) => snippet.attribution.externalId);
}

function hit({ hits }: Pick<SearchResult, 'hits'>, externalId: string): SearchHit {
  return hits.find(({ snippet }) => snippet.attribution.externalId === externalId)!;
}

function note(externalId: string, text: string, more: Partial<ImportedDocument> = {}): ImportedDocument {
  const base = { threadId: null, authorRole: 'self', title: null, url: null, createdAt: null } as const;
  return { externalId, text, ...base, tags: [], attachments: [], ...more };
}

/** A turn of one talk, so many minutes after its beginning. */
function turn(
  externalId: string,
  text: string,
  minutes: number,
  more: Partial<ImportedDocument> = {},
): ImportedDocument {
  const createdAt = new Date(Date.UTC(2025, 4, 1) + minutes * 60_000).toISOString();
  return note(externalId, text, { threadId: 'talk', createdAt, ...more });
}
