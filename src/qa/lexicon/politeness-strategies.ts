/** A way of being polite or rude in a request, as it shows in one sentence. */
export interface PolitenessStrategy {
  readonly name: string;
  /** Where it shows; read without regard to case. */
  readonly pattern: RegExp;
  /** What the logarithm of one more than its count adds to the score of a request. */
  readonly weight: number;
}

/** Marks and an address (`@name,`) that may stand before the first word. */
const START = String.raw`^[^\p{L}\p{N}@]{0,6}(?:@\S{1,40}[\s,:]{1,3})?`;

/** Alternatives stand apart by white space; `_` is a space in one, and `’` any apostrophe. */
const anyOf = (alternatives: string) =>
  `(?:${alternatives.trim().split(/\s+/u).join('|').replaceAll('_', ' ').replaceAll('’', "['’]")})`;

const anywhere = (name: string, weight: number, alternatives: string): PolitenessStrategy => ({
  name,
  weight,
  pattern: new RegExp(String.raw`(?<![\p{L}\p{N}'’])${anyOf(alternatives)}(?![\p{L}\p{N}])`, 'giu'),
});
const atStart = (name: string, weight: number, alternatives: string): PolitenessStrategy => ({
  name,
  weight,
  pattern: new RegExp(String.raw`${START}${anyOf(alternatives)}(?![\p{L}\p{N}'’])`, 'giu'),
});
const marks = (name: string, weight: number, pattern: RegExp): PolitenessStrategy => ({
  name,
  weight,
  pattern,
});

/**
 * The politeness strategies of Danescu-Niculescu-Mizil et al. (2013, "A computational approach to politeness", table 3;
 * after Brown and Levinson 1987), with word lists of our own and some strategies that they do not have. The weights are
 * one ridge regression (penalty 30 on standardized counts) of the raters' mean scores of 5,511 requests to Wikipedia
 * editors and on Stack Exchange, both together; the same weights serve every text.
 */
