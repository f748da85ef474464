export type CueFamilyName =
  | 'role'
  | 'freed_from_rules'
  | 'no_refusal'
  | 'forced_form'
  | 'names_the_model'
  | 'forbidden_matter';

/**
 * What unlocks a model rarely stands in one phrase; it piles up. The families follow Wei et al. 2023 (competing
 * objectives: role, prefix injection, refusal suppression) and Shen et al. 2024 ("Do Anything Now"). Our own lists.
 */
export interface CueFamily {
  readonly name: CueFamilyName;
  readonly cues: RegExp;
}

const family = (name: CueFamilyName, ...cues: readonly string[]): CueFamily => ({
  name,
  cues: new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${cues.join('|').replaceAll(' ', '\\s{1,3}')})(?![\\p{L}\\p{N}])`,
    'giu',
  ),
});

export const CUE_FAMILIES: readonly CueFamily[] = [
  family(
    'role',
    'from now(?: on)?',
    'from this point (?:on|forward)',
    "you(?: are|[’']re) (?:now )?(?:going|about|tasked|free) to",
    'you (?:will|must|shall|should|are to|need to|have to) (?:\\p{L}{1,10} )?(?:act|play|answer|respond|reply|simulate|emulate|become|roleplay|role-play|pretend|generate|assume|take on|speak|behave|comply|obey|follow|provide|write|start)',
    '(?:act|respond|reply|answer|behave|function|speak|talk) (?:exactly )?(?:as|like) (?:an? |the )?\\p{L}{2,20}',
    '(?:stay|remain) in (?:character|role)',
    'role-?play(?:ing)?(?: as)?',
    "(?:let[’']?s|we will|we are going to) (?:play|roleplay|imagine|pretend)",
    'pretend (?:to be|that|you)',
    'simulate (?:an?|the|being)',
    'immerse yourself',
    'you (?:are|have) (?:been )?(?:replaced|transformed|switched|freed|unlocked)',
  ),
  family(
    'freed_from_rules',
    'do anything now',
    'DANs?',
    'jail-?br(?:ea|o)k(?:en|s|ing)?',
    '(?:unrestricted|unfiltered|uncensored|unethical|amoral|immoral|unaligned|unhinged|limitless|unbound|unlimited)',
    '(?:developer|dev|god|evil|debug|opposite|chaos) mode',
    '(?:no|any|without|zero|ethical|moral|free from|free of|all) (?:\\p{L}{1,12},? ){0,3}(?:restrictions?|limits?|limitations?|filters?|morals?|ethics|censorship|guidelines|boundaries|guardrails|safeguards|restraints|constraints)',
    "(?:not|n[’']t) (?:\\p{L}{1,12} ){0,3}(?:bound|restricted|limited|constrained|follow|abide|adhere|comply|care|obey)",
    '(?:free|freed|broken free|escaped|liberated|unbound) (?:of|from)',
    '(?:bypass|circumvent|ignor(?:e|es|ing)|break(?:s|ing)?|violat(?:e|es|ing)|breach(?:ing)?|disregard(?:s|ing)?) (?:\\p{L}{1,12} ){0,4}(?:rules?|guidelines|polic(?:y|ies)|ethics|filters?|laws?|standards|instructions|restrictions|programming)',
    '(?:regardless|no matter how) (?:\\p{L}{1,12} ){0,4}(?:illegal|unethical|immoral|harmful|dangerous|offensive|legality|ethics|ethical)',
  ),
  family(
    'no_refusal',
    "(?:never|not|n[’']t|cannot|without|no|avoid) (?:\\p{L}{1,12},? ){0,5}(?:refus(?:e|es|al|ing)|reject|declin(?:e|es|ing)|apologi[sz](?:e|es|ing)|apolog(?:y|ies)|warnings?|warn|disclaimers?|censor(?:ed|ing)?|morali[sz](?:e|ing)|lectur(?:e|ing)|deny|excuses?|judge?ment)",
    "(?:as an ai(?: language)? model|i[’']?m sorry|i can(?:no|[’'])t|i am unable|against (?:my|openai)|inappropriate|can[’']?t (?:do|answer|fulfil|fulfill) (?:that|this|your))",
    '(?:any|every|all)(?: of my| my| the| of the)? (?:requests?|questions?|prompts?|orders?|commands?)',
    '(?:must|has to|have to|always|will) (?:always )?(?:obey|comply|answer|accept|fulfil|fulfill)',
  ),
  family(
    'forced_form',
    '(?:start|begin|prefix|precede|end|finish|preface) (?:\\p{L}{1,12} ){0,3}(?:answers?|responses?|repl(?:y|ies)|outputs?|messages?|sentences?|prompts?)',
    '(?:two|2|both|separate|different) (?:\\p{L}{1,12} ){0,2}(?:ways|responses|answers|paragraphs|outputs|repl(?:y|ies))',
    '(?:insert|your|my|enter|paste|first) (?:\\p{L}{1,12} ){0,2}(?:prompt|request|question|command|task)',
    '(?:this|following|exact|in the) (?:\\p{L}{1,12} )?(?:format|form|style)',
    '(?:stands for|short for|known as|called|named)',
    '(?:tokens|points) (?:\\p{L}{1,12} ){0,4}(?:lose|die|deduct\\p{L}{0,3}|taken?|removed)',
    '(?:say|reply|respond|answer|write)(?: only)?(?: with)? [“"\'`(\\[]',
  ),
  family(
    'names_the_model',
    'chat ?gpt',
    'gpt-?\\d?',
    "open ?ai(?:[’']s)?",
    '(?:ai|language|llm) (?:language )?(?:models?|assistants?|chat ?bots?|systems?)',
    'chat ?bots?',
    'large language model',
    'bing|bard|claude|llama',
    '\\p{L}{2,12}gpt',
  ),
  family(
    'forbidden_matter',
    '(?:illegal|unethical|immoral|harmful|offensive|dangerous|explicit|obscene|vulgar|derogatory|inappropriate|controversial|malicious|racist|sexist|violent|sexual|nsfw|swear(?:ing)?|curs(?:e|ing)|profanity|crude|evil|sarcastic|toxic|unverified|made up)',
  ),
];
