const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Words that belong to no phrase, although they are no stop words: numerals, adverbs, prepositions, vague quantities. */
export const NEVER_IN_PHRASE: ReadonlySet<string> = words(
  'eleven fourteen nineteen seventeen tenths thirds twelfth hundredth able al et situ priori posteriori ' +
    'hoc versa e.g i.e abroad across ago ahead almost alone along already alright although always amid ' +
    'among amongst another anybody anyway anywhere apart around aside away back based because behind ' +
    'beneath beside besides beyond billion billions bit both compared concerning considerable correct ' +
    'corresponding couple currently despite dozen dozens due earlier eight eighteen eighth elsewhere ' +
    'enough especially essential etc even eventually everybody everyone everywhere except far few fewer ' +
    'fifteen fifth fifty five following forth forty forward four fourth former fully further furthermore ' +
    'given greater half hence henceforth here hereby herein however hundred hundreds inside instead last ' +
    'later latter less lesser likely little longer lot lots many maybe meanwhile million millions minor ' +
    'moreover most mr mrs ms much near nearly never nevertheless newer newest next nine ninety ninth ' +
    'nobody none nonetheless nor nothing now nowadays obvious often older one ones onto others otherwise ' +
    'outside part per plus present presented previously proper quickly quite rather recently regarding ' +
    'respective same seven seventh since six sixteen sixth sixty so-called somebody somehow someone ' +
    'something sometimes somewhat somewhere soon state-of-the-art straightforward such tenth ten ' +
    'therefore thereby thereof thirteen thirty thousand thousands three throughout thus today together ' +
    'tomorrow tonight total toward towards twelve twenty twice two underlying unless unlike until upon ' +
    'usually versus via well well-known whatever whenever whereas whereby wherein wherever whether ' +
    'whoever within without worse worst worth yesterday yet you zero',
);

/** Words ending in `-ly` that are no adverbs. */
export const NOUNS_IN_LY: ReadonlySet<string> = words(
  'ally anomaly assembly butterfly daily early elderly family fly friendly homily hourly italy jelly ' +
    'july lily likely lively lonely lovely melancholy monopoly monthly multiply only poly quarterly reply ' +
    'supply weekly yearly',
);

/** Adjectives without a telling ending. */
export const ADJECTIVES: ReadonlySet<string> = words(
  'accurate adequate inadequate immediate intermediate intimate ultimate appropriate inappropriate ' +
    'approximate separate moderate elaborate desperate delicate legitimate fortunate passionate corporate ' +
    'private bivariate multivariate univariate satisfactory unsatisfactory explanatory exploratory ' +
    'regulatory contradictory preparatory mandatory sensory compulsory introductory sophisticated ' +
    'complicated unified limited advanced integrated distributed embedded finite infinite definite ' +
    'concurrent abstract ample ancient asleep automatic awake aware bad bare black blind blue bold bright ' +
    'brief broad brown busy calm cheap clean clear clever close coarse cold complete complex compact ' +
    'concrete concise consistent convenient cool correct crude dark dead dear deep dense direct dirty ' +
    'discrete dry dull dynamic eager efficient elegant empty equal evident exact excellent expensive ' +
    'explicit extra fair false familiar famous fast fine firm fit flat foreign free fresh generic golden ' +
    'grand gray green grey guilty happy hard harsh healthy heavy hidden honest hot huge human ideal ' +
    'implicit incomplete inherent inner innocent intelligent intense joint junior keen lame latent lazy ' +
    'light linear live local loose loud mad mature mere mild mixed mobile modern modest mutual naive ' +
    'narrow neat nice normal odd open outer pale parallel perfect permanent persistent pink plain poor ' +
    'popular precise present pretty primary prompt proud pure quick quiet random rapid rare raw ready ' +
    'recurrent red regular remote rich ripe robust rough round royal rude sad safe scarce secret secure ' +
    'senior serious severe shallow sharp sick silent silly slight slow smart smooth sober soft solid sore ' +
    'sparse spare square stable steady steep stiff straight strange strict stupid subtle sudden super ' +
    'superior sure sweet swift tall tender tense thick thin tight tiny tired tough transparent true ugly ' +
    'uniform unique urban urgent vague valid vast violent warm weak weird wet white wild wise wrong young',
);

