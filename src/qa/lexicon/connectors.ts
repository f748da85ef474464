const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u));

/**
 * Words a writer may add without adding a claim: articles, pronouns, prepositions, conjunctions of order and contrast,
 * and forms of be, have and do. Quantifiers, modals and words of cause are left out on purpose: they change a claim.
 */
export const CONNECTORS: ReadonlySet<string> = words(
  `a an the this that these those it its itself he him his she her hers they them their theirs we us our ours i me my
  mine you your yours one who whom whose which what where when while there here and or but yet so as than then also
  too both either next first second third last finally lastly later meanwhile afterwards afterward however moreover
  furthermore additionally besides likewise similarly instead still again further in on at by for from to of with
  about above across after against along among around before behind below beneath beside between beyond down during
  inside into near off onto out over past per through throughout toward towards under up upon via within be am is are
  was were been being have has had having do does did done doing`,
);

/** Words that turn a statement round; words ending in n't count too. */
export const NEGATIONS: ReadonlySet<string> = words(
  'not no never none nobody nothing nowhere neither nor without cannot ain’t',
);

/** Words that make a statement hold only sometimes. */
export const CONDITIONS: ReadonlySet<string> = words(
  'if unless until except only provided providing assuming otherwise whether',
);

/** Numbers written as words; `one` is left out, for it is mostly a pronoun. */
export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  (
    'two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 ' +
    'fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30 forty:40 fifty:50 sixty:60 ' +
    'seventy:70 eighty:80 ninety:90 hundred:100 thousand:1000 million:1000000 billion:1000000000 dozen:12'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

export const MONTHS: readonly string[] =
  'january february march april may june july august september october november december'.split(' ');

export const WEEKDAYS: readonly string[] = 'monday tuesday wednesday thursday friday saturday sunday'.split(
  ' ',
);
