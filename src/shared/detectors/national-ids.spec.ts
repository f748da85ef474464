import { findNationalIds } from './national-ids.js';

const types = (text: string) => [...findNationalIds(text)].map(({ type }) => type);

it.each([
  ['us_ssn', 'SSN 219-09-9999'],
  ['us_ssn', 'social security number: 219099999'],
  ['uk_nhs_number', 'NHS number 943 476 5919'],
  ['uk_nino', 'AB 12 34 56 C'],
  ['ca_sin', 'my SIN is 130 692 544'],
  ['au_tfn', 'TFN 123 456 782'],
  ['de_tax_id', 'Steuer-ID: 86 095 742 719'],
  ['fr_nir', '2 55 08 14 168 025 38'],
  ['es_dni', 'DNI 12345678Z'],
  ['es_dni', 'NIE X-1234567-L'],
  ['it_codice_fiscale', 'RSSMRA85T10A562S'],
  ['nl_bsn', 'BSN 111222333'],
  ['be_national_number', '85.07.30-033.28'],
  ['ch_ahv', '756.9217.0769.85'],
  ['pl_pesel', 'PESEL 44051401359'],
  ['se_personnummer', '811228-9874'],
  ['fi_hetu', '131052-308T'],
  ['dk_cpr', 'CPR-nr. 010190-1234'],
  ['pt_nif', 'NIF 123 456 789'],
  ['br_cpf', '529.982.247-25'],
  ['br_cpf', 'CPF 52998224725'],
  ['in_aadhaar', 'Aadhaar 2341 2341 2346'],
  ['in_aadhaar', 'Aadhaar 2341-2341-2346'],
  ['za_id', 'ID 8001015009087'],
])('finds %s in: %s', (type, text) => {
  expect(types(text)).toEqual([type]);
});

it.each([
  'NHS number 943 476 5918',
  'my SIN is 130 692 545',
  'Steuer-ID: 86 095 742 718',
  '2 55 08 14 168 025 39',
  'DNI 12345678A',
  'RSSMRA85T10A562T',
  'BSN 111222334',
  '85.07.30-033.29',
  'PESEL 44051401358',
  '811228-9875',
  '529.982.247-26',
  'ID 8001015009088',
  'a number without a label: 130 692 544',
  'the part 943 476 5919 of the list',
  'SSN 000-12-3456',
])('finds none in: %s', (text) => {
  expect(types(text)).toEqual([]);
});

it('gives the span of the number alone', () => {
  const text = 'my SIN is 130 692 544, keep it';
  const [found] = findNationalIds(text);
  expect(text.slice(found!.span.start, found!.span.end)).toBe('130 692 544');
});
