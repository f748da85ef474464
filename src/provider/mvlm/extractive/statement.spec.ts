import { snippetOf } from './extractive.fixture.js';
import { orderSnippets, readStatements } from './statement.js';

const textsOf = (text: string) => readStatements([snippetOf(text)]).map((statement) => statement.text);

describe('readStatements', () => {
  it('leaves out list and heading marks and nothing else', () => {
    const text = '## The studio\n\n- **Walls:** They are painted\n  white.\n2. The floor is oak.';
    expect(textsOf(text)).toEqual([
      'The studio',
      '**Walls:** They are painted',
      'white.',
      'The floor is oak.',
    ]);
  });

  it('never quotes what stands in a code fence, closed or not', () => {
    const text =
      'The script heats the room.\n```\nThe room is heated here.\n```\nThe room is warm.\n```\nIt ends.';
    const quotable = readStatements([snippetOf(text)]).filter((statement) => statement.quality > 0);
    expect(quotable.map((statement) => statement.text)).toEqual([
      'The script heats the room.',
      'The room is warm.',
    ]);
  });

  it('reads a sentence that two snippets hold once and cites both', () => {
    const first = snippetOf('The stove is from 1931. The pipe is new.');
    const second = snippetOf('The pipe is new. The tiles are green.');
    const statements = readStatements(orderSnippets([first, second]));
    const shared = statements.filter((statement) => statement.text === 'The pipe is new.');
    expect(shared).toHaveLength(1);
    expect([...shared[0]!.snippetIds].sort()).toEqual([first.id, second.id].sort());
  });
});
