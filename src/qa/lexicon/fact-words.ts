import { MONTHS, WEEKDAYS } from './connectors.js';

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u));

/** Words that carry a hard fact without being a number: spans of time, order, degree and direction. */
export const FACT_WORDS: ReadonlySet<string> = new Set([
  ...MONTHS.filter((month) => month !== 'may'),
  ...WEEKDAYS,
  ...words(
    `year years month months week weeks weekend weekends day days hour hours minute minutes decade decades century
    centuries age aged old older young season seasons spring summer autumn winter today tonight tomorrow yesterday
    ago more most less least fewer than first last next past previous second third fourth fifth half quarter double
    triple percent million billion hundred thousand dozen highest lowest biggest largest smallest best worst longest
    north south east west northern southern eastern western all none`,
  ),
]);

/** Ordinals as numbers: `third` and `3rd` say the same. */
export const ORDINALS: ReadonlyMap<string, string> = new Map(
  'one two three four five six seven eight nine ten'
    .split(' ')
    .map((_, index) => [
      'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')[index]!,
      String(index + 1),
    ]),
);

/** What a number is multiplied by when this word follows it. */
export const SCALES: ReadonlyMap<string, number> = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['mn', 1e6],
  ['billion', 1e9],
  ['bn', 1e9],
  ['trillion', 1e12],
]);

/** Units of measure; words of one line are the same unit. */
export const UNITS: ReadonlyMap<string, string> = new Map(
  `% percent pct
  $ dollar dollars usd
  € euro euros eur
  £ pound pounds gbp quid
  ¥ yen
  second seconds sec secs
  minute minutes min mins
  hour hours hr hrs
  day days
  week weeks
  month months
  year years yr yrs
  mm millimetre millimetres millimeter millimeters
  cm centimetre centimetres centimeter centimeters
  km kilometre kilometres kilometer kilometers
  metre metres meter meters
  inch inches
  foot feet ft
  mile miles
  yard yards
  mg milligram milligrams
  kg kilo kilos kilogram kilograms
  gram grams
  ounce ounces oz
  lb lbs
  ton tons tonne tonnes
  litre litres liter liters
  ml millilitre millilitres milliliter milliliters
  gallon gallons
  cup cups
  tablespoon tablespoons tbsp
  teaspoon teaspoons tsp
  fahrenheit
  celsius
  calorie calories kcal
  watt watts kw kilowatt kilowatts
  mph
  mb megabyte megabytes
  gb gigabyte gigabytes`
    .split('\n')
    .flatMap((line) => {
      const names = line.trim().split(/\s+/u);
      return names.map((name) => [name, names[0]!] as const);
    }),
);

/** Words that make a statement less than certain or not quite exact. */
export const HEDGE_WORDS: ReadonlySet<string> = words(
  `may might could possibly perhaps maybe probably likely unlikely apparently allegedly reportedly supposedly
  presumably seemingly seems seem appears appear suggests suggest roughly approximately nearly almost partly mostly
  sometimes occasionally often usually generally typically rarely seldom potentially conceivably alleged reputed`,
);

/** Pairs of words that make the number after them a limit and not a count. */
export const BOUNDS: ReadonlySet<string> = new Set([
  'more than',
  'less than',
  'fewer than',
  'at least',
  'at most',
  'up to',
  'no more',
  'well over',
  'just over',
  'just under',
]);

/** Titles and forms of address: capitalised beside a name, but no name themselves. */
export const TITLES: ReadonlySet<string> = words(
  `mr mrs ms miss dr sir lord lady dame prof professor president minister prime secretary chancellor king queen prince
  princess pope bishop judge justice captain colonel general sergeant officer detective inspector senator governor
  mayor congressman congresswoman councillor coach manager chairman chairwoman director chief executive ceo`,
);

/** Words by which an answer speaks of its sources and of itself, and so adds no claim about the world. */
export const SOURCE_WORDS: ReadonlySet<string> = words(
  'according based passage passages source sources snippet snippets document documents article articles context mentioned mention mentions',
);
