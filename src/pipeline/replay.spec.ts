import { aRequest, aSearchResult, aSnippet } from '../../test/support/pipeline-values.js';
import { aRunContext, aStageRunner } from '../../test/support/stage-runner.js';
import { parseSettings } from '../config/index.js';
import { createProviderDirectory } from '../provider/index.js';
import { plainText, SystemClock, sha256Hex } from '../shared/index.js';
import { Log } from '../telemetry/index.js';
import type { JournalEntry } from './journal.js';
import { replay } from './replay.js';
import { runCorridor } from './run.js';

const REQUEST = aRequest();
const FOUND = [
  aSnippet(
    's1',
    'I decided on 14 September to heat the greenhouse with a hotbed. The cable costs £190 a winter.',
  ),
  aSnippet(
    's2',
    'The greenhouse heating was the dearest thing we owned. I decided against the paraffin stove.',
  ),
];

/** A whole run through the real roles, policies and engine; only the corpus is two snippets. */
async function recorded(): Promise<{ entries: readonly JournalEntry[]; text: string }> {
  const search = { search: async () => aSearchResult(FOUND, ['decid', 'greenhous', 'heat']) };
  const log = new Log({ logLevel: 'silent', environment: 'test' });
  const directory = await createProviderDirectory(parseSettings({}).provider, {
    clock: new SystemClock(),
    log,
  });
  const runner = aStageRunner({ search, directory });
  const run = aRunContext(REQUEST);
  const { work } = await runCorridor(runner, run);
  // As it comes back from the database.
  return { entries: JSON.parse(JSON.stringify(run.journal.all())), text: plainText(work.text) };
}

describe('replay', () => {
  let entries: readonly JournalEntry[];
  let text: string;

  beforeAll(async () => {
    ({ entries, text } = await recorded());
  });

  it('gives the same bytes again', () => {
    expect(text).toContain('hotbed');
    expect(replay(REQUEST, entries)).toEqual({
      identical: true,
      asks: entries.filter((entry) => entry.kind === 'ask').length,
      difference: null,
      textSha256: sha256Hex(text),
    });
  });

  it('notices every entry that is missing', () => {
    for (const [at, entry] of entries.entries()) {
      if (entry.kind === 'pack') continue;
      const { identical, difference } = replay(REQUEST, entries.toSpliced(at, 1));
      expect([at, identical]).toEqual([at, false]);
      expect(difference).toMatch(new RegExp(`^${entry.role}: `));
    }
  });

  it('notices an entry too many', () => {
    const ask = entries.find((entry) => entry.kind === 'ask' && entry.role === 'summarizer');
    expect(replay(REQUEST, [...entries, ask!]).identical).toBe(false);
  });

  it('notices an answer that was changed', () => {
    const changed = JSON.parse(JSON.stringify(entries).replaceAll('hotbed', 'boiler')) as JournalEntry[];
    expect(replay(REQUEST, changed).identical).toBe(false);
  });

  it('notices another request', () => {
    expect(
      replay(aRequest({ prompt: 'Something else about the greenhouse heating?' }), entries).identical,
    ).toBe(false);
  });
});
