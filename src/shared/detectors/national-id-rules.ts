import { passesLuhn, passesMod11And10, passesVerhoeff, restBy97, weightedSum } from './checksums.js';

export type NationalIdType =
  | 'us_ssn'
  | 'uk_nhs_number'
  | 'uk_nino'
  | 'ca_sin'
  | 'au_tfn'
  | 'de_tax_id'
  | 'fr_nir'
  | 'es_dni'
  | 'it_codice_fiscale'
  | 'nl_bsn'
  | 'be_national_number'
  | 'ch_ahv'
  | 'pl_pesel'
  | 'se_personnummer'
  | 'fi_hetu'
  | 'dk_cpr'
  | 'pt_nif'
  | 'br_cpf'
  | 'in_aadhaar'
  | 'za_id';

/** How one country's number looks and how it is checked. */
export interface NationalIdRule {
  readonly type: NationalIdType;
  readonly shape: RegExp;
  /** Words of which one must stand shortly before; null where the shape is rare enough to speak for itself. */
  readonly label: RegExp | null;
  /** Checks the characters without separators, letters in capitals. */
  isValid(compact: string): boolean;
}

const BEFORE = '(?<![\\p{L}\\p{N}]|\\p{N}[.,-])';
const AFTER = '(?![\\p{L}\\p{N}]|[.,-]\\p{N})';
const shape = (source: string) => new RegExp(`${BEFORE}(?:${source})${AFTER}`, 'gu');
const label = (source: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'iu');
const always = () => true;

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const HETU_LETTERS = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** Our list, from each authority's public description of its number. */
export const NATIONAL_ID_RULES: readonly NationalIdRule[] = [
  {
    type: 'us_ssn',
    shape: shape('(?!000|666|9\\d\\d)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}'),
    label: null,
    isValid: always,
  },
  {
    type: 'us_ssn',
    shape: shape('(?!000|666|9\\d\\d)\\d{3} ?(?!00)\\d{2} ?(?!0000)\\d{4}'),
    label: label('ssn|social security(?: number| no)?'),
    isValid: always,
  },
  {
    type: 'uk_nhs_number',
    shape: shape('\\d{3}[ -]?\\d{3}[ -]?\\d{4}'),
    label: label('nhs'),
    isValid: (digits) => weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  {
    type: 'uk_nino',
    shape: shape(
      '(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]',
    ),
    label: null,
    isValid: always,
  },
  {
    type: 'ca_sin',
    shape: shape('[1-79]\\d{2}[ -]?\\d{3}[ -]?\\d{3}'),
    label: label('sin|social insurance(?: number)?|nas'),
    isValid: passesLuhn,
  },
  {
    type: 'au_tfn',
    shape: shape('\\d{3} ?\\d{3} ?\\d{3}'),
    label: label('tfn|tax file(?: number)?'),
    isValid: (digits) => weightedSum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  },
  {
    type: 'de_tax_id',
    shape: shape('[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}'),
    label: label('steuer-?(?:id|identifikationsnummer|idnr\\.?)|idnr\\.?|tax id(?:entification number)?|tin'),
    isValid: passesMod11And10,
  },
  {
    type: 'fr_nir',
    shape: shape('[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}'),
    label: null,
    isValid: (compact) => {
      const digits = compact.replace('2A', '19').replace('2B', '18');
      return 97 - restBy97(digits.slice(0, 13)) === Number(digits.slice(13));
    },
  },
  {
    type: 'es_dni',
    shape: shape('(?:\\d{8}|[XYZ]-?\\d{7})-?[A-HJ-NP-TV-Z]'),
    label: null,
    isValid: (compact) => {
      const digits = compact.slice(0, -1).replace(/^[XYZ]/u, (letter) => String('XYZ'.indexOf(letter)));
      return DNI_LETTERS[Number(digits) % 23] === compact.at(-1);
    },
  },
  {
    type: 'it_codice_fiscale',
    shape: shape('[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]'),
    label: null,
    isValid: isCodiceFiscale,
  },
  {
    type: 'nl_bsn',
    shape: shape('\\d{3}[ .]?\\d{3}[ .]?\\d{3}|\\d{4}[ .]\\d{2}[ .]\\d{3}'),
    label: label('bsn|burgerservicenummer|sofi-?nummer'),
    isValid: (digits) => weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  {
    type: 'be_national_number',
    shape: shape('\\d{2}\\.(?:0\\d|1[0-2])\\.[0-3]\\d-\\d{3}\\.\\d{2}'),
    label: null,
    isValid: (digits) =>
      ['', '2'].some((century) => 97 - restBy97(century + digits.slice(0, 9)) === Number(digits.slice(9))),
  },
  {
    type: 'ch_ahv',
    shape: shape('756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}'),
    label: null,
    isValid: (digits) => weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  {
    type: 'pl_pesel',
    shape: shape('\\d{2}(?:[02468][1-9]|[13579][0-2])[0-3]\\d{6}'),
    label: label('pesel'),
    isValid: (digits) => weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  {
    type: 'se_personnummer',
    shape: shape('(?:19|20)?\\d{2}(?:0[1-9]|1[0-2])[0-3]\\d[-+]\\d{4}'),
    label: null,
    isValid: (digits) => passesLuhn(digits.slice(-10)),
  },
  {
    type: 'fi_hetu',
    shape: shape('[0-3]\\d(?:0[1-9]|1[0-2])\\d{2}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]'),
    label: null,
    isValid: (compact) => {
      const digits = compact.slice(0, 6) + compact.slice(-4, -1);
      return HETU_LETTERS[Number(digits) % 31] === compact.at(-1);
    },
  },
  {
    type: 'dk_cpr',
    shape: shape('[0-3]\\d(?:0[1-9]|1[0-2])\\d{2}-?\\d{4}'),
    label: label('cpr(?:-?(?:nr\\.?|nummer|number))?|personnummer'),
    isValid: always,
  },
  {
    type: 'pt_nif',
    shape: shape('[1-3568]\\d{2} ?\\d{3} ?\\d{3}'),
    label: label('nif|contribuinte'),
    isValid: (digits) => {
      const rest = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      return (rest < 2 ? 0 : 11 - rest) === Number(digits[8]);
    },
  },
  { type: 'br_cpf', shape: shape('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}'), label: null, isValid: isCpf },
  { type: 'br_cpf', shape: shape('\\d{11}'), label: label('cpf'), isValid: isCpf },
  {
    type: 'in_aadhaar',
    shape: shape('[2-9]\\d{3} \\d{4} \\d{4}(?! \\d{4})'),
    label: null,
    isValid: passesVerhoeff,
  },
  {
    type: 'in_aadhaar',
    shape: shape('[2-9]\\d{11}|[2-9]\\d{3}-\\d{4}-\\d{4}'),
    label: label('aadhaar|aadhar|uidai'),
    isValid: passesVerhoeff,
  },
  {
    type: 'za_id',
    shape: shape('\\d{2}(?:0[1-9]|1[0-2])[0-3]\\d ?\\d{4} ?[01]\\d{2}'),
    label: label('id|identity|rsa id'),
    isValid: passesLuhn,
  },
];

/** Values of characters at odd places (Decreto ministeriale 23 December 1976); at even places they count as they are. */
const ODD_VALUES = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isCodiceFiscale(code: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const character = code.charCodeAt(i);
    const value = character < 58 ? character - 48 : character - 65;
    sum += i % 2 === 0 ? ODD_VALUES[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === code[15];
}

function isCpf(digits: string): boolean {
  if (/^(\d)\1{10}$/u.test(digits)) return false;
  const check = (length: number) => {
    const weights = Array.from({ length }, (_each, index) => length + 1 - index);
    return ((weightedSum(digits, weights) * 10) % 11) % 10 === Number(digits[length]);
  };
  return check(9) && check(10);
}
