const words = (text: string) => text.trim().split(/\s+/);
const END = '(?![\\p{L}\\p{N}])';

/** Titles and trades that stand before a name. */
export const HONORIFICS: ReadonlySet<string> = new Set(
  words(`
  mr mrs ms miss mx dr prof professor sir madam lord lady dame rev reverend father fr sister brother rabbi imam captain
  capt colonel col major general gen sergeant sgt lieutenant lt officer detective inspector judge justice president
  senator sen congressman congresswoman governor gov mayor minister chancellor king queen prince princess duke duchess
  pope bishop cardinal saint herr frau monsieur madame mme mlle señor señora señorita signor signora don doña uncle aunt
  auntie grandma grandpa cousin coach producer singer actor actress author director manager secretary ceo dj
  `),
);
/** Letters and numerals that may follow a name. */
export const NAME_SUFFIXES: ReadonlySet<string> = new Set(words('jr sr ii iii iv phd md dds esq mba'));
/** Small words inside names of persons. */
export const NAME_PARTICLES =
  'van|von|de|del|della|da|di|du|der|den|la|le|dos|das|bin|ben|ibn|al|el|af|av|ter|ten|zu|y';

/** Endings that many surnames of some culture have and few other capitalised words do. */
export const SURNAME_ENDING =
  /(?:ss?on|sen|sdóttir|dottir|ov|ova|ev|eva|iev|yev|yeva|ski|ska|sky|skaya|cki|cka|wicz|vich|vić|vic|ić|čić|enko|chuk|escu|eanu|nen|lainen|quist|qvist|ström|strom|lund|gren|berg|mann|stein|bauer|meier|mayer|müller|huber|ez|oğlu|oglu|yan|ian|dze|shvili|opoulos|idis|akis|ák|ová|ek|čík|ós|ész|sma|stra|etti|ini|elli|ucci|aldi|ardi|eau|oux|moto|mura|yama|shima|kawa|naka|saki|zawa|guchi|hara|uddin|ullah|pour|zadeh|singh|kaur|sinha|murthy|swamy)$/iu;

/** Words that make a group of capitalised words an organisation, a work or a thing, and no person. */
export const NOT_A_PERSON: ReadonlySet<string> = new Set(
  words(`
  inc ltd llc llp gmbh ag plc corp corporation company co group bank university college school institute institution
  partners technologies technology systems solutions services markets capital holdings industries international global
  association foundation society club team museum hotel church cathedral county river lake park airport station street
  road avenue lane drive square bridge tower house palace castle stadium hospital clinic theatre theater library
  party league cup award awards prize act bill law court council committee commission ministry department office agency
  news times post journal magazine review press media network channel radio records music film films movie book song
  album game games software app website street north south east west northern southern eastern western central new old
  great saint mount island islands city town village valley beach bay coast sea ocean union states kingdom republic world
  war day night week year festival conference summit project program programme center centre building room insurance
  airlines motors energy oil gas health medical research science sciences studies engineering business management
  federal national royal united american european british apt suite box po psc street kids family comedy
  `),
);

/** Words that begin or end a letter, and are no part of the name beside them. */
export const GREETINGS: ReadonlySet<string> = new Set(
  words(
    'hi hello hey dear thanks thank cheers regards sincerely yours best kind love hallo liebe lieber bonjour hola ciao',
  ),
);

/** Words of an address: a name ends before them. */
export const ADDRESS_WORDS: ReadonlySet<string> = new Set(
  words('apt apartment suite ste box po psc flat unit'),
);