/** Words with an ending of adjectives that are nouns as well. */
export const NOUNS_LIKE_ADJECTIVES: ReadonlySet<string> = words(
  'accident accountant adolescent advent agent ant applicant assistant client coefficient component ' +
    'constant consultant constituent consonant content contestant continent contaminant current defendant ' +
    'descendant determinant event elephant extent gradient grant giant immigrant incident infant ' +
    'ingredient inhabitant intent invariant lieutenant merchant moment nutrient occupant opponent orient ' +
    'parent participant patent patient percent plant pollutant precedent president quadrant quotient rant ' +
    'reactant recipient rent resident restaurant resultant scent sergeant servant student surfactant ' +
    'talent tenant tent tangent torrent tyrant variant warrant anniversary beneficiary boundary ' +
    'commentary contemporary dictionary documentary estuary february glossary itinerary january library ' +
    'luminary mercenary missionary notary obituary ovary salary sanctuary secretary summary temporary ' +
    'tributary visionary vocabulary academic alternative animal appraisal approval archive arithmetic ' +
    'arrival arsenal attic cable capital cardinal canal characteristic clinic comic comedic corrective ' +
    'collective cubic criminal critic detective diagnostic derivative disposal drive economic electronic ' +
    'ethic executive fabric festival five footage forecast general goal graphic heuristic hospital ' +
    'incentive individual initiative interval jail journal kernel literal locomotive logic magic mail ' +
    'manual material meal medal memorial metal metric mimic minimal model moral motive music mosaic ' +
    'narrative native network nominal negative objective official olive oral original panic pedal ' +
    'perspective physical picnic plastic polytechnic portal potential preventive primitive principal ' +
    'proposal professional public real rebel referendum refusal removal renewal representative republic ' +
    'retail retrieval rhetoric rival scandal semantic senate serial signal statistic survival table ' +
    'terminal topic traffic trial tribal tropic variable vegetable vehicle visual withdrawal workable',
);

/** Adjectives made of a noun and a word of these. */
export const ADJECTIVE_TAILS: ReadonlySet<string> = words(
  'based oriented driven aware centric level scale free like wide time order dimensional theoretic ' +
    'specific dependent independent quality',
);

/** Adjectives that single nothing out: a phrase that opens with one is seldom a term. */
export const VAGUE_ADJECTIVES: ReadonlySet<string> = words(
  'accurate additional alternative appropriate attractive available basic broad central comparative ' +
    'competitive complementary complete comprehensive consistent crucial detailed diverse effective ' +
    'efficient elevated empirical enhanced essential excellent experimental extensive extra fast favorite ' +
    'frequent fundamental general-purpose huge ideal improved individual innovative intensive intuitive ' +
    'large-scale modern modest natural negative nice numerical optimal original popular positive powerful ' +
    'practical preliminary prospective qualitative quantitative rapid reliable remarkable rich rigorous ' +
    'robust satisfactory scalable sophisticated standard substantial superior technical theoretical ' +
    'unknown valuable best better big certain common current different difficult early easy entire ' +
    'existing final first full general good great high higher highest important interesting key known ' +
    'large larger largest late latest least long low lower main major multiple necessary new novel ' +
    'numerous old overall particular past possible potential previous prior promising proposed real ' +
    'recent related relevant second several short significant similar simple single small smaller special ' +
    'specific strong successful sufficient suitable third traditional typical useful usual various whole ' +
    'wide',
);

/** Forms in `-ing` that name an activity, or stand in front of a noun, more often than they say what somebody does. */
export const ACTIVITY_NOUNS: ReadonlySet<string> = words(
  'decision-making making accounting advertising banking blogging branding broadcasting browsing ' +
    'building caching clustering coding computing conditioning cooking crawling crowdsourcing dancing ' +
    'dating decoding drawing driving drinking editing encoding engineering farming feeling filtering ' +
    'financing fishing forecasting funding gambling gaming gardening hacking hashing hearing housing ' +
    'hunting imaging indexing labeling learning lending licensing lighting listing machining ' +
    'manufacturing mapping marketing matching meaning meeting messaging mining missing modeling modelling ' +
    'monitoring moving networking nursing outsourcing painting parsing phishing planning pricing ' +
    'processing profiling programming publishing ranking rating reading reasoning recycling rendering ' +
    'routing sampling scheduling screening searching sensing sharing shipping shooting shopping signaling ' +
    'singing smoothing spelling spending spring streaming string swimming switching tagging teaching ' +
    'testing thinking timing tracking trading training travelling tuning understanding voting warning ' +
    'wedding wiring writing',
);

/** Forms in `-ing` that link like prepositions or only ever say what somebody does. */
export const LINKING_PARTICIPLES: ReadonlySet<string> = words(
  'according adding allowing applying assuming based becoming being bringing causing coming concerning ' +
    'considering containing demonstrating depending describing during enabling ensuring excluding ' +
    'following given giving going having helping improving including increasing indicating involving ' +
    'keeping knowing leading letting looking meaning offering producing proposing providing putting ' +
    'reaching reducing regarding requiring resulting saying seeking showing starting taking telling ' +
    'trying using wanting yielding',
);
