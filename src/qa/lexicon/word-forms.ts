const groups = (list: string): readonly (readonly string[])[] =>
  list.split(';').map((group) => group.trim().split(/\s+/u));

/** Irregular English forms that a stemmer does not bring together; the first of a group stands for all. */
export const IRREGULAR_FORMS: readonly (readonly string[])[] = groups(
  `be am is are was were been being; have has had having; do does did done doing; go goes went gone going;
  say says said saying; get got gotten; make made; take took taken; come came; see saw seen; know knew known;
  give gave given; find found; think thought; tell told; become became; leave left; feel felt; bring brought;
  begin began begun; keep kept; hold held; write wrote written; stand stood; hear heard; mean meant; meet met;
  run ran; pay paid; sit sat; speak spoke spoken; lead led; grow grew grown; lose lost loss; fall fell fallen;
  send sent; build built; understand understood; draw drew drawn; break broke broken; spend spent;
  rise rose risen; drive drove driven; buy bought; wear wore worn; choose chose chosen; win won; fight fought;
  throw threw thrown; catch caught; teach taught; eat ate eaten; sing sang sung; strike struck; hang hung;
  fly flew flown; sell sold sale; seek sought; shoot shot; steal stole stolen; swim swam swum; bear bore born borne;
  beat beaten; bite bit bitten; blow blew blown; forget forgot forgotten; forgive forgave forgiven;
  freeze froze frozen; hide hid hidden; ride rode ridden; ring rang rung; shake shook shaken; sink sank sunk;
  sleep slept; slide slid; swear swore sworn; tear tore torn; wake woke woken; deal dealt; dig dug; feed fed;
  flee fled; lend lent; light lit; shine shone; spin spun; stick stuck; sweep swept; swing swung; weep wept;
  man men; woman women; child children; person people; foot feet; tooth teeth; mouse mice; life lives;
  wife wives; knife knives; die died dead death dying; good better best; bad worse worst`,
);

/** Everyday words that a writer puts one for another without changing a claim; hand-made and short on purpose. */
export const SYNONYMS: readonly (readonly string[])[] = groups(
  `uk britain british; us usa america american; say tell state add claim announce confirm reveal report;
  kid child youngster; kill murder slay; begin start; big large huge giant enormous; buy purchase;
  use utilize utilise; need require; help aid assist; show display; police officer; injure wound hurt; film movie;
  fire blaze; match game; hospital clinic; doctor physician; job work; home house; car vehicle; end finish;
  phase stage; chance opportunity; pupil student; area region; boss manager; fast quick rapid; join sign;
  team side club squad; vote poll; firm company business; wed marry marriage; sick ill illness; gun firearm;
  important crucial vital essential; common typical usual normal; method way; symptom indication;
  increase rise grow; decrease reduce decline drop lower fall; occur happen; contain include; create make produce;
  cook bake; temperature heat; place put; remove take; get obtain receive; allow let permit; stop prevent;
  approximately about around roughly; several many multiple various; benefit advantage; protect guard;
  television tv; dad father; mum mom mother; grandmother gran; lawmaker mp; court tribunal; prison jail; cash money;
  blast explosion; attack assault; search hunt; ask request urge; quit resign; name call; crash collision accident;
  try attempt bid seek; arrest detain; plan propose proposal; scheme programme program; deal agreement contract;
  row dispute; city town; pc computer; photo picture image photograph; expert specialist;
  probe investigate investigation inquiry; hurry rush; choose select pick; cheap inexpensive; difficult hard;
  simple easy; answer reply respond response; repair fix; error mistake; often frequently; maximum max; minimum min;
  nearly almost; whole entire; enough sufficient; also additionally too; usually typically generally; because since`,
);

/**
 * Words whose exchange turns a claim round. Only pairs that seldom stand together in one statement by chance.
 */
export const ANTONYMS: readonly (readonly [string, string])[] = groups(
  `increase decrease; increase decline; rise decline; rise drop; increase drop; win lose; open close;
  accept reject; accept refuse; agree disagree; approve reject; admit deny; buy sell; guilty innocent; convict acquit;
  alive dead; support oppose; success failure; succeed fail; gain lose; appoint sack; hire fire; include exclude;
  strong weak; hot cold; legal illegal; possible impossible; likely unlikely; able unable; victory defeat;
  all none; always never; rich poor; inside outside; above below; positive negative; major minor; same different;
  true false; maximum minimum; highest lowest; largest smallest; biggest smallest; best worst; more less; more fewer;
  most least; before after; first last; north south; east west; male female; man woman; boy girl; father mother;
  son daughter; brother sister; husband wife; safe dangerous; allow ban; allow forbid; upper lower; early late`,
).map(([one, other]) => [one!, other!] as const);