/** What stands before the name of a person: a greeting, a naming, a kinship. */
export const BEFORE_A_PERSON =
  /(?:(?<![\p{L}\p{N}])(?:my name is|name['’]?s|call(?:s|ed)? me|i am called|named|called|hi|hello|hey|dear|thanks|thank you|cheers|regards|best|sincerely|directed by|written by|by|says|said|asked|told|met|meet|with|and|ask|tell|my (?:\p{L}{1,12} )?(?:friend|brother|sister|son|daughter|kid|wife|husband|partner|boss|colleague|cousin|uncle|aunt|father|mother|neighbou?r|teacher)),?\s{1,2}|(?:name|user|from|to|cc|author|contact|attn|client|patient|customer|employee|by|signed)\s{0,2}:\s{0,8})$/iu;
/** The last words of all that can stand before a person: a quick look before the slow one. */
export const PERSON_CUES: ReadonlySet<string> = new Set(
  words(`
  me is name s called named hi hello hey dear thanks you cheers regards best sincerely by says said asked told met meet
  with and ask tell friend brother sister son daughter kid wife husband partner boss colleague cousin uncle aunt father
  mother neighbor neighbour teacher user from to cc author contact attn client patient customer employee signed
  `),
);
/** Only these of them are strong enough for a single unknown word. */
export const NAMES_A_PERSON =
  /(?:(?<![\p{L}\p{N}])(?:my name is|name['’]?s|call(?:s|ed)? me|i am called|named|hi|hello|hey|dear|directed by|written by|says|asked|told|my (?:\p{L}{1,12} )?(?:friend|brother|sister|son|daughter|kid|wife|husband|partner|boss|colleague|cousin|uncle|aunt|neighbou?r)),?\s{1,2}|last name\? |(?:name|user|author|attn|patient|customer|employee|signed)\s{0,2}:\s{0,8})$/iu;
/** What a person does, or has, right after the name. */
export const AFTER_A_PERSON = new RegExp(
  `^(?:,? (?:who|said|says|told|asked|asks|shouted|whispered|replied|answered|wrote|writes|explained|explains|added|thinks|thought|lives|lived|works|worked|was born|died|married|smiled|laughed|nodded|began|will be (?:talking|speaking)|had given|is (?:an? )?(?:\\d{1,3}[ -]years?|very|my|our|the (?:ceo|author|keynote|director|founder|president)))${END}|['’]s (?:kid|son|daughter|wife|husband|mother|father|brother|sister|friend|boss|house|birthday|novel|book|song)${END}|\\s?:\\s?["“]| concert| from \\p{Lu}|, (?:ceo|cto|cfo|\\d{1,3},))`,
  'iu',
);
/** What only a person does. */
export const ONLY_A_PERSON_DOES = new RegExp(
  `^ (?:shouted|whispered|smiled|laughed|nodded|cried|sighed|shrugged|married|was born|had given|lives (?:in|at)|lived (?:in|at))${END}`,
  'iu',
);
/** A person taken up again. */
export const PRONOUN_AFTER = /(?<![\p{L}\p{N}])(?:he|she|him|her|his|hers)(?![\p{L}\p{N}])/iu;

/** The last words of all that can stand before a place: a quick look before the slow one. */
export const PLACE_CUES: ReadonlySet<string> = new Set(
  words(
    'in near outside across throughout at of from to visit visits visited visiting the city town hometown where location country place',
  ),
);
/** What stands before a place: being somewhere, or coming and going. */
export const BEFORE_A_PLACE =
  /(?<![\p{L}\p{N}])(?:in|near|outside|across|throughout|(?:lives?|lived|living|stay(?:ed|ing)?|arriv(?:e|ed|ing)|university|city|town|people|capital|mayor|republic|state|streets|north|south|east|west) (?:in|at|of)|(?:i['’]?m|am|is|was|are|were|come|comes|came|moved?|moving|here|originally|travel(?:l?ed|l?ing)?|flew|drove|refugees?|immigrants?) (?:\p{L}{1,10} )?from|(?:go|goes|going|went|gone|move|moved|moving|travel|travell?ed|travell?ing|fly|flew|flying|drive|drove|trip|come|coming|came|back|return|returned|welcome|around the world|visit|way|tour|sent|ship|shipped|relocated?|emigrated?|been) to|visit(?:ed|ing|s)?|address(?:ed)? (?:in|to)|tribute (?:here )?to the|home(?: |-)?(?:city|town))\s{1,2}$|(?<![\p{L}\p{N}])(?:where|location|city|town|country|place)\s?:\s{0,8}$/iu;
