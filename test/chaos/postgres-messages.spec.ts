import { MessageReader, statementOf } from './postgres-messages.js';

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(type.length + 4);
  head.write(type);
  head.writeInt32BE(body.length + 4, type.length);
  return Buffer.concat([head, body]);
}

const opening = message('', Buffer.from('user\0ada\0\0'));
const query = message('Q', Buffer.from('COMMIT\0'));
const parse = message('P', Buffer.from('name\0UPDATE runs SET state = $1\0\0\0'));

describe('MessageReader', () => {
  it('finds the same messages however the bytes are cut', () => {
    const bytes = Buffer.concat([opening, query, parse]);
    for (const size of [1, 2, 7, bytes.length]) {
      const reader = new MessageReader(true);
      const found = [];
      for (let from = 0; from < bytes.length; from += size)
        found.push(...reader.read(bytes.subarray(from, from + size)));
      expect(found.map(({ type }) => type)).toEqual(['', 'Q', 'P']);
      expect(Buffer.concat(found.map((each) => each.bytes))).toEqual(bytes);
    }
  });

  it('reads the statement of a query and of a prepared one', () => {
    const [first, second, third] = new MessageReader(true).read(Buffer.concat([opening, query, parse]));
    expect([first!, second!, third!].map(statementOf)).toEqual([
      null,
      'COMMIT',
      'UPDATE runs SET state = $1',
    ]);
  });
});