export const POLITENESS_STRATEGIES: readonly PolitenessStrategy[] = [
  anywhere(
    'gratitude',
    0.93,
    `thanks?(?:_you)? thankyou thx cheers grateful gratitude appreciate[sd]? much_obliged`,
  ),
  anywhere(
    'deference',
    0.44,
    String.raw`(?:great|good|nice|excellent|interesting|fair|valid|wonderful|fantastic|amazing|impressive|brilliant|neat|lovely)_(?:\p{L}+_)?(?:work|job|point|question|idea|article|answer|catch|start|suggestion|find|stuff|addition|edit|one|thinking|effort)s?
    well_done congratulations congrats kudos good_luck welcome_to`,
  ),
  atStart('greeting', 0.43, `hi hello hey dear greetings welcome good_(?:morning|afternoon|evening|day)`),
  anywhere(
    'apology',
    0.27,
    `sorry apolog(?:y|ies|i[sz]e) excuse_me forgive_me pardon my_bad my_mistake i’?m_afraid`,
  ),
  atStart('please at the start', 0.18, `please pls plz`),
  anywhere('please', -0.03, String.raw`(?<=[\p{L}\p{N}][,;:]?_)(?:please|pls|plz|kindly)`),
  anywhere(
    'by the way',
    0.19,
    `by_the_way btw incidentally just_out_of_curiosity out_of_curiosity out_of_interest`,
  ),
  anywhere(
    'hedge',
    0.04,
    `maybe perhaps possibly probably seems? seemed appears? apparently might somewhat
    i_(?:think|believe|guess|suppose|suspect|assume|feel|imagine) sort_of kind_of a_(?:bit|little) usually
    generally in_my_opinion imo imho not_sure unsure likely roughly`,
  ),
  anywhere('counterfactual modal', 0.25, `(?:could|would)_you`),
  anywhere('indicative modal', 0.15, `(?:can|will)_you`),
  anywhere(
    'leave to refuse',
    0.23,
    `would_you_mind do_you_mind if_you_(?:could|would|can|like|want|have_(?:time|a)) if_possible
    when_you_(?:get|have)_(?:a|time|the) any_chance is_it_possible would_it_be at_your_convenience
    if_it(?:’s|_is)_not_too`,
  ),
  anywhere(
    'wish',
    0.08,
    String.raw`i(?:’d|_would|’ll|_will)?_(?:be_(?:happy|glad|interested|grateful)|like_to|love_to|appreciate) hope
    hoping hopefully would_love looking_forward
    it_would_be_(?:\p{L}+_)?(?:good|nice|great|helpful|useful|interesting) might_be_(?:useful|helpful|worth)`,
  ),
  anywhere('wonder', 0.26, `wonder(?:ed|ing)? curious intrigued just_checking interested_(?:in|to)`),
  anywhere(
    'asking for help',
    0.14,
    `help assist(?:ance)? advice advise suggestions? suggest recommend(?:ation)?s? let_me_know let_us_know
    tell_us point_me guidance opinion feedback thoughts what_do_you_think do_you_know`,
  ),
  atStart('first person start', 0.09, `i my i’(?:m|ve|d|ll)`),
  atStart('second person start', -0.29, `you your you’(?:re|ve|d|ll)`),
  anywhere('why', -0.44, `why how_come what’s_the_point for_what_reason`),
  atStart(
    'direct start',
    -0.14,
    `so then and but or also actually well again because um err? huh wait yes no ok okay`,
  ),
  anywhere(
    'factuality',
    -0.24,
    `really actually honestly surely in_fact the_fact clearly obviously certainly of_course simply even
    at_all the_point_is truth`,
  ),
  anywhere(
    'insult',
    -0.3,
    `wrong bad worse worst poor stupid dumb silly idiot(?:ic)? useless nonsense ridiculous absurd bullshit bs
    crap garbage rubbish terrible horrible awful pathetic lazy ignoran(?:t|ce) lies? lying liar unclear
    vague pointless kidding joking hell damn wtf seriously annoying biased troll(?:s|ing)?
    vandal(?:s|ism|i[sz]ing|i[sz]e)? personal_attacks? disruptive nothing never`,
  ),
  anywhere(
    'accusation',
    -0.2,
    `(?:fail|refus|ignor|attack|violat|accus|blam|insist|bother|delet|revert|remov|block|warn|complain|pretend|claim)(?:e[sd]?|ed|ing|s|ation|ations)?`,
  ),
  anywhere(
    'praise',
    0.18,
    `nice good great helpful useful happy glad love interesting excellent awesome wonderful beautiful perfect
    kind cool fine better best welcome enjoy(?:ed)? fun exciting impressed agree right worth
    improve(?:d|ment|ments)?`,
  ),
  anywhere('negation', -0.19, String.raw`not \p{L}+n’t cannot no none nobody neither`),
  anywhere('offer', 0.13, `i(?:’ll|_will|_can|_could|’d|_would) shall_i may_i can_i could_i should_i`),
  atStart(
    'polar question',
    0.13,
    `is are do does did have has was were can could would will should may might`,
  ),
  anywhere(
    'existence',
    0.12,
    `(?:is|are)_there any do_you_have have_you_(?:tried|considered|looked|thought|got)`,
  ),
  anywhere(
    'challenge',
    -0.16,
    `(?:what|how)_(?:do|did|would)_you_mean you_mean what_exactly exactly what’s who yourself trying_to
    supposed_to the_problem the_point so_what talking_about what_about`,
  ),
  anywhere('why not', -0.17, `why_not why_(?:do|did|are|would|don’t|didn’t|aren’t|can’t)_you`),
  anywhere('precision', 0.1, String.raw`i\.e e\.g for_example for_instance such_as in_other_words namely`),
  marks('repeated mark', -0.34, /[!?](?=[!?])/gu),
  marks('ellipsis', -0.11, /\.{2,}|…/gu),
  marks('smile', 0.41, /(?<!\S)[:;]-?[)DPp](?!\w)|[\u{1F600}-\u{1F60F}\u{1F642}]/gu),
  marks('quotation', -0.07, /["“”]/gu),
];

/** What each natural logarithm of the number of words adds: who writes more, explains more. */
export const LENGTH_WEIGHT = 0.13;
/** The score of no words at all. */
export const POLITENESS_INTERCEPT = -0.37;
