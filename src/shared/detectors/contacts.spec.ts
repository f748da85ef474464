import fc from 'fast-check';
import { detectContacts } from './contacts.js';

const found = (text: string) =>
  detectContacts(text).map(({ type, span }) => [type, text.slice(span.start, span.end)]);

it.each([
  ['+44 20 7946 0018', '+44 20 7946 0018'],
  ['my fax is +46 (0)8 928 571 38', '+46 (0)8 928 571 38'],
  ['from abroad 001-518-640-0854', '001-518-640-0854'],
  ['call me on 555 0142 tonight', '555 0142'],
  ['655 437 108 office', '655 437 108'],
  ['Tel.: 030/1234567', '030/1234567'],
  ['at (212) 555-0199.', '(212) 555-0199'],
  ['(or 202-555-0179)', '202-555-0179'],
  ['the line 212.736.5000 was busy', '212.736.5000'],
])('finds the telephone number in: %s', (text, number) => {
  expect(found(text)).toEqual([['phone_number', number]]);
});

it.each([
  'on 2024-03-05 and 05.03.2024',
  'from 2019-2024',
  'call me on 2024-03-05, or on 05.03.2024',
  'our office 1990-2024',
  'it cost 1 234 567 in all',
  'order 555 0142 has left',
  'pages 100 200 300',
  '+99999 is no number',
  'chapter 12.3.4567890 of the call for papers 2024',
  'the phone costs €1234567',
])('finds no telephone number in: %s', (text) => {
  expect(found(text)).toEqual([]);
});

it.each([
  ['the server 203.0.113.7 is down', '203.0.113.7'],
  ['ping 2001:db8::8a2e:370:7334 now', '2001:db8::8a2e:370:7334'],
])('finds the network address in: %s', (text, address) => {
  expect(found(text)).toEqual([['ip_address', address]]);
});

it.each(['version 1.2.3.4', '1.2.3.4.5', '300.1.1.1', 'at 12:30:45', 'std::vector', '127.0.0.1'])(
  'finds no network address in: %s',
  (text) => {
    expect(found(text)).toEqual([]);
  },
);

it.each([
  ['we live at 14 Old Mill Road, near the pond', '14 Old Mill Road'],
  ['Lindenstraße 12a', 'Lindenstraße 12a'],
  ['Villacher Strasse 89', 'Villacher Strasse 89'],
  ['Via Giuseppe Garibaldi 4', 'Via Giuseppe Garibaldi 4'],
  ['12 rue de la Paix', '12 rue de la Paix'],
  ['Calle de Alcalá, 42', 'Calle de Alcalá, 42'],
  ['Mannerheimintie 5', 'Mannerheimintie 5'],
  ['350 Fifth Avenue, Suite 300', '350 Fifth Avenue, Suite 300'],
  ['PO Box 1234', 'PO Box 1234'],
  ['my zip code is 35350', '35350'],
  ['SW1A 1AA', 'SW1A 1AA'],
])('finds the postal address in: %s', (text, address) => {
  expect(found(text)).toEqual([['postal_address', address]]);
});

it.each([
  'We waited 20 minutes at the end of the road.',
  'Chapter 12 was written in 1990.',
  'The 3 Sisters play on Main Street.',
  'I have 15 books and 2 cats.',
  'Team A won 17 X 7, and later 2060 In 1990, as planned.',
])('finds no postal address in: %s', (text) => {
  expect(found(text)).toEqual([]);
});

it('finds e-mail addresses of any script', () => {
  expect(found('an söde@münchen.example und a.b+c@mail.example.org.')).toEqual([
    ['email', 'söde@münchen.example'],
    ['email', 'a.b+c@mail.example.org'],
  ]);
});

it('gives spans in order and without overlap, whatever the text', () => {
  const piece = fc.constantFrom(
    'call ',
    '030 123 4567 ',
    'a@b.example ',
    '12 Old Road ',
    '1.2.3.4 ',
    '+49',
    ' ',
    '\ud800',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      let end = 0;
      for (const { span } of detectContacts(text)) {
        expect(span.start).toBeGreaterThanOrEqual(end);
        expect(span.end).toBeGreaterThan(span.start);
        end = span.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
